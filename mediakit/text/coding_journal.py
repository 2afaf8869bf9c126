"""Journals: what coders said, one line for each answer, only ever added to.

Every sitting has a file of its own, so two windows, two coders or two machines that
share a folder never write to the same one. A line is on disk before `add` returns.
"""

import json
import os
import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path
from uuid import uuid4

from mediakit.errors import MediakitError
from mediakit.folders import said_plainly

FORMAT = "mediakit coding journal 1"
ENDING = ".codes.jsonl"
LONGEST_NOTE = 5_000
LONGEST_CODER = 80
FIRST, FINAL = "first", "final"
ROUNDS = (FIRST, FINAL)


@dataclass
class Journal:
    """What one coder says in one sitting.

    The file is made with the first answer; a sitting without one leaves nothing.

    Attributes
    ----------
    folder : Path
        Of the coding.
    coder : str
        Who codes.
    coding : str
        Fingerprint of the coding.
    round : {"first", "final"}
        "final" for what is decided where first codes differ.
    """

    folder: Path
    coder: str
    coding: str
    round: str = FIRST
    session: str = field(default_factory=lambda: uuid4().hex[:12])
    latest: str = ""
    begun: bool = False

    @property
    def path(self) -> Path:
        """Where it is written."""
        return self.folder / f"{slug(self.coder)}-{self.session}{ENDING}"

    def add(self, **record) -> dict:
        """Put one answer or note on disk and return it with its time.

        What could not be written whole does not count, and the next goes to a new file.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        record = {**record, "time": max(now, self.latest)}
        with said_plainly(self.path, "this code was not kept"):
            try:
                self._write(line_of(record))
            except OSError:
                self.session, self.begun = uuid4().hex[:12], False
                raise
        self.latest = record["time"]
        return record

    def _write(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
        if not self.begun:
            flags |= os.O_CREAT | os.O_EXCL
            line = line_of(self._head()) + line
        file = os.open(self.path, flags, 0o644)
        try:
            if os.write(file, line) < len(line):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(file)
        except OSError:
            if not self.begun:
                with suppress(OSError):
                    self.path.unlink()
            raise
        finally:
            os.close(file)
        if not self.begun:
            sync_folder(self.folder)
            self.begun = True

    def _head(self) -> dict:
        known = ("coder", "coding", "round", "session")
        return {"format": FORMAT, **{name: getattr(self, name) for name in known}}


@dataclass
class Sitting:
    """A journal as read: who, when, and what could not be read of it."""

    name: str
    coder: str
    coding: str
    round: str
    session: str
    records: list[dict]
    cut: bool = False
    damaged: tuple[int, ...] = ()


def line_of(record: dict) -> bytes:
    """Return a record as a line that tells whether it is whole."""
    body = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return f"{body}\t{zlib.crc32(body.encode()):08x}\n".encode()


def read_sitting(data: bytes, name: str) -> Sitting:
    """Read a journal; damaged lines are numbered, an unfinished last one is no code."""
    found, damaged, cut = [], [], False
    lines = bytes(data).split(b"\n")
    for number, line in enumerate(lines, start=1):
        record = _record(line)
        if record is not None:
            found.append((number, record))
        elif number == len(lines):
            cut = bool(line)
        else:
            damaged.append(number)
    head = found[0][1] if found and found[0][0] == 1 else {}
    known = [head.get(key) for key in ("coder", "coding", "round", "session")]
    if head.get("format") != FORMAT or not all(isinstance(one, str) for one in known):
        raise MediakitError(
            f"{name} does not begin as a journal of codes ({FORMAT!r}); it was cut "
            "short or is something else. Fetch an untouched copy."
        )
    records = [record for _, record in found[1:]]
    return Sitting(name, *known, records, cut, tuple(damaged))


def _record(line: bytes) -> dict | None:
    body, _, told = line.rstrip(b"\r").rpartition(b"\t")
    try:
        if int(told, 16) != zlib.crc32(body):
            return None
        record = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def sittings(folder: Path) -> Iterator[Path]:
    """Yield the journals of a folder, in order of their names."""
    yield from sorted(folder.glob(f"*{ENDING}"))


def coder_name(coder: str) -> str:
    """Return a coder's name as it is kept, or raise if it is none."""
    said = coder if isinstance(coder, str) else ""
    name = " ".join(unicodedata.normalize("NFC", said).split())
    if not name or len(name) > LONGEST_CODER or not name.isprintable():
        raise MediakitError(
            f"`coder` must be a name of up to {LONGEST_CODER} letters, got {coder!r}."
        )
    return name


def slug(coder: str) -> str:
    """Return what a file may be called after a coder, on every system.

    Examples
    --------
    >>> slug("Zoë M."), slug("../李")
    ('zoe-m', 'coder')
    """
    plain = unicodedata.normalize("NFKD", coder).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:30] or "coder"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system can."""
    if os.name == "nt":
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
