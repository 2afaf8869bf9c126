"""A progress bar for whatever takes more than a few seconds."""

from collections.abc import Iterable

from tqdm.auto import tqdm

SECONDS_BEFORE_SHOWN = 3
IN_NOTEBOOK = any("notebook" in base.__module__ for base in tqdm.__mro__)


def progress(steps: Iterable, *, what: str, total: int | None = None) -> Iterable:
    """Return `steps`, shown as a bar if they take over three seconds.

    In a notebook, or on stderr if that is a terminal: a log file gets none.
    """
    if hasattr(steps, "__len__") and len(steps) < 2:
        return steps
    options = {"delay": SECONDS_BEFORE_SHOWN, "leave": False}
    hidden = False if IN_NOTEBOOK else None
    return tqdm(steps, desc=what, total=total, disable=hidden, **options)
