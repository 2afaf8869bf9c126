"""clean_text: repair what scraping and exporting did to the characters of a text."""

import os

import pandas as pd

from mediakit.clean.repairs import REPAIRS
from mediakit.clean.report import Changes, shorten, with_changes
from mediakit.progress import progress
from mediakit.schema import check_articles

ROUNDS = 5


def clean_text(articles: pd.DataFrame) -> pd.DataFrame:
    r"""Repair the characters of titles and texts, and count every repair.

    Broken characters make one word look like two ("Â£5" and "£5", "Bot-swana" and
    "Botswana"), and paragraphs glued together hide the ends of sentences. Run it
    once, before `clean_boilerplate` and before tokenizing.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, as returned by `read_articles`.

    Returns
    -------
    DataFrame
        The same rows and columns; `title` and `text` repaired. What was changed is
        shown by `cleaning_report`. The rules, in order: "HTML remnants" (tags,
        comments, scripts, entities), "encoding" (mojibake, by ftfy), "invisible
        characters" (soft hyphens, zero-width spaces, directional and control
        characters), "Unicode NFC", "flattened line breaks" (the "., ,  " that some
        exports leave where lines ended), "glued paragraphs" (a stop directly before
        a capital becomes a paragraph break), "white space".

    Raises
    ------
    MediakitError
        If `articles` breaks the schema.

    Notes
    -----
    Running it twice changes nothing more. Words are never changed, only how they
    are written. Zero-width joiners stay: Persian, Hindi and emoji need them. A stop
    before a capital is left alone in "U.S.A.", addresses, "Mrs.Smith" and numbers.
    Do not use it where the exact bytes matter (authorship, forensics).

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame(
    ...     {"article_id": ["a"], "outlet": "A", "text": "It rained.The river rose."}
    ... ))
    >>> mk.clean_text(articles)["text"].tolist()
    ['It rained.\n\nThe river rose.']
    """
    check_articles(articles)
    changes = Changes("clean_text")
    out = articles.copy(deep=False)
    repaired = {"title": [], "text": []}
    rows = zip(out["outlet"], out["title"], out["text"], strict=True)
    for outlet, title, text in progress(rows, what="clean text", total=len(out)):
        changed: dict[str, tuple[int, str]] = {}
        repaired["title"].append(_repair(title, changed, one_line=True))
        repaired["text"].append(_repair(text, changed))
        changes.note(str(outlet), changed)
    for column, values in repaired.items():
        out[column] = pd.Series(values, index=out.index, dtype="str")
    return with_changes(out, changes)


def repair(text: str) -> str:
    """Return one text repaired as `clean_text` does it."""
    return _repair(text, {})


def _repair(text, changed: dict[str, tuple[int, str]], *, one_line: bool = False):
    """Run every repair until none changes anything, noting each in `changed`."""
    if not isinstance(text, str):
        return text
    for _ in range(ROUNDS):
        start = text
        for rule, function in REPAIRS:
            before, text = text, function(text)
            if text != before:
                removed, example = changed.get(rule, (0, ""))
                changed[rule] = (
                    removed + len(before) - len(text),
                    example or _first_difference(before, text),
                )
        if text == start:
            break
    return " ".join(text.split()) if one_line else text


def _first_difference(before: str, after: str) -> str:
    at = len(os.path.commonprefix([before[:5000], after[:5000]]))
    return shorten(before[max(0, at - 15) : at + 60])
