"""Copies of what lies in object storage, in a folder of this machine for scratch.

A copy is named after the checksum of what is copied, so that it cannot be stale.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.folders import new_folder, read_content, read_index
from mediakit.remote import file_system


def scratch(name: str = "") -> Path:
    """Return the folder for copies, or a place in it, which no other user writes to."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"mediakit-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        raise MediakitError(
            f"{str(folder)!r} belongs to another user; set TMPDIR to a folder of yours."
        )
    return folder / name


def scratch_of(address: str) -> Path:
    """Return where what will lie under an address is made."""
    return scratch(hashlib.sha256(address.encode()).hexdigest())


def fetch_folder(
    address: str, *, index: str, what: str, digest: str | None = None
) -> Path:
    """Return a copy of a folder with an index, checked file by file when it came.

    `digest` is the sha256 of the index, if it is known; a copy of it is used again.
    """
    if digest is not None and (scratch(digest) / index).is_file():
        return scratch(digest)
    seal = read_bytes(f"{address}/{index}", what=what)
    found = hashlib.sha256(seal).hexdigest()
    if digest not in (None, found):
        raise MediakitError(
            f"{address!r} was changed since it was saved; save it again."
        )
    place = scratch(found)
    if not (place / index).is_file():
        files, root = file_system(address)
        with new_folder(place, index=index) as work:
            (work / index).write_bytes(seal)
            for name in read_content(work / index)["files"]:
                copy = work / name
                if not copy.resolve().is_relative_to(work.resolve()):
                    raise MediakitError(f"{name!r} points outside of {address!r}.")
                copy.parent.mkdir(exist_ok=True)
                files.get_file(f"{root}/{name}", str(copy))
            read_index(work, index=index, what=what, verify=True)
    return place


def read_bytes(address: str, *, what: str) -> bytes:
    """Return the content of a small file."""
    files, path = file_system(address)
    try:
        return files.cat_file(path)
    except FileNotFoundError as error:
        raise MediakitError(
            f"there is no {what} at {address!r}, or its writing was cut short."
        ) from error


def fetch_file(address: str, digest: str) -> Path:
    """Return a copy of one file whose sha256 is `digest`."""
    place = scratch(digest)
    if not place.is_file():
        data = read_bytes(address, what="file")
        if hashlib.sha256(data).hexdigest() != digest:
            raise MediakitError(f"{address!r} was changed since it was saved.")
        draft = place.with_name(f"{digest}-{os.getpid()}")
        draft.write_bytes(data)
        os.replace(draft, place)
    return place


def upload_folder(folder: Path, address: str, *, index: str) -> None:
    """Copy a folder to an address where none is, its index last."""
    files, root = file_system(address)
    check_address(address, index=index)
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda name: (name.as_posix() == index, name)):
        files.makedirs(f"{root}/{name.parent.as_posix()}", exist_ok=True)
        files.put_file(str(folder / name), f"{root}/{name.as_posix()}")


def check_address(address: str, *, index: str) -> None:
    """Refuse an address where something was saved before."""
    files, root = file_system(address)
    if files.exists(root) and files.ls(root):
        raise MediakitError(
            f"{address!r} holds something already (not always a whole {index}); "
            "nothing in object storage is replaced: choose another address, or remove "
            "what is there."
        )
