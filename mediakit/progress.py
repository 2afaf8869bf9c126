"""A progress bar for whatever takes more than a few seconds."""

from collections.abc import Iterable

from tqdm.auto import tqdm

SECONDS_BEFORE_SHOWN = 3


def progress(steps: Iterable, *, what: str, total: int | None = None) -> Iterable:
    """Return `steps`, shown as a bar on stderr if they take over three seconds."""
    if hasattr(steps, "__len__") and len(steps) < 2:
        return steps
    return tqdm(steps, desc=what, total=total, delay=SECONDS_BEFORE_SHOWN, leave=False)
