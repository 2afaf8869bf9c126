"""derive: a corpus whose texts may not be shared, as figures that may.

Words are counted, order and titles are left out, and nothing is written before an
attack on the result has failed.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_columns
from mediakit.folders import new_folder
from mediakit.share.attack import MIN_ARTICLES, MOST_REBUILT, attack
from mediakit.share.bags import MIN_BAG, MIN_WORDS, WITHHELD, Plan, plan_rows
from mediakit.share.counts import Figures, count_rows, originals
from mediakit.share.package import (
    card,
    fingerprint,
    write_measures,
    write_package,
    write_tables,
)
from mediakit.text.corpus import BAGS, Corpus
from mediakit.text.derived import INDEX

if TYPE_CHECKING:
    from mediakit.measure.measure import Measure

HEADINGS = {
    "dropped": "Left out before",
    "articles": "What became of the articles",
    "cleaning": "What cleaning took away",
    "attack": "What the reconstruction attack gave back",
}


def derive(
    corpus: Corpus,
    folder: str | os.PathLike,
    *,
    bag: str = "article",
    by: Sequence[str] = (),
    measures: "Mapping[str, Measure] | None" = None,
    about: Mapping | None = None,
) -> pd.DataFrame:
    """Write what may be shared of a corpus: word counts, no texts, titles or order.

    What others can then do: repeat your counts, key words and trends to the last
    digit. What they cannot: read an article.

    Parameters
    ----------
    corpus : Corpus
        With texts; its view is what is counted.
    folder : path
        Where the data package goes; its name becomes the corpus' name.
    bag : {"article", "bag of headlines", "bag of stories"}, default "article"
        What a row is. "article" withholds texts under 50 words. For short texts
        take a bag: all of an outlet's day, or of its month where the column
        ``period`` says "month"; days under 20 texts are pooled into their week.
    by : sequence of str, default ()
        Columns that are kept and never mixed in a bag, as ``["section"]``. Their
        values are published: no titles, addresses or names.
    measures : dict of str to Measure, optional
        Sums that need the order of words, made from this corpus; stored per row.
    about : dict, optional
        For the data card: title, description, sources (list of dicts, as in a data
        package), card (Markdown), dropped and cleaning (DataFrames: what was left
        out before, and `cleaning_report`, whose examples are not written).

    Returns
    -------
    DataFrame
        What became of every article, one row per outlet and values of `by`:
        articles; repeat, empty, undated, short, small bag (articles withheld, by
        reason); kept (articles counted); rows; words; pooled (words counted in
        totals only, because they stand in fewer than 10 articles).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, nothing is left to write, or the
        reconstruction attack succeeds: then nothing is written.

    Notes
    -----
    Whether figures of protected texts may be published is a question of law that
    differs by country; this makes it a question about figures. Do not combine a
    derived corpus with other derivatives of the same texts, as n-grams: the attack
    knows only this one. Names of persons stay countable.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd, tempfile
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": "A", "published": "2020-05-01",
    ...     "text": [f"peace {'talks ' * n}" for n in range(60, 75)]}))
    >>> with tempfile.TemporaryDirectory() as place:
    ...     report = derive(mk.tokenize(articles), f"{place}/talks")
    ...     len(mk.open_corpus(f"{place}/talks")), int(report.loc[0, "pooled"])
    (15, 0)
    """
    check_choice("bag", bag, BAGS)
    corpus.need_order("deriving")
    check_columns("corpus.articles", corpus.metadata, by)
    about, measures = dict(about or {}), dict(measures or {})
    _check_measures(measures, len(corpus))
    content = corpus.articles[corpus.view.field]
    plan = plan_rows(corpus.metadata, corpus.totals(), content, bag=bag, by=[*by])
    if not len(plan.rows):
        raise MediakitError(
            f"nothing is left to derive: {_counts(plan)}; pool short texts with "
            '`bag="bag of headlines"`.'
        )
    figures = count_rows(corpus, plan, [*by])
    report = _report(corpus, plan, figures, [*by])
    with new_folder(folder, index=INDEX) as work:
        write_tables(work, figures.rows, figures.terms, figures.counts)
        write_measures(work, measures, figures.rows, figures.pool)
        leaks, attempts = attack(work, originals(corpus, figures.pool))
        if leaks:
            raise MediakitError(
                f"{str(folder)!r} was not written, because articles can be read out of "
                f"it: {'; '.join(leaks)}."
            )
        _write_rest(work, Path(folder).name, corpus, bag, by, about, report, attempts)
    return report


def _check_measures(measures: dict, size: int) -> None:
    for name, measure in measures.items():
        if len(measure) != size:
            raise MediakitError(
                f"measure {name!r} has {len(measure)} rows, the corpus {size}; measure "
                "the corpus that you derive."
            )


def _counts(plan: Plan) -> str:
    counts = pd.Series(plan.reason).value_counts()
    return ", ".join(f"{count} {reason}" for reason, count in counts.items())


def _report(corpus, plan: Plan, figures: Figures, by: list[str]) -> pd.DataFrame:
    keys = ["outlet", *by]
    articles = corpus.metadata[keys].assign(reason=plan.reason, articles=1)
    for reason in WITHHELD:
        articles[reason] = (articles["reason"] == reason).astype(int)
    articles["kept"] = (articles["reason"] == "").astype(int)
    report = articles.drop(columns="reason").groupby(keys, dropna=False).sum()
    listed = np.asarray(figures.counts.sum(axis=1)).ravel()
    words = figures.rows["words"]
    sums = figures.rows[keys].assign(rows=1, words=words, pooled=words - listed)
    sums = sums.groupby(keys, dropna=False).sum()
    return report.join(sums).fillna(0).astype("int64").reset_index()


def _write_rest(work, name, corpus, bag, by, about, report, attempts) -> None:
    nothing = pd.DataFrame()
    cleaning = about.get("cleaning", nothing).drop(columns="example", errors="ignore")
    tables = {
        "dropped": about.get("dropped", nothing),
        "articles": report,
        "cleaning": cleaning,
        "attack": attempts.drop(columns="row"),
    }
    content = {
        "bag": bag,
        "measures": sorted(path.name for path in (work / "measures").glob("*")),
        "tokenizer": corpus.tokenizer,
        "fingerprint": fingerprint(work),
        "parameters": {
            "view": str(corpus.view),
            "by": [*by],
            "min_words": MIN_WORDS,
            "min_articles": MIN_ARTICLES,
            "min_bag": MIN_BAG,
            "most_rebuilt": MOST_REBUILT,
        },
        **{key: table.to_dict("records") for key, table in tables.items()},
    }
    write_package(work, name, about, content)
    text = card(about, {HEADINGS[key]: one for key, one in tables.items() if len(one)})
    (work / "README.md").write_bytes(text.encode())
