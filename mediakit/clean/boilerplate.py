"""clean_boilerplate: take off what outlets print around their news.

Each outlet's furniture is unlike every other's, so whatever is left of it leads
the key words; the rules are data (`data/registry/house_style.yaml`).
"""

import re
import warnings

import pandas as pd

from mediakit.clean.headlines import LEAST_TITLE, plain, strip_headlines
from mediakit.clean.recurring import find_recurring
from mediakit.clean.report import Changes, shorten, with_changes
from mediakit.clean.rules import FIELDS, joined_rules, outlet_key
from mediakit.errors import MediakitWarning
from mediakit.progress import progress
from mediakit.schema import check_articles

WINDOW = 1000
START_LINES = 3
MANY_BREAKS = re.compile(r"\n{3,}")


def clean_boilerplate(
    articles: pd.DataFrame, *, recurring: bool = True
) -> pd.DataFrame:
    """Take datelines, bylines, captions and page furniture off titles and texts.

    Uncleaned, the key words of China Daily against the New York Times begin with
    "HK", "edition" and "page9": the foot of a page, not a difference in coverage.
    Run it after `clean_text`, which restores the lines the rules look at, and after
    `label_duplicates`, which reads the credits that this takes off.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, as returned by `clean_text`.
    recurring : bool, default True
        Also take lines that no rule names and that stand at the same edge of many
        articles of one outlet, and headlines of other articles.

    Returns
    -------
    DataFrame
        The same rows and columns; `title` and `text` without what the rules for
        every outlet and for this row's outlet name. What was taken is shown by
        `cleaning_report`, each recurring line in a row of its own; recurring
        sentences that were left stand there with 0 characters.

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
    from the middle of a sentence. Found without a list are: lines of at most 300
    characters, compared without case, figures and dates, among the first or the last
    five of at least five articles and 0.2 % of the outlet's, if those articles go on
    differently (copies of one article count once); a line that ends as a sentence
    does only if it speaks of the page ("this story", "subscribe"). Lines that stand
    twice in a row, and titles of the outlet's other articles, are lists of related
    stories. So a paragraph that an agency repeats, and a formula of protocol, stay.
    With fewer than five articles of an outlet only the rules work: look at the first
    and last lines of a few. Words that are manners ("Mr") stay; see
    `load_house_words`. Running it twice changes nothing more. Do not use it where
    the layout itself is studied.

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
    keys = out["outlet"].map(outlet_key)
    emptied = 0
    for field in FIELDS:
        rows = zip(keys, out[field], strict=True)
        changed: list[dict[str, tuple[int, str]]] = [{} for _ in range(len(out))]
        stripped = [
            _strip(text, key, field, told)
            for (key, text), told in zip(
                progress(rows, what=f"clean {field}", total=len(out)),
                changed,
                strict=True,
            )
        ]
        if field == "text" and recurring:
            _strip_uncalled(stripped, out, keys, changed, changes)
        for outlet, text, told in zip(out["outlet"], stripped, changed, strict=True):
            changes.note(str(outlet), told)
            emptied += bool(told) and not text
        out[field] = pd.Series(stripped, index=out.index, dtype="str")
    if emptied:
        warnings.warn(
            f"{emptied} titles or texts were boilerplate only and are now empty; see "
            "`cleaning_report`, and drop them before you compare.",
            MediakitWarning,
            stacklevel=2,
        )
    return with_changes(out, changes)


def _strip_uncalled(texts: list, articles, keys, changed: list, changes) -> None:
    """Take off what no rule names, outlet by outlet, until nothing more is found."""
    names = [plain(one) if isinstance(one, str) else "" for one in articles["title"]]
    named = pd.Series(keys.to_numpy()).where(articles["outlet"].notna().to_numpy())
    for key, of_outlet in named.groupby(named):
        here = of_outlet.index.tolist()
        titles = {names[at] for at in here if len(names[at].split()) >= LEAST_TITLE}
        left = {}
        while True:
            lines = find_recurring([texts[at] for at in here])
            left = lines.left if lines else {}
            before = [texts[at] for at in here]
            for at in here:
                if isinstance(texts[at], str):
                    text = lines.strip(texts[at], changed[at]) if lines else texts[at]
                    text = strip_headlines(text, names[at], titles, changed[at])
                    if text != texts[at]:
                        text = MANY_BREAKS.sub("\n\n", text).strip()
                        texts[at] = _strip(text, key, "text", changed[at])
            if [texts[at] for at in here] == before:
                break
        outlet = str(articles["outlet"].iloc[here[0]])
        for line, count in left.items():
            changes.tell(outlet, f"left, a sentence: “{shorten(line)}”", count, line)


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
