"""Corpora, measures and packages changed by a forger, who seals them anew."""

import numpy as np

from mediakit.folders import read_content, write_index
from mediakit.text.opened import SHARD_INDEX
from mediakit.text.store import INDEX

FAR = 1 << 40


def seal_anew(folder, index=INDEX, *, inner=SHARD_INDEX):
    """Write the indices of a saved corpus again, as if all were in order."""
    for shard in folder.glob(f"*/{inner}"):
        seal_anew(shard.parent, inner, inner="none")
    content = read_content(folder / index)
    content.pop("files")
    (folder / index).unlink()
    write_index(folder, index, content, inner=inner)


def spoiled(numbers, way, random):
    """Return an array with some numbers that point elsewhere, or of another size."""
    made = np.array(numbers)
    if way == "cut":
        return made[: len(made) // 2]
    if way == "long":
        return np.concatenate([made, made])
    if way == "flat":
        return made.reshape(1, -1)
    if way == "real":
        return made + 0.5
    where = random.integers(0, made.size, max(1, made.size // 50))
    least, most = np.iinfo(made.dtype).min, np.iinfo(made.dtype).max
    worst = {"far": min(most, FAR), "below": max(least, -FAR), "shuffled": None}[way]
    values = random.permutation(made.flat[where]) if worst is None else worst
    if made.dtype.kind == "u" and way == "below":
        values = most
    made.flat[where] = values
    return made


WAYS = ("far", "below", "shuffled", "cut", "long", "flat", "real")
