"""Exports of databases as the tests build them, and the sample files of real ones."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import mediakit as mk

SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "formats"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLD = """Download Request: Selected Items: {low}-{high}
Time Of Request: Monday, May 2, 2016  10:00:00


{documents}"""
DOCUMENT = """
                               {number} of {total} DOCUMENTS


                              The Harbour Post (Merrin)

                            May 3, 2016 Tuesday
                                 Edition 1;
                                  Scotland

A quay is mended and nobody
cheers

BYLINE: By Ada Renn

SECTION: NEWS; Pg. 3

LENGTH: 21 words

The quay was mended on Monday. The mayor, who had asked for a bridge, sent
a letter.

Nobody cheers for a quay, said the harbour master. NOTE: it is long.

LOAD-DATE: May 4, 2016

LANGUAGE: ENGLISH

GRAPHIC: The quay at dawn

PUBLICATION-TYPE: Newspaper


                        Copyright 2016 Harbour Press Ltd
                              All Rights Reserved
"""
UNI = [
    "A quay is mended", "The Harbour Post (Merrin)", "May 3, 2016 Tuesday 9:20 AM GMT",
    "", "Copyright 2016 Harbour Press Ltd All Rights Reserved",
    "Section:\xa0NEWS; Version:2", "Length:\xa012 words", "Byline:\xa0Ada Renn", "Body",
    "", "The quay was mended on Monday.", "",
    "Notes: the mayor had asked for a bridge.", "", "Classification",
    "Language:\xa0ENGLISH", "Subject:\xa0HARBOURS (90%)",
    "Load-Date:\xa0May 4, 2016", "",
]  # fmt: skip


def sample(name):
    """Return the path of a real export, or skip where the samples are not there."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the sample exports are not beside the repository ({name})")
    return path


def word(lines, *, before=""):
    """Return the bytes of a Word document with one paragraph per line."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines
    )
    body = f'{before}<w:document xmlns:w="{WORDS}"><w:body>{paragraphs}</w:body>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{body}</w:document>")
    return stream.getvalue()


def rtf(lines):
    """Return the bytes of a rich text file with one paragraph per line."""
    escaped = [
        "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252').hex()}" for c in line)
        for line in lines
    ]
    body = "\\par\n".join(escaped)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}\\par}}".encode()


def page(body, *, head=""):
    """Return an HTML page."""
    return f"<html><head>{head}</head><body>{body}</body></html>"


def old(numbers, total, low=1, high=None):
    """Return an export in the older layout, its cover saying from where to where."""
    documents = "\n".join(DOCUMENT.format(number=n, total=total) for n in numbers)
    return OLD.format(low=low, high=high or total, documents=documents)


def uni(count=1, *, end="End of Document", said=None):
    """Return the lines of an export of Nexis Uni, with a cover where `said`."""
    cover = ["Date and Time: Monday, 2. May 2016 10:00:00 CEST", f"Documents ({said})"]
    cover += [f"{n}. A quay is mended" for n in range(1, count + 1)] + ["", "", ""]
    return (cover if said else []) + [*UNI, end, ""] * count


def notes(articles):
    """Return the notes of the account as a dict from heading."""
    return mk.account(articles).set_index("what")["note"].to_dict()
