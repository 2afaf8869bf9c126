"""show_passages: search a corpus and read what stands behind a number."""

import pandas as pd

from mediakit.errors import MediakitError, check_choice
from mediakit.show.passages_corpus import CorpusPassages
from mediakit.show.passages_explorer import PassageExplorer
from mediakit.show.passages_given import GivenPassages
from mediakit.show.passages_kept import LastQuery
from mediakit.show.passages_query import ORDERS, Query
from mediakit.text.corpus import Corpus


def show_passages(
    passages: Corpus | pd.DataFrame,
    *,
    pattern: str = "",
    sort: str = "text",
    width: int | str = 8,
    blind: bool = False,
    corpus: Corpus | None = None,
) -> PassageExplorer:
    """Show passages to search, sort, filter and read, down to the whole article.

    What the reader learns: what a count is made of. Every line can be opened in its
    article and copied with its source.

    Parameters
    ----------
    passages : Corpus or DataFrame
        A corpus (or a view of it), searched with the pattern language of
        `find_passages`; or what `find_passages`, `find_quotations` or `find_agency`
        returned, of which the lines that hold the words typed are shown.
    pattern : str, optional
        What is searched for at first.
    sort : {"text", "left", "right", "date", "mixed"}, default "text"
        Order at first, as in `find_passages`; "mixed" is a random order, always the
        same, so that the first lines come from all outlets.
    width : int or "sentence", default 8
        Words shown on either side of a match in a corpus.
    blind : bool, default False
        Whether outlet, date, title and address are hidden until you ask for those
        of a line: to read before you know who wrote it.
    corpus : Corpus, optional
        Where a table of passages comes from, so that its articles can be read.

    Returns
    -------
    PassageExplorer
        Displays itself as the last line of a cell; ``.found()`` gives the passages
        chosen in it as a table, ``.query`` what was chosen. In a notebook without
        anywidget and anywhere else it is a table of the first 50 lines.

    Raises
    ------
    MediakitError
        If `passages` is neither, the corpus holds counts only, the pattern cannot be
        read, or another argument is unknown.

    Notes
    -----
    Keys, with the focus on a line: arrows move, Page Up and Page Down turn pages,
    Enter reads the article, C copies the passage with its source, S shows what is
    hidden or left out, / goes to the search box.

    Several outlets can be ticked at once. Where the cell is run again in the same
    session, the explorer comes back as it was left. In a notebook opened again, until
    the cell is run, a still picture stands in its place, as run last.

    Signs that cannot be seen are written out, as ⟨U+202E⟩, also in what is copied.
    Blind reading does not hide a name that stands in the text itself, and a
    corpus in its own order may come outlet after outlet: take the order "mixed".
    What is shown is stored with the notebook: remove the outputs before you pass on
    a notebook with articles that are not yours. When not to use it: to count what
    you have read; draw a sample for that (`draw_sample`).

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> shown = mk.show_passages(strait, pattern="blockade*", sort="left")
    >>> shown.found(limit=2)["match"].tolist()
    ['blockade', 'blockade']
    """
    check_choice("sort", sort, ORDERS)
    if not isinstance(pattern, str):
        raise MediakitError(f"`pattern` must be text, got {pattern!r}.")
    if not isinstance(blind, bool):
        raise MediakitError(f"`blind` must be True or False, got {blind!r}.")
    if corpus is not None and not isinstance(corpus, Corpus):
        raise MediakitError(f"`corpus` must be a corpus, got {type(corpus).__name__}.")
    query = Query(pattern=pattern, sort=sort, blind=blind)
    if isinstance(passages, Corpus):
        if corpus is not None:
            raise MediakitError("leave `corpus` out: it is for a table of passages.")
        source, corpus = CorpusPassages(passages, width), passages
        begun = LastQuery(passages.metadata["article_id"], passages.view, width, query)
    elif isinstance(passages, pd.DataFrame):
        source = GivenPassages(passages)
        begun = LastQuery(passages["article_id"], source.kind, query)
        if corpus is not None:
            corpus.need_order("reading its articles")
    else:
        raise MediakitError(
            "`passages` must be a corpus or a table of passages, got "
            f"{type(passages).__name__}."
        )
    return PassageExplorer(source, corpus, query, begun)
