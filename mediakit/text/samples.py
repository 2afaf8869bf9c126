"""The corpora that come with mediakit."""

from mediakit.errors import check_choice
from mediakit.resources import folder
from mediakit.text.corpus import Corpus
from mediakit.text.derived import open_derived

SAMPLES = ("democracy", "headlines_2022", "kcna")


def load_sample(name: str) -> Corpus:
    """Load a corpus that comes with mediakit, to learn on and to try things out.

    Parameters
    ----------
    name : {"democracy", "headlines_2022", "kcna"}
        "democracy": China Daily and the New York Times, 2013-15, per article;
        "headlines_2022": Xinhua, CGTN, Global Times, China Daily and the BBC, bags
        of headlines per outlet and day; "kcna": the Korean Central News Agency, bags
        of stories per day 2011-12 and of headlines per month 1997-2014.

    Returns
    -------
    Corpus
        Real coverage as word counts, without texts, titles or order: what needs
        those says so. Each folder in ``data/derived`` has a data card.

    Raises
    ------
    MediakitError
        If there is no such sample, or its files were changed.

    Examples
    --------
    >>> import mediakit as mk
    >>> sorted(mk.load_sample("democracy").metadata["outlet"].unique())
    ['China Daily', 'New York Times']
    """
    check_choice("name", name, SAMPLES)
    return open_derived(folder("data") / "derived" / name)
