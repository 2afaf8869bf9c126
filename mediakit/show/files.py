"""Files appear whole or not at all, so a broken run leaves no half figure or table."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.folders import draft


def path_for(path: str | Path, suffixes: tuple[str, ...]) -> Path:
    """Return `path`, whose folder now exists, or raise naming the allowed suffixes."""
    path = Path(path)
    if path.suffix.lower() not in suffixes or not path.name:
        allowed = " or ".join(suffix or "no suffix" for suffix in suffixes)
        raise MediakitError(
            f"`path` must end in {allowed}, got {str(path)!r}; rename the file."
        )
    if path.is_dir():
        raise MediakitError(f"`path` is a folder, {str(path)!r}; add a file name.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


@contextmanager
def new_files(*paths: Path) -> Iterator[list[Path]]:
    """Yield places to write to; they become `paths` only if the block succeeds."""
    try:
        with draft(paths[0]) as work:
            parts = [work / path.name for path in paths]
            yield parts
            for part, path in zip(parts, paths, strict=True):
                os.replace(part, path)
    except OSError as error:
        raise _unwritable(paths[0], error) from error


def _unwritable(path: Path, error: OSError) -> MediakitError:
    return MediakitError(
        f"cannot write {str(path)!r} ({error.strerror}); close it in other programs "
        "or choose another folder."
    )
