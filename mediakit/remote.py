"""Files on this machine or, through fsspec, in object storage: s3://bucket/folder."""

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mediakit.errors import MediakitError

HIDDEN = (".", "_", "~$")
TIMES = ("ETag", "etag", "mtime", "LastModified", "updated", "created")


class File(NamedTuple):
    """A file under a path: its name from there, where it is, its bytes and time."""

    name: str
    path: str
    bytes: int
    time: str


def is_remote(path) -> bool:
    """Say whether a path is an address with a protocol."""
    return "://" in str(path)


def readable(name: str) -> str:
    """Return a file's name as text can hold it, other bytes than UTF-8's as x-codes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


def reachable(path: str) -> str:
    """Return a path as this system can open it, whatever letters its locale has."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return os.fsdecode(path.encode("utf-8", "surrogateescape"))
    return path


def file_system(address: str):
    """Return the file system of an address, and the path in it."""
    try:
        import fsspec
    except ImportError as error:
        raise MediakitError(
            f"{address!r} is in object storage, which needs fsspec: run "
            "`pip install 'mediakit[scale]'`."
        ) from error
    try:
        return fsspec.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise MediakitError(f"{address!r} cannot be reached: {error}.") from error


def open_file(path: str):
    """Open a file for reading, at any place in it."""
    if not is_remote(path):
        return open(path, "rb")
    files, place = file_system(path)
    return files.open(place, "rb")


def list_files(path: str) -> list[File]:
    """Return all files under a path that are not hidden, by name."""
    found = _remote_files(path) if is_remote(path) else _local_files(Path(path))
    shown = [file for file in found if not _hidden(PurePosixPath(file.name).parts)]
    return sorted(shown)


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(HIDDEN) for part in parts)


def _local_files(path: Path) -> list[File]:
    if not path.is_dir():
        return [_local_file(readable(path.name), path)]
    files = [file for file in path.rglob("*") if file.is_file()]
    return [
        _local_file(readable(file.relative_to(path).as_posix()), file) for file in files
    ]


def _local_file(name: str, path: Path) -> File:
    stat = path.stat()
    return File(name, str(path), stat.st_size, str(stat.st_mtime_ns))


def _remote_files(address: str) -> list[File]:
    files, root = file_system(address)
    found = []
    for place, about in files.find(root, detail=True).items():
        name = place.removeprefix(root).strip("/") or PurePosixPath(place).name
        time = next((str(about[key]) for key in TIMES if about.get(key)), "")
        found.append(File(name, files.unstrip_protocol(place), about["size"], time))
    if not found:
        raise MediakitError(f"there is no file at {address!r}.")
    return found
