"""One small sound file of every kind that is read: what fuzzing starts from.

Real samples are used where they lie beside the repository; the rest is made here.
"""

import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
STRAIT = ROOT / "data" / "strait"
LARGEST = 150_000
ROWS = 12
FEEDS = 12
MADE = re.compile(rb"20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
REAL = {
    "nexis_txt": "formats/nexis/sample.TXT",
    "nexis_docx": "formats/nexis/sample.DOCX",
    "nexis_html": "formats/lexisnexis_html/lexisnexis_test_en.html",
    "factiva_html": "formats/factiva/factiva_test.html",
    "factiva_xml": "formats/factiva/factiva_test.xml",
    "europresse": "formats/europresse/europresse_test1.html",
    "mediacloud": "formats/mediacloud/story_27456565.json",
    "arc": "formats/warc/example.arc",
    "arc_gz": "formats/warc/example.arc.gz",
    "warc": "formats/warc/example.warc",
    "warc_gz": "formats/warc/example.warc.gz",
}


def samples() -> dict[str, tuple[str, bytes]]:
    """Return file name and content of each kind of file."""
    made = {**_tables(), **_built(), **_strait()}
    found = {kind: (name, timeless(content)) for kind, (name, content) in made.items()}
    for kind, place in REAL.items():
        path = SHARED / place
        if path.exists() and path.stat().st_size <= LARGEST:
            found[kind] = (path.name, path.read_bytes())
    feeds = SHARED / "formats/feeds/feeds.tar.gz"
    if feeds.exists():
        with tarfile.open(feeds) as archive:
            members = sorted(m.name for m in archive.getmembers() if m.isfile())
            for place, name in enumerate(members[:: max(len(members) // FEEDS, 1)]):
                content = archive.extractfile(name).read()
                found[f"feed_{place}"] = (Path(name).name, content)
    return found


def timeless(content: bytes) -> bytes:
    """Return a zip without the times of its making, any other file as it is."""
    if content[:2] != b"PK":
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = MADE.sub(b"2016-05-03T09:20:00Z", old.read(name))
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()


def _tables() -> dict:
    frame = pd.read_csv(STRAIT / "constructed_articles.csv").head(ROWS)
    frame["text"] = frame["text"].str[:600]
    records = json.loads(frame.to_json(orient="records"))
    semicolons = frame.to_csv(index=False, sep=";")
    made = {
        "csv": ("a.csv", frame.to_csv(index=False).encode()),
        "csv_1252": ("a.csv", semicolons.encode("cp1252", "replace")),
        "tsv": ("a.tsv", frame.to_csv(index=False, sep="\t").encode("utf-16")),
        "json": ("a.json", json.dumps({"articles": records}).encode()),
        "jsonl": ("a.jsonl", "\n".join(map(json.dumps, records)).encode()),
        "txt": ("2016-05-03 Quay is mended.txt", frame["text"][0].encode()),
    }  # fmt: skip
    for kind, write in (("parquet", frame.to_parquet), ("xlsx", frame.to_excel)):
        out = io.BytesIO()
        write(out, index=False)
        made[kind] = (f"a.{kind}", out.getvalue())
    made["csv_gz"] = ("a.csv.gz", gzip.compress(made["csv"][1], mtime=0))
    made["zip"] = ("a.zip", _zip([made["csv"], made["json"], made["txt"]]))
    return made


def _zip(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def _strait() -> dict:
    """Return pages, prints and the export of the constructed corpus."""
    chosen = {}
    for folder, every in (("pages", 6), ("pdf", 2), ("export", 1)):
        paths = sorted((STRAIT / folder).glob("constructed_*"))
        for place, path in enumerate(paths[::every]):
            if path.stat().st_size <= LARGEST:
                chosen[f"{folder}_{place}"] = (path.name, path.read_bytes())
    return chosen


def _built() -> dict:
    """Return files as the tests build them."""
    sys.path.insert(0, str(ROOT / "tests"))
    try:
        from archive_files import ARC_HEAD, THREE, arc_record
        from database_files import old, rtf, uni
        from database_files import word as uni_word
        from document_files import article, word
    finally:
        sys.path.remove(str(ROOT / "tests"))
    members = b"".join(gzip.compress(one, mtime=0) for one in THREE)
    paragraphs = "".join(f"<w:p><w:r><w:t>Line {n}</w:t></w:r></w:p>" for n in range(9))
    return {
        "warc_made": ("c.warc", b"".join(THREE)),
        "warc_members": ("c.warc.gz", members),
        "arc_made": ("c.arc", ARC_HEAD + arc_record(1) + arc_record(2)),
        "nexis_old": ("a.txt", old([1, 2, 3], 3).encode()),
        "nexis_uni": ("b.docx", uni_word(uni(3))),
        "nexis_rtf": ("b.rtf", rtf(uni(2))),
        "pdf_made": ("a.pdf", article()),
        "docx": ("a.docx", word(paragraphs)),
        "sitemap": ("s.xml", SITEMAP.encode()),
        "proquest": ("p.txt", PROQUEST.encode()),
        "ris": ("p.ris", RIS.encode()),
    }


SITEMAP = """<?xml version="1.0"?><urlset
xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://post.example/1</loc><news:news><news:publication>
<news:name>Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2016-05-03</news:publication_date>
<news:title>Quay is mended</news:title></news:news></url>
<url><loc>https://post.example/2</loc><lastmod>2016-05-04</lastmod></url></urlset>"""
RULE = "_" * 60
PROQUEST = f"""{RULE}
Document 1 of 2

A quay is mended

Author: Renn, Ada

Publication info: The Harbour Post ; Merrin  [Merrin]. 03 May 2016: A.1.

Abstract: The quay was mended.

Full text: The quay was mended on Monday. Nobody cheers.

Title: A quay is mended

Publication title: The Harbour Post; Merrin

Publication date: May 3, 2016

Language of publication: English

ProQuest document ID: 1234567
{RULE}
Document 2 of 2

It rains

Full text: It rained.

Title: It rains

Publication title: The Harbour Post; Merrin

Publication date: May 4, 2016
{RULE}
"""
RIS = """TY  - NEWS
T1  - A quay is mended
A1  - Renn, Ada
JF  - The Harbour Post
Y1  - 2016/05/03/
N2  - The quay was mended on Monday.
DB  - ProQuest Central
ER  -

TY  - NEWS
T1  - It rains
JF  - The Harbour Post
Y1  - 2016/05/04/
ER  -
"""
