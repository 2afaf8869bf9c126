"""Derived corpora on disk: word counts without text, titles or order.

The folder is a Frictionless data package, so that anything that reads CSV and
Parquet can use it; every file is checked against its sha256 when it is opened.
"""

import hashlib
import json
import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.folders import sha256
from mediakit.schema import complete_articles
from mediakit.spreadsheets import unguard
from mediakit.text.corpus import Corpus

INDEX = "datapackage.json"
FORMAT = 2
READ = (1, 2)
SEAL = "sha256_of_the_rest"
COUNT_COLUMNS = ("row", "term", "n")


def open_derived(folder: str | os.PathLike) -> Corpus:
    """Open a derived corpus: what `derive` wrote.

    Parameters
    ----------
    folder : path
        With ``datapackage.json`` in it.

    Returns
    -------
    Corpus
        Of counts only: `count_terms` works, what needs the order of words says that
        it cannot. ``corpus.measures`` holds the sums stored with it.

    Raises
    ------
    MediakitError
        If the folder is no derived corpus, lacks a file, or a file was changed; the
        message names it.
    """
    folder = Path(folder)
    package = read_package(folder)
    about = package["mediakit"]
    articles, totals = _read_articles(folder / "articles.csv", package)
    terms = pd.read_csv(
        folder / "vocabulary.csv", dtype={"word": "str"}, keep_default_na=False
    )
    table = pq.read_table(folder / "counts.parquet", columns=[*COUNT_COLUMNS])
    rows, columns, counts = (table[name].to_numpy() for name in COUNT_COLUMNS)
    shape = (len(articles), len(terms))
    try:
        counts = counts.astype(np.int64, casting="same_kind")
        matrix = sparse.csr_array((counts, (rows, columns)), shape=shape)
    except (ValueError, TypeError) as error:
        raise MediakitError(
            f"the tables of {str(folder)!r} do not fit together ({error}): they were "
            "changed and sealed anew. Fetch an untouched copy."
        ) from error
    return Corpus.from_counts(
        articles,
        terms["word"].map(unguard).tolist(),
        matrix,
        totals,
        bag=about["bag"],
        measures=_open_measures(folder, about, articles),
        provenance={
            "sample": package["name"],
            "fingerprint": about["fingerprint"],
            "sources": package.get("sources", []),
            "parameters": about["parameters"],
            "tables": about.get("tables", []),
        },
    )


def read_package(folder: Path) -> dict:
    """Return the content of datapackage.json after comparing every file with it."""
    path = index_of(folder)
    try:
        package = json.loads(path.read_text("utf-8"))
        sealed = package.pop(SEAL)
    except (ValueError, KeyError):
        package, sealed = {}, None
    if sealed != seal(package) or package["mediakit"]["format"] not in READ:
        raise MediakitError(
            f"{str(path)!r} was changed or is of another format than {FORMAT}; fetch "
            "an untouched copy, or derive the corpus again."
        )
    for resource in package["resources"]:
        _check_resource(folder, resource)
    return package


def seal(package: dict) -> str:
    """Return the sha256 of a package's content, whatever its layout on disk."""
    text = json.dumps(package, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def index_of(folder: Path) -> Path:
    """Return the path of a package's index, or raise that there is none."""
    path = folder / INDEX
    if not path.is_file():
        raise MediakitError(
            f"{str(folder)!r} is no derived corpus: it has no {INDEX}. `mk.derive` "
            "writes one."
        )
    return path


def fault_of(folder: Path, name: str, expected: str) -> str:
    """Return "outside", "missing" or "changed", "" where a file is as listed."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return "outside"
    if not path.is_file():
        return "missing"
    return "" if "sha256:" + sha256(path) == expected else "changed"


def _check_resource(folder: Path, resource: dict) -> None:
    name, place = resource["path"], str(folder)
    fault = fault_of(folder, name, resource["hash"])
    if fault == "outside":
        raise MediakitError(f"{name!r} points outside of {place!r}.")
    if fault == "missing":
        raise MediakitError(f"{place!r} lacks {name!r}; fetch an untouched copy.")
    if fault:
        raise MediakitError(
            f"{name!r} in {place!r} was changed: its sha256 is not the one in {INDEX}. "
            "Fetch an untouched copy."
        )


def _read_articles(path: Path, package: dict) -> tuple[pd.DataFrame, np.ndarray]:
    (schema,) = (
        one["schema"]["fields"]
        for one in package["resources"]
        if one["path"] == path.name
    )
    texts = {one["name"]: "str" for one in schema if one["type"] == "string"}
    table = pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=[""])
    table = table.rename(columns=unguard)
    for name in map(unguard, texts):
        table[name] = table[name].map(unguard, na_action="ignore")
    table["published"] = pd.to_datetime(table["published"], utc=True).dt.as_unit("us")
    totals = table.pop("words").to_numpy(np.int64)
    return complete_articles(table), totals


def _open_measures(folder: Path, about: dict, articles: pd.DataFrame) -> dict:
    """Open the stored sums; a row of them is a row of the package, bag or article."""
    names = about["measures"]
    if not names:
        return {}
    open_measure = import_module("mediakit.measure.store").open_measure
    metadata = articles.drop(columns=["title", "text"])
    for name in names:
        if Path(name).name != name or name in ("", ".", ".."):
            raise MediakitError(f"measure {name!r} points outside of {str(folder)!r}.")
    opened = {name: open_measure(folder / "measures" / name) for name in names}
    of_rows = {"articles": metadata, "evidence": about["bag"]}
    return {name: replace(one, **of_rows) for name, one in opened.items()}
