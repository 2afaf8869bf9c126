"""Folders that are whole or not there: atomic writing, checksums, clear refusal."""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediakit.errors import MediakitError

CHECKED_BYTES = 512 << 20
NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
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
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with said_plainly(target):
            yield work
        take_place(work, target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def check_target(target: Path, index: str) -> None:
    """Refuse a folder that exists and does not hold `index`."""
    if target.exists() and not (target / index).is_file():
        raise MediakitError(
            f"{str(target)!r} exists and was not saved by mediakit (no {index}); "
            "choose another folder."
        )


def take_place(work: Path, target: Path) -> None:
    """Give a complete folder its name; what had the name goes."""
    old = None
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        target.rename(old / target.name)
    work.chmod(0o755)
    work.rename(target)
    if old is not None:
        shutil.rmtree(old)


@contextmanager
def said_plainly(target: Path, left: str = "nothing of it was left") -> Iterator[None]:
    """Raise what a full disk or a folder without leave to write does, in words."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise MediakitError(
                f"the disk is full: {str(target)!r} could not be written, and {left}. "
                "Make room or choose another folder."
            ) from error
        if error.errno in NO_LEAVE:
            raise MediakitError(
                f"{str(target)!r} may not be written here ({error.strerror}); choose "
                "another folder."
            ) from error
        raise


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
