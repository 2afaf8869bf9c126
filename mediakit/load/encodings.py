"""Bytes of any usual encoding become clean UTF-8, and what was mended is counted.

Every text format starts here, so that no reader meets a BOM, a NUL byte or a line in
another encoding.
"""

import codecs
import re

import numpy as np
import pyarrow as pa

from mediakit.errors import MediakitError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHERS = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "koi8_r")
CONTROL = re.compile(rb"[\x02-\x08\x0e-\x1a\x7f]")
HEAD = 1 << 16
FEW = 8
SIGNATURES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file (save it as .docx, .xlsx or .csv)",
    b"{\\rtf": "a rich text (RTF) file",
    b"SQLite format 3": "an SQLite database",
    b"RDX": "an R workspace (in R: write.csv)",
    b"RDA": "an R workspace (in R: write.csv)",
    b"7z\xbc\xaf": "a 7-Zip archive (unpack it first)",
    b"Rar!": "a RAR archive (unpack it first)",
    b"\x28\xb5\x2f\xfd": "a Zstandard file (unpack it first)",
    b"ARROW1": "an Arrow file",
    b"\x80\x04": "a Python pickle",
    b"\x89HDF": "an HDF5 file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"bplist00": "a page saved by Safari (save its page source)",
}
MHTML = re.compile(
    rb"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE
)


def signature(data) -> str | None:
    """Return what kind of binary file this is, None where it looks like text."""
    head = bytes(data[:HEAD])
    for magic, kind in SIGNATURES.items():
        if head.startswith(magic):
            return kind
    if MHTML.search(head[:4096]):
        return "a page saved as MHTML (save it as HTML)"
    if head[257:262] == b"ustar":
        return "a tar archive (unpack it and give the folder)"
    if _codec_of(head):
        return None
    nuls, controls = head.count(0), len(CONTROL.findall(head))
    if nuls > 0.3 * len(head) or controls > FEW + 0.05 * len(head):
        return "a binary file of unknown kind"
    return None


def _codec_of(head: bytes) -> str | None:
    """Return the encoding that a BOM, or the pattern of NUL bytes, gives away."""
    for bom, codec in BOMS:
        if head.startswith(bom):
            return codec
    pairs = np.frombuffer(head[: len(head) // 2 * 2], np.uint8).reshape(-1, 2) == 0
    if len(pairs) < 2:
        return None
    even, odd = pairs.mean(axis=0)
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def beginning(head: bytes) -> str:
    """Decode the first bytes of a file, only to see what it is."""
    codec = _codec_of(head) or "utf-8"
    return head.decode(codec, "replace").removeprefix("\ufeff").replace("\0", "")


def to_utf8(data, *, name: str, encoding: str | None, ledger):
    """Return `data` as UTF-8 without BOM and NUL bytes; mending goes to `ledger`."""
    codec = _codec_of(bytes(data[:HEAD]))
    if encoding is None and (kind := signature(data)):
        raise MediakitError(f"{name} is {kind}, not text.")
    if encoding is not None:
        data = _declared(data, encoding, name)
    elif codec not in (None, "utf-8"):
        data = _decoded(data, codec, name, ledger)
    data = data[3:] if bytes(data[:3]) == codecs.BOM_UTF8 else data
    if re.search(b"\0", data):
        clean = bytes(data).replace(b"\0", b"")
        ledger.add("NUL bytes removed", len(data) - len(clean), f"in {name}", lost=True)
        data = clean
    return data if is_utf8(data) else _mended(bytes(data), name, ledger)


def is_utf8(data) -> bool:
    """Say whether `data` is UTF-8 throughout, without copying it."""
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.Array.from_buffers(
        pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)]
    )
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _declared(data, encoding: str, name: str) -> bytes:
    try:
        return bytes(data).decode(encoding).encode("utf-8")
    except LookupError as error:
        raise MediakitError(
            f"`encoding` {encoding!r} is not known to Python; usual ones are 'utf-8', "
            "'cp1252' (Western European Windows), 'utf-16', 'cp1251', 'gb18030'."
        ) from error
    except UnicodeError as error:
        raise MediakitError(
            f"{name} is not {encoding} throughout ({error}). Leave `encoding` out: "
            "lines that are not UTF-8 are then read as Windows-1252 and counted."
        ) from error


def _decoded(data, codec: str, name: str, ledger) -> bytes:
    text = bytes(data).decode(codec, errors="replace").removeprefix("\ufeff")
    if broken := text.count("\ufffd"):
        ledger.add("characters not decoded", broken, f"{codec} in {name}", lost=True)
    ledger.add("files in another encoding", 1, f"{codec} in {name}")
    return text.encode("utf-8", errors="replace")


def _mended(data: bytes, name: str, ledger) -> bytes:
    """Read as Windows-1252 what is not UTF-8, and count the lines it stands in."""
    lines = data.split(b"\n")
    wide = [i for i, line in enumerate(lines) if not line.isascii()]
    broken = [i for i in wide if not is_utf8(lines[i])]
    if _is_other_script(data):
        raise MediakitError(_ask_encoding(data, name))
    if len(broken) == len(wide):
        ledger.add("files in another encoding", 1, f"cp1252 in {name}")
    else:
        note = f"read as cp1252 in {name}, first in line {broken[0] + 1}"
        ledger.add("lines not in UTF-8", len(broken), note, lost=True)
    return data.decode("utf-8", "or_cp1252").encode("utf-8")


def _or_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, or else as Latin-1."""
    broken = error.object[error.start : error.end]
    try:
        return broken.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return broken.decode("latin-1"), error.end


codecs.register_error("or_cp1252", _or_cp1252)


def _is_other_script(data: bytes) -> bool:
    """Accents stand alone or in pairs; other scripts come in runs of high bytes."""
    text = data.decode("utf-8", "surrogateescape")
    runs = re.findall("[\udc80-\udcff]+", text)
    broken = sum(map(len, runs))
    sound = len(re.findall("[\x80-\ud7ff\ue000-\U0010ffff]", text))
    return broken > sound and sum(len(r) for r in runs if len(r) > 2) > 0.5 * broken


def _ask_encoding(data: bytes, name: str) -> str:
    tries = []
    for codec in OTHERS:
        try:
            sample = re.search(r"[^\x00-\x7f].{0,15}", data.decode(codec))
            tries.append(f"encoding={codec!r} (it would read {sample.group()!r})")
        except UnicodeDecodeError:
            continue
    return (
        f"{name} is neither UTF-8 nor Western European. Say which encoding it has: "
        f"{', '.join(tries) or 'ask whoever made the file'}."
    )
