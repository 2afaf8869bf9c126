"""What a derived corpus holds beside its counts: addresses, register, tables, card."""

import json
import platform
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.load.register import load_outlets, match_outlets
from mediakit.share.addresses import FILE, NORMALISER, addresses
from mediakit.share.bags import MIN_BAG, MIN_WORDS
from mediakit.share.limits import MIN_ARTICLES, MOST_REBUILT
from mediakit.share.package import card, fingerprint, write_package
from mediakit.share.recipes import as_json, recipe_of, tried
from mediakit.show.tables import save_table
from mediakit.spreadsheets import guarded
from mediakit.text.corpus import Corpus
from mediakit.text.derived import open_derived

OUTLETS, TABLES = "outlets.csv", "tables"
HEADINGS = {
    "dropped": "Left out before",
    "articles": "What became of the articles",
    "withheld": "What was withheld of the measures",
    "cleaning": "What cleaning took away",
    "attack": "What the reconstruction attack gave back",
}
PACKAGES = ("mediakit", "numpy", "pandas", "scipy")
HIDDEN = {"path", "folder"}


class Told(NamedTuple):
    """What `derive` knows when the figures are written."""

    name: str
    bag: str
    by: list[str]
    about: dict
    report: pd.DataFrame
    attempts: pd.DataFrame
    withheld: pd.DataFrame


def write_addresses(work: Path, corpus: Corpus, figures, bag: str) -> np.ndarray:
    """Write addresses and hashes of single articles; return which are withheld.

    Of bags there are none: a hash of a headline can be guessed.
    """
    if bag != "article":
        return np.zeros(len(figures.rows), bool)
    table, hidden = addresses(corpus, figures)
    guarded(table).to_csv(work / FILE, index=False, lineterminator="\n")
    return hidden


def write_outlets(work: Path, rows: pd.DataFrame) -> None:
    """Write what the register says of the outlets today, if it knows any."""
    names = pd.DataFrame({"outlet": rows["outlet"].dropna().unique()})
    register = load_outlets()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        found, _ = match_outlets(names, register)
    known = register.iloc[found[found >= 0]].rename(columns={"url": "source_url"})
    if len(known):
        known = known.assign(outlet=names["outlet"][found >= 0].to_numpy())
        guarded(known).to_csv(work / OUTLETS, index=False, lineterminator="\n")


def write_rest(
    work: Path, corpus: Corpus, told: Told, tables: Mapping[str, pd.DataFrame]
) -> list[dict]:
    """Write the tables, the card and the index; return how the tables differ."""
    content = {
        "bag": told.bag,
        "measures": sorted(path.name for path in (work / "measures").glob("*")),
        "tokenizer": corpus.tokenizer,
        "normaliser": NORMALISER,
        "fingerprint": fingerprint(work),
        "of": {"fingerprint": corpus.fingerprint, "articles": len(corpus)},
        "steps": _steps(corpus),
        "made_with": versions(),
        "parameters": {
            "view": str(corpus.view),
            "by": told.by,
            "min_words": MIN_WORDS,
            "min_articles": MIN_ARTICLES,
            "min_bag": MIN_BAG,
            "most_rebuilt": MOST_REBUILT,
        },
        "protocol": told.about.get("protocol", {}),
        "tables": [],
    }
    nothing = pd.DataFrame()
    cleaning = told.about.get("cleaning", nothing)
    shown = {
        "dropped": told.about.get("dropped", nothing),
        "articles": told.report,
        "withheld": told.withheld,
        "cleaning": cleaning.drop(columns="example", errors="ignore"),
        "attack": told.attempts.drop(columns="row"),
    }
    content |= {key: _records(table) for key, table in shown.items()}
    headed = {HEADINGS[key]: one for key, one in shown.items() if len(one)}
    text = card(told.about, headed)
    (work / "README.md").write_bytes(text.encode())
    write_package(work, told.name, told.about, content)
    if tables:
        content["tables"] = _made_again(work, tables)
        write_package(work, told.name, told.about, content)
    return content["tables"]


def _records(table: pd.DataFrame) -> list[dict]:
    return json.loads(table.to_json(orient="records", double_precision=15))


def _steps(corpus: Corpus) -> list[dict]:
    """Return what was done to the articles, without places on this machine."""
    source = corpus.provenance.get("source", {})
    read = {"verb": source.get("verb"), "parameters": source.get("parameters", {})}
    steps = [read] * ("verb" in source) + list(source.get("steps", []))
    return [as_json(_hidden(one)) for one in steps]


def _hidden(value):
    if isinstance(value, dict):
        return {
            key: Path(str(one)).name if key in HIDDEN else _hidden(one)
            for key, one in value.items()
        }
    return [_hidden(one) for one in value] if isinstance(value, list) else value


def _made_again(work: Path, tables: Mapping[str, pd.DataFrame]) -> list[dict]:
    corpus = open_derived(work)
    recipes = []
    for name, table in tables.items():
        if not name or Path(name).name != name or name.startswith("."):
            raise MediakitError(f"a table's name becomes a file, got {name!r}.")
        recipe, again, rest = tried(table, recipe_of(table, corpus.measures), corpus)
        file = f"{TABLES}/{name.removesuffix('.csv')}.csv"
        save_table(again, work / file)
        recipes.append(
            {
                "file": file,
                **recipe,
                "cells": int(table.size),
                "differ_from_the_texts": len(rest),
                "differences": _records(rest.head(20)),
            }
        )
    return recipes


def versions() -> dict[str, str]:
    """Return the versions of what computes."""
    found = {name: version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}
