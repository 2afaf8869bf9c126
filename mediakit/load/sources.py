"""From a path to the files in it: folders, zips and compressed files are opened.

What is inside is loaded one file at a time; plain files are mapped, not read.
"""

import bz2
import difflib
import gzip
import lzma
import mmap
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

import pyarrow as pa

from mediakit.errors import MediakitError
from mediakit.load.encodings import HEAD, beginning, signature

DEEPEST = 4
COMPRESSED = {
    b"\x1f\x8b": gzip.decompress,
    b"BZh": bz2.decompress,
    b"\xfd7zXZ": lzma.decompress,
}
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
)


@dataclass
class Source:
    """One file: its name, the folder it lies in, and its bytes when asked for."""

    name: str
    folder: str
    load: Callable
    depth: int = 0

    @cached_property
    def data(self):
        """The bytes, mapped where possible."""
        try:
            return self.load()
        except DAMAGE as error:
            raise MediakitError(
                f"{self.name} is cut off, damaged or locked ({error}); "
                "fetch or export it again."
            ) from error

    @cached_property
    def head(self) -> str:
        """The first characters, decoded as well as can be told from them."""
        return beginning(bytes(self.data[:HEAD]))

    @property
    def ending(self) -> str:
        """The ending of the name, in lower case with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return PurePosixPath(self.name).stem

    @cached_property
    def kind(self) -> str | None:
        """What binary file this is, None where it looks like text."""
        if bytes(self.data[:4]) in ZIP and self.data.rfind(b"word/document.xml") >= 0:
            return "a Word document of no database known"
        if bytes(self.data[:4]) in (b"PAR1", *ZIP):
            return "Parquet or an archive"
        return signature(self.data)


@dataclass(frozen=True)
class Options:
    """What the user says about how to read a file."""

    headerless: bool = False
    names: tuple | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Format:
    """A file format: its name, what it is, how to tell it and how to read it.

    `read(source, options, ledger)` returns a DataFrame, or a dict where a file is one
    article; it adds "rows expected" and "rows read" to the ledger.
    """

    name: str
    what: str
    recognise: Callable[[Source], bool]
    read: Callable


def existing(path: str | Path) -> Path:
    """Return `path`, or raise naming what there is instead."""
    if not isinstance(path, (str, os.PathLike)):
        raise MediakitError(
            f"`path` must be a path or a pandas DataFrame, got {type(path).__name__}."
        )
    if str(path).startswith(("http://", "https://")):
        raise MediakitError(
            f"`path` is an address, {str(path)!r}; save the file and give its path."
        )
    path = Path(path).expanduser()
    if not path.exists():
        folder = path.parent
        names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
        near = difflib.get_close_matches(path.name, names) or sorted(names)[:10]
        raise MediakitError(
            f"There is no file or folder {str(path)!r}; "
            + (f"beside it are {near}." if names else f"nor is there {str(folder)!r}.")
        )
    return path


def open_sources(path: Path) -> Iterator[tuple[Source, MediakitError | None]]:
    """Yield each file under `path`, unpacked, or the error that opening it gave."""
    waiting = [
        Source(name, folder, partial(_map, file)) for name, folder, file in _files(path)
    ][::-1]
    while waiting:
        source = waiting.pop()
        try:
            inside = _inside(source)
        except MediakitError as error:
            yield source, error
            continue
        if inside is None:
            yield source, None
        else:
            waiting.extend(reversed(inside))


def _files(path: Path) -> list[tuple[str, str, Path]]:
    if not path.is_dir():
        return [(path.name, "", path)]
    return [
        (file.relative_to(path).as_posix(), file.resolve().parent.name, file)
        for file in sorted(path.rglob("*"))
        if file.is_file() and not _hidden(file.relative_to(path).parts)
    ]


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _map(file: Path):
    with file.open("rb") as stream:
        if not file.stat().st_size:
            return b""
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _inside(source: Source) -> list[Source] | None:
    """Return what a compressed file or archive holds, None for any other file."""
    head = bytes(source.data[:8])
    for magic, decompress in COMPRESSED.items():
        if head.startswith(magic):
            name = source.name
            if source.ending in (".gz", ".bz2", ".xz"):
                name = name[: -len(source.ending)]
            return [_nested(source, name, partial(decompress, source.data))]
    return _members(source) if head.startswith(ZIP) else None


def _nested(source: Source, name: str, load: Callable, folder: str = "") -> Source:
    if source.depth == DEEPEST:
        raise MediakitError(f"{source.name} holds archives in archives; unpack it.")
    return Source(name, folder or source.folder, load, source.depth + 1)


def _members(source: Source) -> list[Source] | None:
    try:
        archive = zipfile.ZipFile(pa.BufferReader(pa.py_buffer(source.data)))
    except DAMAGE as error:
        raise MediakitError(f"{source.name} is a damaged zip ({error}).") from error
    names = archive.namelist()
    if {"xl/workbook.xml", "word/document.xml"} & set(names):
        return None
    if "mimetype" in names or "[Content_Types].xml" in names:
        raise MediakitError(
            f"{source.name} is an office document, not an archive of articles; "
            "save it as .csv, .xlsx, .docx or .txt."
        )
    return [
        _nested(source, name, partial(archive.read, name), _folder_of(name, source))
        for name in sorted(names)
        if not name.endswith("/") and not _hidden(PurePosixPath(name).parts)
    ]


def _folder_of(name: str, source: Source) -> str:
    return PurePosixPath(name).parent.name or source.stem
