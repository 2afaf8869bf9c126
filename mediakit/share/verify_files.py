"""The files of a derived corpus against its index, and its tables against its rules."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from mediakit.share.limits import ADDRESS, MIN_ARTICLES
from mediakit.text.derived import INDEX, READ, SEAL, fault_of, index_of, seal

CARD = "README.md"
FIXED = {"min_words": 50, "min_articles": MIN_ARTICLES}
SAID = {
    "outside": "points outside of the package",
    "missing": "is missing",
    "changed": "was changed: its sha256 is not that of the index",
}
Line = tuple[str, bool, str]


def check_files(folder: Path) -> tuple[list[Line], dict]:
    """Compare every file with the index; return lines of the report, and the index."""
    path = index_of(folder)
    try:
        package = json.loads(path.read_text("utf-8"))
        sealed = package.pop(SEAL)
        listed = {one["path"]: one["hash"] for one in package["resources"]}
        known = package["mediakit"]["format"] in READ
    except (ValueError, KeyError, TypeError, AttributeError):
        return [(INDEX, False, "was changed or cut short: it cannot be read")], {}
    whole = sealed == seal(package)
    said = f"seal {sealed}" if whole else "was changed: its seal does not fit"
    lines = [(INDEX, whole, said)]
    lines.append(("format", known, f"format {package['mediakit']['format']}"))
    for name, expected in listed.items():
        if fault := fault_of(folder, name, expected):
            lines.append((name, False, SAID[fault]))
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }
    unlisted = {INDEX} | ({CARD} if package["mediakit"]["format"] == 1 else set())
    for name in sorted(there - set(listed) - unlisted):
        lines.append((name, False, "is not part of the package"))
    bad = {check for check, ok, _ in lines if not ok} - {INDEX, "format"}
    if not bad:
        lines.append(("files", True, f"{len(listed)} files, each with its sha256"))
    return lines, package


def check_tables(folder: Path, package: dict) -> list[Line]:
    """Hold the tables against their schema and against the limits of `derive`."""
    wrong = []
    for resource in package["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            if field["name"] not in _columns(folder / resource["path"]):
                wrong.append(f"{resource['path']} lacks {field['name']!r}")
    if wrong:
        return [("schema", False, "; ".join(wrong))]
    counts = pq.read_table(folder / "counts.parquet").to_pandas()
    rows = _read(folder / "articles.csv")
    words = _read(folder / "vocabulary.csv")
    totals = rows["words"].astype(int).to_numpy()
    listed = np.bincount(counts["row"], counts["n"], minlength=len(rows))
    rules = {
        "rows of counts are lines of articles": counts["row"].between(0, len(rows) - 1),
        "terms of counts are lines of vocabulary": counts["term"].between(
            0, len(words) - 1
        ),
        "counts are from 1": counts["n"] >= 1,
        "ids are unique": ~rows["article_id"].duplicated(),
        "words of a row are not less than those listed": listed[: len(rows)] <= totals,
    }
    if (folder / "addresses.csv").is_file():
        other = _read(folder / "addresses.csv")["article_id"]
        rules["addresses belong to the rows"] = np.array(
            [other.tolist() == rows["article_id"].tolist()]
        )
    limits = {
        f"rows have at least {FIXED['min_words']} words": totals >= FIXED["min_words"],
        f"words stand in at least {MIN_ARTICLES} articles": words["articles"].astype(
            int
        )
        >= MIN_ARTICLES,
        "no word is an address": ~words["word"].str.contains(ADDRESS),
    }
    return [_held("schema", rules), _held("limits", limits)]


def _held(check: str, rules: dict) -> Line:
    broken = [
        f"not so: {rule} ({int((~np.asarray(held, bool)).sum()):,} times)"
        for rule, held in rules.items()
        if not np.asarray(held, bool).all()
    ]
    return check, not broken, "; ".join(broken) or f"{len(rules)} rules hold"


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _columns(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        return pq.read_schema(path).names
    return pd.read_csv(path, nrows=0).columns.tolist()
