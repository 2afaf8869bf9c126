"""The derived corpus of a study: its articles as figures, its tables made again."""

import os
import warnings
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.measure.measure import Measure
from mediakit.share.again import counted
from mediakit.share.derive import derive, withheld_articles
from mediakit.share.differences import ABSENT, differences
from mediakit.share.folder import REPORT, open_study, read_study
from mediakit.share.recipes import VERBS, as_json, remake
from mediakit.share.study import TABLES
from mediakit.show.tables import read_table
from mediakit.text.corpus import Corpus

DERIVED = "derived"
OF_CORPUS = {"corpus", "articles", "never_matched", "notes", "sample"}
COLUMNS = ["table", "state", "cells", "differ", "detail"]


def derive_study(
    folder: str | os.PathLike, out: str | os.PathLike, *, bag: str = "article"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write the derived corpus of a study that was run.

    Parameters
    ----------
    folder : path
        The study, with a report.
    out : path
        Where the derived corpus goes.
    bag : str
        As in `derive`.

    Returns
    -------
    report : DataFrame
        That of `derive`.
    tables : DataFrame
        One row per table of the report: table; state ("stored" or "left out"); cells;
        differ (int, cells that are otherwise in the report, because articles were
        withheld); detail (why left out).
    """
    folder = Path(folder)
    _, said = read_study(folder)
    paths = sorted((folder / REPORT / TABLES).glob("*.csv"))
    if not paths:
        raise MediakitError(
            f"{str(folder)!r} has no report with tables; give `mediakit study` first."
        )
    corpus, by, *_ = open_study(folder)
    if corpus.counts_only:
        raise MediakitError("the study is of a derived corpus: it is shared already.")
    columns = [by] if by in corpus.metadata and by != "outlet" else []
    why = withheld_articles(corpus, bag=bag, by=columns)
    dropped = corpus.metadata[["outlet", *columns]].assign(why=why)[why != ""]
    dropped = dropped.groupby(["outlet", *columns, "why"], dropna=False).size()
    corpus = corpus.subset(why == "")
    tables, measures, lines = {}, {}, []
    for path in paths:
        table = read_table(path)
        try:
            again = _again(table, corpus, measures)
        except MediakitError as error:
            lines.append((path.name, "left out", table.size, 0, str(error)))
            continue
        known = [name for name, other in tables.items() if _same(again, other)]
        if not known:
            tables[path.stem] = again
        detail = f"part of {known[0]}" if known else ""
        found = differences(table, again)
        found = found[(found["before"] != ABSENT) & (found["before"] != "")]
        lines.append((path.name, "stored", table.size, len(found), detail))
    told = pd.DataFrame(lines, columns=COLUMNS)
    protocol = {key: value for key, value in said.items() if key != "articles"}
    about = {
        "title": said.get("question", folder.resolve().name),
        "protocol": protocol | {"tables_of_the_report": told.to_dict("records")},
        "dropped": dropped.rename("rows").reset_index(),
    }
    report = derive(
        corpus, out, bag=bag, by=columns, measures=measures, tables=tables, about=about
    )
    report.attrs["mediakit"]["dropped"] = about["dropped"].to_dict("records")
    return report, told


def _again(table: pd.DataFrame, corpus: Corpus, measures: dict[str, Measure]):
    """Make a table of the articles kept; its measure is kept, too, for the package."""
    record = table.attrs.get("mediakit", {})
    if record.get("verb") not in VERBS:
        raise MediakitError("no verb of mediakit made it whole")
    source = record.get("source", {})
    name, measure = _measure(source, corpus, measures)
    recipe = {
        "verb": record["verb"],
        "parameters": record["parameters"],
        "items": None,
        "measure": name,
    }
    items = list(dict.fromkeys(table["item"])) if "item" in table else []
    narrowed = record.get("family") == len(items) and "rows_left_out" not in table.attrs
    if record["verb"] == "trend" or (narrowed and len(items) < len(measure.items)):
        recipe["items"] = [one for one in items if one in set(measure.items["item"])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        again = remake(recipe, corpus, measure=measure)
    strange = [column for column in table if column not in again]
    if strange:
        raise MediakitError(f"a notebook computed {strange} from a table")
    return again


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    records = (table.attrs["mediakit"] for table in (one, other))
    return one.equals(other) and len({str(record) for record in records}) == 1


def _measure(source: Mapping, corpus: Corpus, measures: dict) -> tuple[str, Measure]:
    """Return the measure of a record and its name, made once for all tables."""
    wanted = _how(source)
    for name, measure in measures.items():
        if wanted == _how(measure.provenance):
            return name, measure
    measure = counted(source, corpus)
    if source["made_by"] == "count_terms":
        return "", measure
    name = f"{source['made_by'].partition('_')[2]}_{len(measures) + 1}"
    measures[name] = measure
    return name, measure


def _how(source: Mapping) -> dict:
    """Return how a measure was made, as JSON holds it."""
    told = {key: value for key, value in source.items() if key not in OF_CORPUS}
    return as_json(told)
