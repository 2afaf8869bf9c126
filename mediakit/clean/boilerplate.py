"""clean_boilerplate: take off what outlets print around their news.

Each outlet's furniture is unlike every other's, so whatever is left of it leads
the key words; the rules are data (`data/registry/house_style.yaml`).
"""

import re
import warnings

import pandas as pd

from mediakit.clean.report import Changes, shorten, with_changes
from mediakit.clean.rules import FIELDS, joined_rules, outlet_key
from mediakit.errors import MediakitWarning
from mediakit.progress import progress
from mediakit.schema import check_articles

WINDOW = 1000
START_LINES = 3
MANY_BREAKS = re.compile(r"\n{3,}")


def clean_boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """Take datelines, bylines, captions and page furniture off titles and texts.

    Uncleaned, the key words of China Daily against the New York Times begin with
    "HK", "edition" and "page9": the foot of a page, not a difference in coverage.
    Run it after `clean_text`, which restores the lines the rules look at.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, as returned by `clean_text`.

    Returns
    -------
    DataFrame
        The same rows and columns; `title` and `text` without what the rules for
        every outlet and for this row's outlet name. What was taken is shown by
        `cleaning_report`.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema.

    Warns
    -----
    MediakitWarning
        If a text consisted of boilerplate only and is now empty.

    Notes
    -----
    The rules, each with its reason, are in ``data/registry/house_style.yaml``.
    They take whole lines or pieces next to the first or last line, never words
    from the middle of a sentence. An outlet without rules of its own keeps its
    furniture: look at the first and last lines of a few articles. Words that are
    manners ("Mr") stay; see `load_house_words`. Running it twice changes nothing
    more. Do not use it where the layout itself is studied.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "article_id": ["a"], "outlet": "KCNA",
    ...     "text": "PYONGYANG, June 18 (KCNA) -- A new bridge was opened."
    ... }))
    >>> mk.clean_boilerplate(articles)["text"].tolist()
    ['A new bridge was opened.']
    """
    check_articles(articles)
    changes = Changes("clean_boilerplate")
    out = articles.copy(deep=False)
    emptied = 0
    for field in FIELDS:
        rows = zip(out["outlet"], out[field], strict=True)
        stripped = []
        for outlet, text in progress(rows, what=f"clean {field}", total=len(out)):
            changed: dict[str, tuple[int, str]] = {}
            stripped.append(_strip(text, outlet_key(outlet), field, changed))
            changes.note(str(outlet), changed)
            emptied += bool(changed) and not stripped[-1]
        out[field] = pd.Series(stripped, index=out.index, dtype="str")
    if emptied:
        warnings.warn(
            f"{emptied} titles or texts were boilerplate only and are now empty; see "
            "`cleaning_report`, and drop them before you compare.",
            MediakitWarning,
            stacklevel=2,
        )
    return with_changes(out, changes)


def _strip(text, outlet: str, field: str, changed: dict[str, tuple[int, str]]):
    """Apply the rules until none matches: each match shortens the text."""
    if not isinstance(text, str):
        return text
    rules = {place: joined_rules(outlet, field, place) for place in STRIPPERS}
    while True:
        before = text
        for place, strip in STRIPPERS.items():
            if rules[place]:
                text = strip(text, rules[place], changed)
        if text == before:
            return text
        text = MANY_BREAKS.sub("\n\n", text).strip()


def _note(changed, rule: str, taken: str) -> None:
    removed, example = changed.get(rule, (0, ""))
    changed[rule] = (removed + len(taken), example or shorten(taken))


def _strip_anywhere(text: str, rules, changed) -> str:
    def cut(match: re.Match) -> str:
        _note(changed, rules.name(match), match.group())
        return ""

    return rules.expression.sub(cut, text)


def _strip_lines(text: str, rules, changed) -> str:
    kept = []
    for line in text.split("\n"):
        match = rules.expression.fullmatch(line) if len(line) <= WINDOW else None
        if match:
            _note(changed, rules.name(match), line)
        else:
            kept.append(line)
    return "\n".join(kept)


def _strip_start(text: str, rules, changed) -> str:
    lines = text.split("\n")
    first = [at for at, line in enumerate(lines[: 3 * START_LINES]) if line.strip()]
    for at in first[:START_LINES]:
        match = rules.expression.match(lines[at][:WINDOW])
        if match:
            _note(changed, rules.name(match), match.group())
            lines[at] = lines[at][match.end() :]
    return "\n".join(lines)


def _strip_end(text: str, rules, changed) -> str:
    line = text[text.rfind("\n") + 1 :][-WINDOW:]
    match = rules.expression.search(line)
    if not match:
        return text
    _note(changed, rules.name(match), match.group())
    return text[: len(text) - len(line) + match.start()]


STRIPPERS = {
    "anywhere": _strip_anywhere,
    "line": _strip_lines,
    "start": _strip_start,
    "end": _strip_end,
}
