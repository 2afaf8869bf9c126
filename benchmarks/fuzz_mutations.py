"""Ways to spoil a file: bits, cuts, splices, repeats, nesting, and words that matter.

The same random number generator gives the same file.
"""

import gzip
import io
import random
import zipfile
import zlib

MOST = 400_000
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\r", b'"', b'""', b"'", b",", b";",
    b"\t", b"\\", b"\\u", b"\\'", b"<", b">", b"&", b"</", b"<!--", b"-->", b"]]>",
    b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#x110000;", b"&#0;",
    b"<?xml version='1.0'?>", b"{", b"}", b"[", b"]", b"null", b"NaN", b"1e999",
    b"-1", b"99999999999999999999", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    b"\xe2\x80\xa8",
    b"1 of 2 DOCUMENTS", b"End of Document", b"LENGTH: 1 words", b"Document 1 of 2",
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n",
    b"stream\n", b"endstream\n", b"endobj\n", b"1 0 R", b"/Length 9 ", b"Tj", b"BT",
    b"TY  - NEWS\n", b"ER  - \n", b"31 February 2016", b"0000-00-00", b"12/13/14",
    b"{\\rtf1 ", b"PK\x03\x04", b"\x1f\x8b\x08", b"<w:p>", b"</w:p>", b"<article>",
)  # fmt: skip
OPENERS = (
    b"<div>", b"<a>", b"[", b"{\"a\":", b"<w:p>", b"{\\b ", b"<item>",
    b"<table><tr><td>",
    b"<<", b"(", b"\"", b"<!--", b"<blockquote>", b"[[", b"\n\n", b" ", b"\t",
)  # fmt: skip


def mutated(
    content: bytes, others: list[bytes], random_: random.Random, most: int = MOST
) -> bytes:
    """Return a spoiled copy of a file; packed ones are spoiled inside half the time."""
    if random_.random() < 0.5:
        inner = _inside(content, others, random_)
        if inner is not None:
            return inner
    data = bytearray(content)
    for _ in range(random_.choice((1, 1, 2, 3, 6))):
        random_.choice(WAYS)(data, others, random_)
        del data[most:]
    return bytes(data)


def _inside(content: bytes, others, random_) -> bytes | None:
    """Spoil what a zip or gzip file holds, and pack it again."""
    try:
        if content[:2] == b"PK":
            return _in_zip(content, others, random_)
        if content[:2] == b"\x1f\x8b":
            whole = gzip.decompress(content)
            return gzip.compress(mutated(whole, others, random_), 1, mtime=0)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile):
        return None
    return None


def _in_zip(content: bytes, others, random_) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = random_.choice(names)
        for name in names:
            data = old.read(name)
            if name == chosen:
                data = mutated(data, others, random_)
            new.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _span(data: bytearray, random_, longest: int = 2_000) -> tuple[int, int]:
    start = random_.randrange(len(data) + 1)
    return start, min(len(data), start + random_.randrange(1, longest))


def flip(data, others, random_):
    for _ in range(random_.choice((1, 4, 32))):
        if data:
            data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)


def overwrite(data, others, random_):
    start, end = _span(data, random_, 64)
    data[start:end] = random_.randbytes(end - start)


def cut(data, others, random_):
    del data[random_.randrange(len(data) + 1) :]


def behead(data, others, random_):
    del data[: random_.randrange(len(data) + 1)]


def take_out(data, others, random_):
    start, end = _span(data, random_)
    del data[start:end]


def insert(data, others, random_):
    place = random_.randrange(len(data) + 1)
    data[place:place] = random_.choice(TOKENS) * random_.choice((1, 1, 1, 2, 50))


def repeat(data, others, random_):
    start, end = _span(data, random_)
    block = bytes(data[start:end])
    most = max(1, MOST // (len(block) + 1))
    data[start:start] = block * min(random_.choice((1, 2, 20, 2_000)), most)


def splice(data, others, random_):
    other = random_.choice(others)
    start = random_.randrange(len(other) + 1)
    place = random_.randrange(len(data) + 1)
    data[place:place] = other[start : start + random_.randrange(1, 5_000)]


def swap(data, others, random_):
    (a, b), (c, d) = sorted((_span(data, random_), _span(data, random_)))
    if b <= c:
        data[a:d] = data[c:d] + data[b:c] + data[a:b]


def nest(data, others, random_):
    opener = random_.choice(OPENERS)
    place = random_.randrange(len(data) + 1)
    data[place:place] = opener * random_.choice((300, 3_000, 50_000))


def number(data, others, random_):
    """Replace one number by another."""
    places = [i for i, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if places:
        place = random_.choice(places)
        data[place : place + 1] = random_.choice((b"0", b"-7", b"999999999999", b"9.9"))


WAYS = (flip, overwrite, cut, behead, take_out, insert, insert, repeat, splice, swap,
        nest, number)  # fmt: skip
