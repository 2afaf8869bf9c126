"""Layers and views: which tokens of the articles are measured."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Layer:
    """Spans of tokens [start, end) in a shard's stream, in order, with labels."""

    starts: np.ndarray
    ends: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...] = ("",)

    def covers(self, size: int) -> np.ndarray:
        """Mark the tokens that lie in a span."""
        steps = np.zeros(size + 1, np.int32)
        np.add.at(steps, self.starts, 1)
        np.add.at(steps, self.ends, -1)
        return np.cumsum(steps[:-1]) > 0


@dataclass(frozen=True)
class View:
    """Which part of the articles is measured: a field, narrowed by layers."""

    field: str = "text"
    steps: tuple[tuple[str, str], ...] = ()

    def __str__(self):
        return " ".join([self.field, *(f"{verb} {name}" for verb, name in self.steps)])
