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
from mediakit.share.attack import attack
from mediakit.share.bags import WITHHELD, Plan, plan_rows
from mediakit.share.columns import with_columns
from mediakit.share.counts import Figures, count_rows, originals, titles
from mediakit.share.package import write_measures, write_tables
from mediakit.share.stored import layer_measures, named_measures, pooled_measures
from mediakit.share.writing import Told, write_addresses, write_outlets, write_rest
from mediakit.text.corpus import BAGS, Corpus
from mediakit.text.derived import INDEX

if TYPE_CHECKING:
    from mediakit.measure.measure import Measure


def derive(
    corpus: Corpus,
    folder: str | os.PathLike,
    *,
    bag: str = "article",
    by: Sequence[str] = (),
    measures: "Mapping[str, Measure] | Sequence[Measure] | None" = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
    about: Mapping | None = None,
) -> pd.DataFrame:
    """Write what may be shared of a corpus: figures, and no texts, titles or order.

    What others can then do: repeat your counts, key words and trends to the last
    digit, and check whether the texts are still what you measured. What they cannot:
    read an article.

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
        values are published: no titles, addresses or names. Labels that mediakit
        gave (events, copies, genres, the register's) are kept anyway, per article.
    measures : Measures, or dict of str to Measure, optional
        Made from this corpus; stored per row as sums and exposures, for what the
        counts of words cannot answer. The marked layers are counted without asking.
    tables : dict of str to DataFrame, optional
        Tables of yours, made of `measures` or of `count_terms`. Each is made again
        from the package and stored with it, so that `verify` can do the same.
    about : dict, optional
        For the data card: title, description, sources (list of dicts, as in a data
        package), card (Markdown), dropped and cleaning (DataFrames: what was left
        out before, and `cleaning_report`, whose examples are not written), protocol
        (dict: the question and how the articles were found).

    Returns
    -------
    DataFrame
        What became of every article, one row per outlet and values of `by`:
        articles; repeat, empty, undated, short, small bag (articles withheld, by
        reason); kept (articles counted); rows; words; pooled (words counted in
        totals only, because they stand in fewer than 10 articles); addresses_withheld
        (rows whose address spells out a title). ``attrs["mediakit"]`` holds
        "kept" (the article_id of each), "withheld" (of measures, per side) and
        "tables" (how each table differs when it is made from the package).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, nothing is left to write, a table cannot be
        made again, or the reconstruction attack succeeds: then nothing is written.

    Notes
    -----
    Items of a measure that fewer than 10 of the articles kept hold are withheld, as
    rare words are; an item that no article holds is kept if you asked for it. So the
    tables are yours to the last digit where they are made of the articles kept
    (``corpus.subset(...)`` of "kept") with ``min_articles=10``; sums of decimal
    numbers, as of sentiment, agree to 1e-12, and what draws at random deals the rows
    anew. Times of day are not published. A text's hash is the sha256 of its NFC form
    with white space as one blank.

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
    about, measures = dict(about or {}), named_measures(measures, corpus)
    content = corpus.articles[corpus.view.field]
    plan = plan_rows(corpus.metadata, corpus.totals(), content, bag=bag, by=[*by])
    if not len(plan.rows):
        raise MediakitError(
            f"nothing is left to derive: {_counts(plan)}; pool short texts with "
            '`bag="bag of headlines"`.'
        )
    figures = with_columns(corpus, count_rows(corpus, plan, [*by]), bag, [*by])
    keys = ["outlet", *by]
    stored, withheld = pooled_measures(layer_measures(corpus) | measures, figures, keys)
    with new_folder(folder, index=INDEX) as work:
        write_tables(work, figures.rows, figures.terms, figures.counts)
        write_measures(work, stored)
        write_outlets(work, figures.rows)
        hidden = write_addresses(work, corpus, figures, bag)
        leaks, attempts = attack(
            work, originals(corpus, figures.pool), titles(corpus, figures.pool)
        )
        if leaks:
            raise MediakitError(
                f"{str(folder)!r} was not written, because articles can be read out of "
                f"it: {'; '.join(leaks)}."
            )
        report = _report(corpus, plan, figures, keys, hidden)
        told = Told(Path(folder).name, bag, [*by], about, report, attempts, withheld)
        compared = write_rest(work, corpus, told, tables or {})
    report.attrs["mediakit"] = {
        "verb": "derive",
        "kept": corpus.metadata["article_id"][plan.row >= 0].tolist(),
        "withheld": withheld.to_dict("records"),
        "tables": compared,
    }
    return report


def withheld_articles(corpus: Corpus, *, bag: str, by: list[str]) -> np.ndarray:
    """Say why `derive` would not count each article (str, "" where it would)."""
    content = corpus.articles[corpus.view.field]
    totals = corpus.totals()
    return plan_rows(corpus.metadata, totals, content, bag=bag, by=by).reason


def _counts(plan: Plan) -> str:
    counts = pd.Series(plan.reason).value_counts()
    return ", ".join(f"{count} {reason}" for reason, count in counts.items())


def _report(corpus, plan: Plan, figures: Figures, keys, hidden) -> pd.DataFrame:
    articles = corpus.metadata[keys].assign(reason=plan.reason, articles=1)
    for reason in WITHHELD:
        articles[reason] = (articles["reason"] == reason).astype(int)
    articles["kept"] = (articles["reason"] == "").astype(int)
    report = articles.drop(columns="reason").groupby(keys, dropna=False).sum()
    listed = np.asarray(figures.counts.sum(axis=1)).ravel()
    words = figures.rows["words"]
    sums = figures.rows[keys].assign(rows=1, words=words, pooled=words - listed)
    sums["addresses_withheld"] = hidden
    sums = sums.groupby(keys, dropna=False).sum()
    return report.join(sums).fillna(0).astype("int64").reset_index()
