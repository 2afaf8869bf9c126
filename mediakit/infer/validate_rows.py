"""The rows of `validate`, and what must be said of them."""

import numpy as np

from mediakit.infer.coded import Task
from mediakit.infer.scored import DRAWN, FIGURES, ends, figures, intervals

FEW_UNITS = 50
NORMAL, UNLIKE = 1.959964, 2.575829
SPANS = [f"{name}{end}" for name in DRAWN for end in ("", "_low", "_high")]
COLUMNS = {
    **dict.fromkeys(["item", "group", "method"], "str"),
    **dict.fromkeys(["units", "coded", "found"], "int64"),
    **dict.fromkeys([*SPANS, "accuracy", "coders_alpha"], "float64"),
    **dict.fromkeys(["tied", "unscored", "clusters"], "int64"),
    "note": "str",
}


def rows_of(group, methods, whole: list[Task], sampled, votes, asked) -> list[dict]:
    """Return the rows of a group, by item and then method.

    `methods` has the tasks of each method, `whole` those of all groups, `sampled` the
    clusters and weights of the units, `votes` the coders' alpha of each question and
    `asked` level, repeats and seed.
    """
    level, *_ = asked
    clusters, weights = sampled
    weights = weights / weights.mean() if len(weights) else weights
    found = {
        method: (
            figures(tasks, weights[None], level),
            intervals(tasks, clusters, weights, asked),
        )
        for method, tasks in methods.items()
    }
    labels = list(found["measure"][0])
    rows = []
    for item in labels:
        for method, tasks in methods.items():
            points, draws = found[method]
            row = {"item": item, "group": group, "method": method}
            row |= {name: float(points[item][name][0]) for name in FIGURES}
            for name in DRAWN:
                drawn = draws[item][name] if draws else None
                row[f"{name}_low"], row[f"{name}_high"] = ends(drawn)
            row |= _sizes(item, tasks) | _left_out(item, whole, group)
            row["coders_alpha"] = _ceiling(item, votes)
            row["clusters"] = len(np.unique(clusters))
            rivals = {name: found[name][0][item] for name in methods}
            row["note"] = _note(row, rivals) if method == "measure" else ""
            rows.append(row)
    return rows


def note_sides(rows: list[dict]) -> None:
    """Say in a group's rows where the measure does otherwise than in the others.

    What it does there follows from all, of which the group is a known part.
    """
    wholes = {row["item"]: row for row in rows if _is_own(row, "all")}
    for row in rows:
        if not _is_own(row) or row["group"] == "all":
            continue
        whole = wholes[row["item"]]
        for figure, size in (("precision", "found"), ("recall", "coded")):
            part = row[size] / max(whole[size], 1)
            if not 0 < part < 1:
                continue
            own, spread = row[figure], _spread(row, figure)
            rest = (whole[figure] - part * own) / (1 - part)
            squares = _spread(whole, figure) ** 2 - (part * spread) ** 2
            error = np.hypot(spread, np.sqrt(max(squares, 0)) / (1 - part))
            if abs(own - rest) > UNLIKE * error:
                more = "higher" if own > rest else "lower"
                said = f"{figure} is {more} here than elsewhere ({rest:.2f})"
                row["note"] = "; ".join(filter(None, [row["note"], said]))


def _is_own(row: dict, group: str | None = None) -> bool:
    return row["method"] == "measure" and group in (None, row["group"])


def _spread(row: dict, figure: str) -> float:
    return (row[f"{figure}_high"] - row[f"{figure}_low"]) / (2 * NORMAL)


def confusions(group: str, tasks: list[Task]) -> list[dict]:
    """Return how many units coded so were found so, as plain rows."""
    rows = []
    for task in tasks:
        for coded, code in enumerate(task.classes):
            for found, name in enumerate(task.classes):
                units = int(((task.coded == coded) & (task.found == found)).sum())
                row = {"group": group, "item": task.item, "coded": code, "found": name}
                rows.append({**row, "units": units})
    return rows


def _sizes(item: str, tasks: list[Task]) -> dict[str, int]:
    """Return units, coded and found of a row."""
    for task in tasks:
        if task.classes == ("no", "yes") and task.item == item:
            number = 1
        elif item in task.classes and len(tasks) == 1:
            number = task.classes.index(item)
        else:
            continue
        coded, found = ((one == number).sum() for one in (task.coded, task.found))
        return {"units": len(task.rows), "coded": int(coded), "found": int(found)}
    own = [task for task in tasks if task.item == item] or tasks
    units = len(np.unique(np.concatenate([task.rows for task in own])))
    return {"units": units, "coded": units, "found": units}


def _left_out(item: str, whole: list[Task], group: str) -> dict[str, int]:
    own = [task for task in whole if task.item == item] or whole
    if group != "all":
        return {"tied": 0, "unscored": 0}
    return {
        "tied": sum(task.ties for task in own),
        "unscored": sum(task.unscored for task in own),
    }


def _ceiling(item: str, votes: dict[str, float]) -> float:
    known = [votes[item]] if item in votes else list(votes.values())
    return known[0] if len(known) == 1 else float("nan")


def _note(row: dict, rivals: dict) -> str:
    notes = [f"fewer than {FEW_UNITS} units"] * (row["units"] < FEW_UNITS)
    if row["coded"] == 0:
        notes.append("never coded so")
    figure = "f1" if np.isfinite(row["f1"]) else "alpha"
    for name, words in (("majority", "the commonest code"), ("words", "a word model")):
        rival = rivals.get(name, {}).get(figure, [np.nan])[0]
        if rival > row[figure]:
            notes.append(f"{words} does better ({figure} {rival:.2f})")
    if row["coders_alpha"] < 0.667:
        notes.append("coders themselves agree too little")
    return "; ".join(notes)
