"""Counted blocks that stay in memory, as far as a number of bytes allows.

Verbs read a measure several times; counting it each time would cost more than they do.
"""

import threading
from collections import OrderedDict

import numpy as np
from scipy import sparse

Counted = tuple[sparse.csr_array, np.ndarray]
KEPT_BYTES = 1 << 30


class Kept:
    """Counted blocks of this process, the least recently used measure leaving first.

    A measure never drives out its own blocks: read one after the other, all would be
    gone before they are needed again.
    """

    def __init__(self):
        self.measures: OrderedDict[str, dict] = OrderedDict()
        self.bytes, self.lock = 0, threading.RLock()

    def get(self, key: str, number: int):
        """Return a block's values and exposure, or None."""
        with self.lock:
            if key not in self.measures:
                return None
            self.measures.move_to_end(key)
            return self.measures[key].get(number)

    def put(self, key: str, number: int, counted: Counted) -> None:
        """Keep a block if there is room, or if other measures can make some."""
        size = weight(counted)
        with self.lock:
            while self.bytes + size > KEPT_BYTES:
                oldest = next((other for other in self.measures if other != key), None)
                if oldest is None:
                    return
                self.forget(oldest, next(iter(self.measures[oldest])))
            blocks = self.measures.setdefault(key, {})
            self.bytes += size - weight(blocks.get(number))
            blocks[number] = counted
            self.measures.move_to_end(key)

    def forget(self, key: str, number: int | None = None) -> None:
        """Drop one block of a measure, or all."""
        with self.lock:
            blocks = self.measures.get(key, {})
            for gone in list(blocks) if number is None else [number]:
                self.bytes -= weight(blocks.pop(gone, None))
            if not blocks:
                self.measures.pop(key, None)


def weight(counted: Counted | None) -> int:
    """Return the bytes of a block's arrays, or of what knows its `nbytes`."""
    if counted is None:
        return 0
    if hasattr(counted, "nbytes"):
        return counted.nbytes
    values, exposure = counted
    arrays = values.data, values.indices, values.indptr, exposure
    return sum(array.nbytes for array in arrays)


KEPT = Kept()
