"""The figures of tasks: one point each, and draws for their intervals."""

from dataclasses import replace

import numpy as np

from mediakit.formulas.classification import (
    accuracy,
    auc,
    class_scores,
    cluster_weights,
    confusion,
    nominal_alpha,
    one_against_rest,
    pair_alpha,
)
from mediakit.infer.coded import Task

ALL = "all classes"
DRAWN = ("precision", "recall", "f1", "auc", "alpha", "r")
FIGURES = (*DRAWN, "accuracy")
FEWEST_CLUSTERS = 10
INTERVAL = (2.5, 97.5)

Rows = dict[str, dict[str, np.ndarray]]


def figures(tasks: list[Task], weights: np.ndarray, level: str) -> Rows:
    """Return the figures of every row, each with one entry per row of weights."""
    rows: Rows = {}
    for task in tasks:
        own = _of_task(task, weights[:, task.rows], level)
        if len(tasks) > 1 and len(task.shown) > 1:
            own = {task.item: own[ALL]}
        elif len(tasks) > 1:
            own.pop(ALL, None)
        rows |= own
    if len(tasks) > 1:
        rows[ALL] = _mean_rows(list(rows.values()))
    return rows


def intervals(
    tasks: list[Task], clusters: np.ndarray, weights: np.ndarray, asked
) -> Rows:
    """Return the draws of every figure; no draws where clusters are too few."""
    level, repeats, seed = asked
    if repeats == 0 or len(np.unique(clusters)) < FEWEST_CLUSTERS:
        return {}
    rng = np.random.default_rng(seed)
    parts = [
        figures(tasks, times * weights, level)
        for times in cluster_weights(clusters, repeats, rng)
    ]
    return {
        label: {
            name: np.concatenate([part[label][name] for part in parts])
            for name in figure
        }
        for label, figure in parts[0].items()
    }


def ends(draws: np.ndarray | None) -> tuple[float, float]:
    """Return the interval of draws that are not missing, or two NaN."""
    if draws is None or np.isnan(draws).mean() > 0.5:
        return np.nan, np.nan
    low, high = np.nanpercentile(draws, INTERVAL)
    return float(low), float(high)


def majority(task: Task) -> Task:
    """Return the task as guessed by always saying the commonest code."""
    size = len(task.classes)
    counts = np.bincount(task.coded, minlength=size)
    found = np.full(len(task.coded), counts.argmax())
    return replace(task, found=found, scores=np.zeros((len(found), size)), numbers=None)


def by_words(task: Task, scores: np.ndarray) -> Task:
    """Return the task as guessed by the word model."""
    odds = np.empty_like(scores)
    for number in range(scores.shape[1]):
        others = np.delete(scores, number, axis=1)
        rest = np.logaddexp.reduce(others, axis=1, initial=-np.inf)
        odds[:, number] = np.nan_to_num(scores[:, number] - rest, nan=-1e9)
    return replace(task, found=scores.argmax(axis=1), scores=odds, numbers=None)


def _of_task(task: Task, weights: np.ndarray, level: str) -> Rows:
    missing = np.full(len(weights), np.nan)
    if not task.classes:
        coded, found = task.numbers
        alpha = pair_alpha(coded, found, weights, level=level)
        rows = {task.item: dict.fromkeys(FIGURES, missing)}
        rows[task.item] |= {"alpha": alpha, "r": _pearson(*task.numbers, weights)}
        return rows
    table = confusion(task.coded, task.found, len(task.classes), weights)
    scores = class_scores(table)
    rows = {}
    for number in task.shown:
        label = task.item if task.classes == ("no", "yes") else task.classes[number]
        two = one_against_rest(table, number)
        rows[label] = {name: value[:, number] for name, value in scores.items()}
        rows[label] |= {
            "auc": _auc(task, number, weights),
            "alpha": nominal_alpha(two),
            "accuracy": accuracy(two),
            "r": missing,
        }
    whole = {name: _mean(value.T) for name, value in scores.items()}
    rows[ALL] = {
        **whole,
        "auc": _mean(np.array([row["auc"] for row in rows.values()])),
        "alpha": _alpha(task, table, weights, level),
        "accuracy": accuracy(table),
        "r": _pearson(*task.numbers, weights) if task.numbers else missing,
    }
    return rows


def _alpha(task: Task, table, weights, level: str) -> np.ndarray:
    if level == "nominal":
        return nominal_alpha(table)
    values = np.array([float(name) for name in task.classes])
    return pair_alpha(values[task.coded], values[task.found], weights, level=level)


def _auc(task: Task, number: int, weights: np.ndarray) -> np.ndarray:
    scores = task.scores[:, number]
    if not len(scores) or np.isnan(scores).any():
        return np.full(len(weights), np.nan)
    return auc(task.coded == number, scores, weights)


def _pearson(coded, found, weights: np.ndarray) -> np.ndarray:
    sums = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    both = [one - (shares @ one)[:, None] for one in (coded, found)]
    products = (shares * both[0] * both[1]).sum(axis=1)
    spread = np.sqrt(np.prod([(shares * one**2).sum(axis=1) for one in both], axis=0))
    missing = np.full(len(weights), np.nan)
    return np.divide(products, spread, out=missing, where=spread > 0)


def _mean_rows(rows: list[dict]) -> dict[str, np.ndarray]:
    return {name: _mean(np.array([row[name] for row in rows])) for name in FIGURES}


def _mean(values: np.ndarray) -> np.ndarray:
    """Return the mean over the first axis of what is not missing."""
    known = ~np.isnan(values)
    counts = known.sum(axis=0)
    sums = np.where(known, values, 0).sum(axis=0)
    missing = np.full(counts.shape, np.nan)
    return np.divide(sums, counts, out=missing, where=counts > 0)
