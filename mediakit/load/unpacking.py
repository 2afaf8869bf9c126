"""From a path to the files in it: folders, zips and compressed files are opened.

What is inside is loaded one file at a time and never written; what unpacks to far
more than articles do is refused.
"""

import bz2
import gzip
import lzma
import mmap
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.load.archives_records import is_archive
from mediakit.load.sources import DAMAGE, ZIP, Source
from mediakit.remote import readable

DEEPEST = 4
CHUNK = 1 << 20
HIDDEN = (".", "__MACOSX", "~$")
BESIDE_A_PAGE = re.compile(
    r"(.+)(?:[_-]files|_fichiers|_archivos|-Dateien|_file|_bestanden|_arquivos)/",
)
ROOMY = 1 << 28
DENSEST = 100
COMPRESSED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}


@dataclass
class Allowance:
    """How many bytes one file may still unpack to, with all that is packed in it."""

    left: int

    def spend(self, size: int, name: str) -> None:
        """Take `size` bytes, or raise: no articles can be packed that tightly."""
        self.left -= size
        if self.left < 0:
            raise MediakitError(
                f"{name} unpacks to more than {DENSEST} times its size and more than "
                f"{ROOMY:,} bytes, as no articles do; if you trust it, unpack it first."
            )


def open_sources(path: Path) -> Iterator[tuple[Source, MediakitError | None]]:
    """Yield each file under `path`, unpacked, or the error that opening it gave."""
    waiting = [
        Source(name, folder, partial(_map, file)) for name, folder, file in _files(path)
    ][::-1]
    names = {source.name for source in waiting}
    while waiting:
        source = waiting.pop()
        if page := _saved_with(source.name, names):
            yield source, MediakitError(f"{source.name} belongs to the page {page}")
            continue
        try:
            inside = _inside(source)
        except MediakitError as error:
            yield source, error
            continue
        if inside is None:
            yield source, None
        else:
            if source.depth == 0 and path.is_file():
                inside = [replace(one, within="") for one in inside]
            waiting.extend(reversed(inside))


def _files(path: Path) -> list[tuple[str, str, Path]]:
    if not path.is_dir():
        return [(readable(path.name), "", path)]
    return [
        (
            readable(file.relative_to(path).as_posix()),
            readable(file.resolve().parent.name),
            file,
        )
        for file in sorted(path.rglob("*"))
        if file.is_file() and not _hidden(file.relative_to(path).parts)
    ]


def _saved_with(name: str, names: set[str]) -> str | None:
    """Return the page beside whose pictures and frames a browser put this file."""
    if found := BESIDE_A_PAGE.match(name):
        pages = (found[1] + ending for ending in (".html", ".htm"))
        return next((page for page in pages if page in names), None)
    return None


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(HIDDEN) for part in parts)


def _map(file: Path):
    with file.open("rb") as stream:
        if not file.stat().st_size:
            return b""
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _inside(source: Source) -> list[Source] | None:
    """Return what a compressed file or archive holds, None for any other file.

    A web archive is left as it is: its reader unpacks record after record.
    """
    head = bytes(source.data[:8])
    for magic, unpack in COMPRESSED.items():
        if head.startswith(magic) and not is_archive(source.data):
            name = source.name
            if source.ending in (".gz", ".bz2", ".xz"):
                name = name[: -len(source.ending)]
            return [_nested(source, name, partial(_unpacked, source, unpack))]
    return _members(source) if head.startswith(ZIP) else None


def _nested(source: Source, name: str, load: Callable, folder: str = "") -> Source:
    if source.depth == DEEPEST:
        raise MediakitError(f"{source.name} holds archives in archives; unpack it.")
    allowance = _allowance(source)
    within = f"{source.place}/" if folder else source.within
    place = folder or source.folder
    return Source(name, place, load, source.depth + 1, allowance, within)


def _allowance(source: Source) -> Allowance:
    if source.allowance is None:
        source.allowance = Allowance(max(ROOMY, DENSEST * len(source.data)))
    return source.allowance


def _unpacked(source: Source, unpack: Callable) -> bytes:
    parts = []
    with unpack(pa.BufferReader(pa.py_buffer(source.data))) as stream:
        while part := stream.read(CHUNK):
            _allowance(source).spend(len(part), source.name)
            parts.append(part)
    return b"".join(parts)


def _members(source: Source) -> list[Source] | None:
    try:
        archive = zipfile.ZipFile(pa.BufferReader(pa.py_buffer(source.data)))
    except DAMAGE as error:
        raise MediakitError(f"{source.name} is a damaged zip ({error}).") from error
    infos = sorted(archive.infolist(), key=lambda info: info.filename)
    names = {info.filename for info in infos}
    _allowance(source).spend(sum(info.file_size for info in infos), source.name)
    if {"xl/workbook.xml", "word/document.xml"} & names:
        return None
    if "mimetype" in names or "[Content_Types].xml" in names:
        raise MediakitError(
            f"{source.name} is an office document, not an archive of articles; "
            "save it as .csv, .xlsx, .docx or .txt."
        )
    members = [(_inner_name(info), info) for info in infos if not info.is_dir()]
    return [
        _nested(source, name, partial(archive.read, info), _folder_of(name, source))
        for name, info in members
        if not _hidden(PurePosixPath(name).parts)
    ]


def _inner_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as if it lay in the archive, wherever it points."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("..", "/")) or "nameless"


def _folder_of(name: str, source: Source) -> str:
    return PurePosixPath(name).parent.name or source.stem
