"""The pages kept: one WARC file, a compressed record at a time, never rewritten.

A record is on the disk before it counts. What a crash leaves half-written at the end
is cut off; a whole record that did not count yet is found again.
"""

import base64
import gzip
import hashlib
import io
import os
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mediakit.load.archives_records import GZIP

NAME = "pages.warc.gz"
MARK = b"software: mediakit/"
ASKED = "X-Mediakit-Address"
SECRET = ("set-cookie", "set-cookie2")
SENT = ("transfer-encoding",)
PIECE = 1 << 20


@dataclass
class Record:
    """One kept answer: whose, when, with which headers, and where it stands."""

    asked: str
    url: str
    retrieved: str
    status: int
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)
    start: int = 0
    size: int = 0


def now() -> str:
    """Return the time as a WARC writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def packed_record(asked: str, url: str, retrieved: str, answer) -> bytes:
    """Return an answer as a compressed record; cookies are left out."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()]
    for name, value in answer.headers:
        if name.lower() in SENT:
            name = f"X-Archive-Orig-{name}"
        if name.lower() not in SECRET:
            lines.append(f"{name}: {value}")
    head = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-IP-Address": answer.ip,
        "WARC-Payload-Digest": _digest(answer.body),
        "WARC-Block-Digest": _digest(head + answer.body),
        ASKED: asked,
    }
    kind = "application/http; msgtype=response"
    return _packed(fields, kind, retrieved, head + answer.body)


def first_record(agent: str, retrieved: str) -> bytes:
    """Return the record that says who made the archive."""
    said = f"software: {agent}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
    fields = {"WARC-Type": "warcinfo"}
    return _packed(fields, "application/warc-fields", retrieved, said.encode())


def _packed(fields: dict, kind: str, retrieved: str, block: bytes) -> bytes:
    fields = {
        **fields,
        "WARC-Date": retrieved,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "Content-Type": kind,
        "Content-Length": len(block),
    }
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return gzip.compress(head + block + b"\r\n\r\n", mtime=0)


def _digest(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def begin(path: Path, record: bytes) -> None:
    """Make the file, with its first record or not at all."""
    work = path.with_name(f".{path.name}.new")
    work.unlink(missing_ok=True)
    append(work, record)
    work.replace(path)


def append(path: Path, record: bytes) -> int:
    """Write a record at the end, on the disk when this returns; return its start."""
    with path.open("ab") as file:
        start = file.seek(0, os.SEEK_END)
        file.write(record)
        file.flush()
        os.fsync(file.fileno())
    return start


def is_ours(path: Path) -> bool:
    """Say whether a file begins as `first_record` does."""
    with path.open("rb") as file:
        data = file.read(PIECE)
    try:
        return MARK in zlib.decompressobj(31).decompress(data, PIECE)
    except zlib.error:
        return False


def read_record(path: Path, start: int, size: int) -> Record | None:
    """Return the record in a stretch of the file, None if there stands none."""
    with path.open("rb") as file:
        file.seek(start)
        data = file.read(size)
    try:
        record = _parsed(gzip.decompress(data))
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    if record is not None:
        record.start, record.size = start, size
    return record


def recover(path: Path, start: int) -> Iterator[Record]:
    """Yield the whole records from `start` on; cut off a broken end."""
    if not path.exists():
        return
    for end in _ends(path, start):
        record = read_record(path, start, end - start)
        if record is not None and record.asked:
            yield record
        start = end
    if path.stat().st_size > start:
        with path.open("r+b") as file:
            file.truncate(start)
            os.fsync(file.fileno())


def _ends(path: Path, start: int) -> Iterator[int]:
    """Yield where each whole compressed member from `start` on ends."""
    with path.open("rb") as file:
        file.seek(start)
        waiting = b""
        while (waiting := waiting or file.read(PIECE)).startswith(GZIP[:1]):
            machine = zlib.decompressobj(31)
            while not machine.eof and waiting:
                try:
                    machine.decompress(waiting)
                except zlib.error:
                    return
                waiting = machine.unused_data if machine.eof else file.read(PIECE)
            if not machine.eof:
                return
            yield file.tell() - len(waiting)


def _parsed(data: bytes) -> Record | None:
    head, _, rest = data.partition(b"\r\n\r\n")
    fields = dict(_fields(head))
    block = rest[: int(fields.get("Content-Length", 0))]
    if not head.startswith(b"WARC/") or not data.endswith(b"\r\n\r\n"):
        return None
    stream = io.BytesIO(block)
    status = stream.readline().split(b" ")
    headers, _, body = block[stream.tell() :].partition(b"\r\n\r\n")
    if fields.get("WARC-Type") != "response" or len(status) < 2:
        return Record("", "", fields.get("WARC-Date", ""), 0, [], b"")
    return Record(
        fields.get(ASKED, ""),
        fields["WARC-Target-URI"],
        fields["WARC-Date"],
        int(status[1]),
        list(_fields(b"\r\n" + headers)),
        body,
    )


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        yield name.strip(), value.strip()
