"""Folders that are whole or not there: atomic writing, checksums, clear refusal."""

import ctypes
import errno
import glob
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediakit.errors import MediakitError

try:
    import fcntl
except ImportError:
    fcntl = None

CHECKED_BYTES = 512 << 20
NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
DRAFT, JUST_BEGUN = ".draft-", 60
CUT = "requested and"  # all that NumPy says where a file took less than it was given
NO_LEAVE = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def new_folder(folder: str | os.PathLike, *, index: str) -> Iterator[Path]:
    """Yield an empty folder that takes the name `folder` once it is complete.

    An existing folder is replaced only if it holds `index`, that is, if it was
    made by mediakit; anything else is refused.
    """
    target = Path(folder)
    check_target(target, index)
    with said_plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with said_plainly(target), draft(target) as work:
        yield work
        take_place(work, target)


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """Yield an empty hidden folder beside `target`, which is gone at the end.

    What killed processes left there for the same target is swept up; what a living one
    still fills is locked.
    """
    _sweep(target)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}{DRAFT}", dir=target.parent))
    handle = _locked(work)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _sweep(target: Path) -> None:
    for left in target.parent.glob(f".{glob.escape(target.name)}{DRAFT}*"):
        handle = None if left.is_symlink() else _locked(left)
        if handle is None:
            continue
        begun = time.time() - os.fstat(handle).st_mtime < JUST_BEGUN
        if not begun or any(left.iterdir()):
            shutil.rmtree(left, ignore_errors=True)
        os.close(handle)


def _locked(folder: Path) -> int | None:
    """Lock a folder until it is closed or the process dies; None if that cannot be."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def check_target(target: Path, index: str) -> None:
    """Refuse a folder that exists and does not hold `index`."""
    if target.exists() and not (target / index).is_file():
        raise MediakitError(
            f"{str(target)!r} exists and was not saved by mediakit (no {index}); "
            "choose another folder."
        )


def take_place(work: Path, target: Path) -> None:
    """Give a complete folder its name; what had the name goes.

    In one step on Linux and macOS, so that a kill finds either the old or the new.
    """
    work.chmod(0o755)
    if not target.exists():
        work.rename(target)
    elif _exchanged(work, target):
        shutil.rmtree(work, ignore_errors=True)  # another process may sweep it, too
    else:
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        target.rename(old / target.name)
        work.rename(target)
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    names, here, exchange = (os.fsencode(one), os.fsencode(other)), -100, 2
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return system.renamex_np(*names, exchange) == 0
        return system.renameat2(here, names[0], here, names[1], exchange) == 0
    except (OSError, TypeError, AttributeError):
        return False


@contextmanager
def said_plainly(target: Path, left: str = "nothing of it was left") -> Iterator[None]:
    """Raise what a full disk or a folder without leave to write does, in words.

    Where one stands inside another, the outer one says it, by the name that was given.
    """
    try:
        yield
    except (OSError, MediakitError) as error:
        cause = getattr(error, "unwritten", error)
        number = cause.errno if isinstance(cause, OSError) else -1
        if number in NO_ROOM or (number is None and CUT in str(cause)):
            said = f"the disk is full: {str(target)!r} could not be written, and {left}"
            told = MediakitError(f"{said}. Make room or choose another folder.")
        elif number in NO_LEAVE:
            said = f"{str(target)!r} may not be written here ({cause.strerror})"
            told = MediakitError(f"{said}; choose another folder.")
        else:
            raise
        told.unwritten = cause
        raise told from cause


def write_index(
    folder: Path, index: str, content: dict, *, inner: str | None = None
) -> None:
    """Write `content` and the checksums of all other files, as the last file.

    Of folders with an index called `inner`, that index is enough.
    """
    sealed = {path.parent for path in folder.glob(f"*/{inner}")} if inner else set()
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": sha256(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.parent not in sealed or path.name == inner)
    }
    body = json.dumps({**content, "files": files}, indent=1, ensure_ascii=False)
    seal = hashlib.sha256(body.encode()).hexdigest()
    with open(folder / index, "w", encoding="utf-8", newline="\n") as out:
        out.write(body + "\n" + json.dumps({"sha256": seal}) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read_index(
    folder: str | os.PathLike,
    *,
    index: str,
    what: str,
    verify: bool | None = None,
    inner: str | None = None,
) -> dict:
    """Return the content of a folder's index, or raise saying what is wrong with it.

    Sizes are always checked, also of what the indices called `inner` list; contents
    too if there are under 512 MB or `verify` is true.
    """
    folder = Path(folder)
    path = folder / index
    if not folder.is_dir():
        raise MediakitError(f"there is no folder {str(folder)!r}; {what} is a folder.")
    if not path.is_file():
        raise MediakitError(
            f"{str(folder)!r} is no {what}: {index} is missing, so it was not saved by "
            "mediakit or its writing was cut short. Save it again."
        )
    content = read_content(path)
    files = dict(content["files"])
    for name in [name for name in files if name.rpartition("/")[2] == inner]:
        _check_file(folder, name, files[name], verify=True)
        place = name.removesuffix(inner)
        inside = read_content(folder / name)["files"]
        files |= {place + of_it: one for of_it, one in inside.items()}
    if verify is None:
        verify = sum(one["bytes"] for one in files.values()) < CHECKED_BYTES
    for name, expected in files.items():
        _check_file(folder, name, expected, verify)
    return content


def read_content(path: Path) -> dict:
    """Return the content of an index that nobody changed since it was written."""
    try:
        text = path.read_text("utf-8")
        body, _, seal = text.removesuffix("\n").rpartition("\n")
        sealed = json.loads(seal)["sha256"] if text.endswith("\n") else None
        content = json.loads(body)
    except (ValueError, KeyError, TypeError):
        sealed, body, content = None, "", {}
    if sealed != hashlib.sha256(body.encode()).hexdigest():
        raise MediakitError(
            f"{str(path)!r} was changed or cut short since it was saved; save it again."
        )
    return content


def _check_file(folder: Path, name: str, expected: dict, verify: bool) -> None:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise MediakitError(f"{name!r} points outside of {str(folder)!r}; refused.")
    if not path.is_file():
        raise MediakitError(f"{str(folder)!r} lacks the file {name!r}; save it again.")
    same = path.stat().st_size == expected["bytes"]
    if not same or (verify and sha256(path) != expected["sha256"]):
        raise MediakitError(
            f"{name!r} in {str(folder)!r} was changed since it was saved; its checksum "
            "does not match. Save it again or fetch an untouched copy."
        )


def sha256(path: Path) -> str:
    """Return the sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
