"""Folders that take long to make: after a crash the work goes on where it stopped."""

import json
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.folders import check_target, said_plainly, take_place

JOB = "job.json"
MADE = "made"
LOCK = "lock"
KEPT = "what is finished is kept and not made again"


@contextmanager
def making(folder: str | os.PathLike, *, index: str, job: dict) -> Iterator[Path]:
    """Yield a working folder beside `folder`; its "made" takes that name at the end.

    `job` says what is made of what. Where the work is cut short, the working folder
    stays, and the same job finds in it what is finished; another job starts afresh.
    """
    target = Path(folder)
    check_target(target, index)
    work = target.with_name(f".{target.name}.making")
    with said_plainly(target):
        work.mkdir(parents=True, exist_ok=True)
    with _alone(work, target):
        _prepare(work, target, job)
        try:
            yield work
        except BaseException:
            if not any((work / MADE).iterdir()):
                shutil.rmtree(work, ignore_errors=True)
            raise
        with said_plainly(target):
            take_place(work / MADE, target)
    shutil.rmtree(work, ignore_errors=True)


def _prepare(work: Path, target: Path, job: dict) -> None:
    """Keep what the same job left in the working folder, and nothing else."""
    said = json.dumps(job, indent=1, sort_keys=True)
    path = work / JOB
    known = path.read_text("utf-8") if path.is_file() else None
    if known not in (None, said):
        warnings.warn(
            f"{str(target)!r} was left unfinished, but what it was to be made of, or "
            "how, has changed since: it is made afresh.",
            MediakitWarning,
            stacklevel=5,
        )
    with said_plainly(target):
        if known != said:
            for one in work.iterdir():
                if one.name != LOCK:
                    shutil.rmtree(one) if one.is_dir() else one.unlink()
            path.with_suffix(".part").write_text(said, "utf-8")
            os.replace(path.with_suffix(".part"), path)
        (work / MADE).mkdir(exist_ok=True)
        for draft in (work / MADE).glob(".*"):
            shutil.rmtree(draft)


@contextmanager
def _alone(work: Path, target: Path) -> Iterator[None]:
    """Hold the working folder's lock, which the system frees if this process dies."""
    with said_plainly(target, KEPT), open(work / LOCK, "a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise MediakitError(
                f"another process is making {str(target)!r} at this moment; wait for "
                "it, or choose another folder."
            ) from error
        yield


def _lock(file) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
