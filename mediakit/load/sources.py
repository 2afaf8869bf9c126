"""What a reader is given: one file, its bytes when asked for, and what the user says.

The bytes of plain files are mapped, not read.
"""

import difflib
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from mediakit.errors import MediakitError
from mediakit.load.encodings import HEAD, beginning, signature
from mediakit.remote import reachable, readable

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


class ListError(MediakitError):
    """A list of what a database delivered, and none of it."""

    def __init__(self, name: str, titles: list[str]):
        super().__init__(
            f"{name} is a list of {len(titles):,} documents without their texts; give "
            "the folder or zip that has the files with the texts too."
        )
        self.titles = titles


@dataclass
class Source:
    """One file: its name, the folder it lies in, and its bytes when asked for.

    `within` names the archives that hold it, each with a "/" behind, but for the one
    that the user gave.
    """

    name: str
    folder: str
    load: Callable
    depth: int = 0
    allowance: object = field(default=None, repr=False)
    within: str = ""

    @cached_property
    def data(self):
        """The bytes, mapped where possible."""
        try:
            return self.load()
        except MediakitError:
            raise
        except DAMAGE as error:
            raise MediakitError(
                f"{self.name} is cut off, damaged or locked ({error}); "
                "fetch or export it again."
            ) from error

    @property
    def place(self) -> str:
        """The name behind those of the archives that hold it."""
        return self.within + self.name

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
            return "a Word document"
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
            f"`path` is an address, {str(path)!r}; mk.fetch_pages fetches it, or "
            "save the file and give its path."
        )
    path = Path(reachable(str(path))).expanduser()
    if not path.exists():
        folder = path.parent
        found = folder.iterdir() if folder.is_dir() else ()
        names = [readable(file.name) for file in found]
        near = (
            difflib.get_close_matches(readable(path.name), names) or sorted(names)[:10]
        )
        raise MediakitError(
            f"There is no file or folder {readable(str(path))!r}; "
            + (
                f"beside it are {near}."
                if names
                else f"nor is there {readable(str(folder))!r}."
            )
        )
    return path
