"""load_dictionary: the dictionaries that come with mediakit."""

from mediakit.errors import check_choice
from mediakit.resources import folder
from mediakit.text.dictionary import Dictionary
from mediakit.text.dictionary_files import read_dictionary
from mediakit.text.dictionary_libraries import LIBRARIES

SHIPPED = ("frames", "loaded", "naming", "policy_frames")


def load_dictionary(name: str) -> Dictionary:
    """Load a dictionary that comes with mediakit.

    What you learn is in its `about` before you count: what it is for, how well it
    agreed with people who read the texts, and where it goes wrong.

    Parameters
    ----------
    name : str
        "frames" (conflict, human interest, economic consequences, morality,
        responsibility), "policy_frames" (dimensions of policy debates), "loaded"
        (loaded wording), or "naming" (rival labels, for `count_naming`); or "vader",
        "textblob": the weighted words of these libraries, for `explain`, counts and
        changes of your own. Their own scores are ``score_sentiment(method="vader")``.
        Or "afinn", if its package is installed (``pip install afinn``): a third list of
        weighted words, for `score_tones` beside the other two.

    Returns
    -------
    Dictionary
        As `read_dictionary` returns; the data card lies beside the file, in
        ``data/dictionaries``.

    Raises
    ------
    MediakitError
        If there is no dictionary of that name, or its package is not installed.

    Examples
    --------
    >>> load_dictionary("frames").categories[:2]
    ['conflict', 'conflict > disagreement']
    """
    check_choice("name", name, (*SHIPPED, *LIBRARIES))
    if name in LIBRARIES:
        return LIBRARIES[name]()
    return read_dictionary(folder("data") / "dictionaries" / f"{name}.yaml")
