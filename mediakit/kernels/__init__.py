"""Plain loops for what NumPy can only do in many passes; compiled where Numba is.

Without Numba (or with its NUMBA_DISABLE_JIT=1) `COMPILED` is false and the callers
take their NumPy, SciPy and Arrow path, with the same results.
"""

from collections.abc import Callable
from functools import cache
from types import FunctionType

import numpy as np

try:
    import numba
except ImportError:
    numba = None

COMPILED = numba is not None and not numba.config.DISABLE_JIT
PAYS_FROM = 4 << 20
NOT_KEPT: list[str] = []  # loops for which there is no folder to keep them in
unsigned = np.uint64  # a place read so need not be asked whether it counts from the end


def pays(size: int) -> bool:
    """Say whether a loop over `size` bytes is worth compiling, which takes seconds."""
    return COMPILED and size >= PAYS_FROM


def compiled(loop: Callable) -> Callable:
    """Compile a loop on its first call and keep the result on disk."""
    if not COMPILED:
        return loop
    try:
        return numba.njit(cache=True, nogil=True)(loop)
    except RuntimeError:
        NOT_KEPT.append(loop.__name__)
        return numba.njit(nogil=True)(loop)


@cache
def plain(loop: Callable) -> Callable:
    """Return a compiled loop as plain Python, with the loops of its module it calls.

    For so little data that compiling takes longer; the results are the same.
    """
    if not COMPILED:
        return loop
    names = dict(loop.py_func.__globals__)
    for name, value in names.items():
        if python := getattr(value, "py_func", None):
            names[name] = FunctionType(python.__code__, names, name)
    return names[loop.py_func.__name__]
