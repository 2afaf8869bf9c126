"""Two runs of a study, number by number."""

import json
import os
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.share.differences import COLUMNS, TOLERANCE, differences
from mediakit.share.study import RECORD, TABLES
from mediakit.show.tables import read_table
from mediakit.text.derived import INDEX

NO_TABLE = "(no such table)"


def diff_runs(
    before: str | os.PathLike, after: str | os.PathLike, *, tolerance: float = TOLERANCE
) -> pd.DataFrame:
    """List the numbers that differ between two reports or derived corpora.

    Parameters
    ----------
    before, after : path
        Folders that `mediakit study` or `derive` wrote.
    tolerance : float, default 1e-9
        As in `differences`.

    Returns
    -------
    DataFrame
        table, then the columns of `differences`. ``attrs["mediakit"]`` holds tables,
        cells (int, compared) and versions (those that differ).
    """
    one, two = _tables(before), _tables(after)
    found, cells = [], 0
    for name in sorted({*one, *two}):
        if name not in one or name not in two:
            there = ["" if name in side else NO_TABLE for side in (one, two)]
            line = pd.DataFrame([["", "", *there, float("nan")]], columns=COLUMNS)
        else:
            left, right = read_table(one[name]), read_table(two[name])
            line, cells = (
                differences(left, right, tolerance=tolerance),
                cells + left.size,
            )
        found.append(line.assign(table=name))
    table = pd.concat(found)[["table", *COLUMNS]].reset_index(drop=True)
    table.attrs["mediakit"] = {
        "verb": "diff",
        "tolerance": tolerance,
        "tables": len(found),
        "cells": cells,
        "versions": _versions(before, after),
    }
    return table


def _tables(folder) -> dict[str, Path]:
    found = {path.stem: path for path in sorted((Path(folder) / TABLES).glob("*.csv"))}
    if not found:
        raise MediakitError(
            f"{str(folder)!r} holds no tables; name a report of `mediakit study` or "
            "what `mediakit derive` wrote."
        )
    return found


def _versions(before, after) -> dict[str, list[str]]:
    one, two = _said(before), _said(after)
    return {
        name: [one.get(name, ""), two.get(name, "")]
        for name in sorted({*one, *two})
        if one.get(name) != two.get(name)
    }


def _said(folder) -> dict[str, str]:
    """Return the versions that a report or a package names; both may lack them."""
    for name in (RECORD, INDEX):
        path = Path(folder) / name
        if path.is_file():
            content = json.loads(path.read_text("utf-8"))
            content = content.get("mediakit", content)
            known = content.get("made_with", content.get("versions", {}))
            return known | (
                {"python": content["python"]} if "python" in content else {}
            )
    return {}
