"""A user's own articles, made ready for the notebooks: read once, sides settled.

What the reading lost and what is compared is the first page of the report.
"""

import html
import shutil
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from mediakit.clean.audit import audit_articles
from mediakit.clean.audit_corpus import audit_corpus
from mediakit.clean.boilerplate import clean_boilerplate
from mediakit.clean.duplicates import label_duplicates
from mediakit.clean.report import cleaning_report
from mediakit.clean.text import clean_text
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.groups import choose_sides, group_codes
from mediakit.load.account import account
from mediakit.load.presets import preset_names, preset_sets
from mediakit.load.read import read_articles
from mediakit.show.audit_page import fragment, lowered
from mediakit.text.derived import INDEX as DERIVED
from mediakit.text.store import open_corpus
from mediakit.text.tokenize import tokenize

FOLDER = "corpus"
FEW = {10: "only count and read them: no test is made", 50: "read passages first"}
MOST_GROUPS, MOST_RULES = 30, 60
NOT_SIDES = ("article_id", "published", "published_precision", "title", "text", "url")
UNCLEANED = (
    "The texts were counted as they are, with whatever the pages print around the "
    "news; --clean takes that off first."
)
OF_COUNTS = (
    "A derived corpus: counts without texts, titles or order. What needs the order of "
    "words cannot be asked of it, but its stored measures can."
)


@dataclass(frozen=True)
class OwnData:
    """A user's articles and what to compare in them."""

    path: str
    by: str = "outlet"
    a: str | None = None
    b: str | None = None
    words: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    clean: bool = False


def prepare(own: OwnData, place: Path) -> tuple[str, str]:
    """Save the articles as a corpus in `place`.

    Returns the code that opens it in a notebook, and a page of HTML on what was read.
    """
    if (Path(own.path) / DERIVED).is_file():
        return _prepare_derived(own, place)
    articles = read_articles(own.path, columns=own.columns or None)
    told = account(articles)
    articles, looked_at = _looked_at(articles, clean=own.clean)
    if own.by not in articles and own.by in preset_names():
        articles[own.by] = preset_sets(articles, own.by)
    sizes = _sizes(articles, own.by)
    a, b = _sides(own, list(sizes.index))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", MediakitWarning)
        sides = choose_sides(articles, own.by, a, b)
    notes = [str(one.message) for one in caught] + sides.notes
    notes += [
        _few(label, int(rows.sum()))
        for label, rows in (
            (sides.label_a, sides.rows_a),
            (sides.label_b, sides.rows_b),
        )
    ]
    titles = articles["text"].isna().all()
    if titles:
        notes.append("The articles have no texts: their titles are what is measured.")
    corpus = tokenize(articles)
    if not corpus.only("title" if titles else "text").totals().any():
        raise MediakitError(
            f"there is no word in the articles of {own.path!r}; look at the file."
        )
    corpus.save(place / FOLDER)
    view = '.only("title")' if titles else ""
    code = (
        f'corpus = mk.open_corpus("{FOLDER}"){view}\n'
        f"by, a, b = {own.by!r}, {a!r}, {b!r}\n"
        f"words = {list(own.words)!r}"
    )
    notes += [UNCLEANED] * (not own.clean and not titles)
    page = _page(own, told, sizes, [note for note in notes if note])
    return code, page + looked_at


def _prepare_derived(own: OwnData, place: Path) -> tuple[str, str]:
    """Copy a derived corpus, which has no texts to be cleaned, and audit its counts."""
    corpus = open_corpus(own.path)
    if own.clean:
        raise MediakitError("a derived corpus has no texts that could be cleaned.")
    sizes = _sizes(corpus.metadata, own.by)
    a, b = _sides(own, list(sizes.index))
    shutil.copytree(own.path, place / FOLDER, dirs_exist_ok=True)
    code = (
        f'corpus = mk.open_corpus("{FOLDER}")\n'
        f"by, a, b = {own.by!r}, {a!r}, {b!r}\n"
        f"words = {list(own.words)!r}"
    )
    told = pd.DataFrame(
        {
            "rows": [len(corpus)],
            "a row is": [corpus.bag],
            "words": [int(corpus.totals().sum())],
            "stored measures": [", ".join(sorted(corpus.measures)) or "none"],
        }
    )
    audit = lowered(fragment(audit_corpus(corpus)))
    return code, _page(own, told, sizes, [OF_COUNTS]) + audit


def _looked_at(articles: pd.DataFrame, *, clean: bool) -> tuple[pd.DataFrame, str]:
    """Audit the articles and clean them if asked; return them, and HTML about it."""
    labelled = label_duplicates(articles) if clean else articles
    audit = lowered(fragment(audit_articles(labelled)))
    if not clean:
        return articles, audit
    with warnings.catch_warnings():  # what is empty now is in the report below
        warnings.simplefilter("ignore", MediakitWarning)
        cleaned = clean_boilerplate(clean_text(labelled))
    report = cleaning_report(cleaned)
    more = len(report) - MOST_RULES
    return cleaned, (
        f"{audit}<h3>What cleaning took</h3>{_html(report.head(MOST_RULES))}"
        + (f"<p>{more:,} more rows.</p>" if more > 0 else "")
    )


def _sides(own: OwnData, values: list[str]) -> tuple[str, str]:
    """Return both sides: the ones asked for, else the fullest and all others."""
    a = own.a or next(value for value in values if value != own.b)
    others = [value for value in values if value != a]
    return a, own.b or (others[0] if len(others) == 1 else "rest")


def _sizes(articles: pd.DataFrame, by: str) -> pd.Series:
    """Return the number of articles of each value of `by`, or say what else to take."""
    filled = [name for name in articles if articles[name].notna().any()]
    if by not in filled:
        raise MediakitError(
            f"the articles have no column {by!r} to compare by, or it is empty; name "
            f"one of {filled} with --by, or a preset of the outlet register, "
            f"{preset_names()}."
        )
    groups = group_codes(articles, by)
    sizes = pd.Series(groups.counts, index=groups.names, name="articles")
    if len(sizes) < 2:
        raise MediakitError(
            f"all articles have the same {by!r}, {groups.names[0]!r}, and a comparison "
            f"needs two values; {_others(articles, filled)}."
        )
    return sizes.sort_values(ascending=False, kind="stable")


def _others(articles: pd.DataFrame, filled: list[str]) -> str:
    """Say which other columns could be compared by: those whose values come again."""
    able = [
        name
        for name in filled
        if name not in NOT_SIDES
        and 2 <= articles[name].nunique() <= articles[name].notna().sum() / 2
    ]
    if able:
        return f"name another column with --by, one of {able}"
    return "add a column that tells sides apart, as 'outlet', and name it with --by"


def _few(label: str, size: int) -> str:
    for least, advice in FEW.items():
        if size < least:
            articles = "1 article" if size == 1 else f"{size} articles"
            return f"{label!r} has only {articles}; {advice}."
    return ""


def _page(own: OwnData, told: pd.DataFrame, sizes: pd.Series, notes: list[str]) -> str:
    listed = "".join(f"<li>{html.escape(note)}</li>" for note in notes)
    shown = sizes.head(MOST_GROUPS).rename_axis(own.by).reset_index()
    more = len(sizes) - len(shown)
    return (
        f"<h2>The articles</h2><p>Read from {html.escape(Path(own.path).name)}. In the "
        "notebooks, <code>corpus</code> is what <code>mk.tokenize</code> made of them."
        f"</p>{_html(told)}<h3>By {html.escape(own.by)}</h3>{_html(shown)}"
        + (f"<p>{more:,} more.</p>" if more else "")
        + (f"<ul>{listed}</ul>" if listed else "")
    )


def _html(table: pd.DataFrame) -> str:
    numbers = {"articles": "{:,}".format}
    return table.to_html(index=False, border=0, formatters=numbers)
