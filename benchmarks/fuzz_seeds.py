"""The smallest sound files: what millions of spoiled inputs start from.

As `fuzz_samples.py`, but with two short articles each, so that reading one takes about
a thousandth of a second. The number beside each is its share of the inputs: what is
read quickly comes more often.
"""

import json
import sys

import pandas as pd
from fuzz_samples import PROQUEST, RIS, ROOT, SITEMAP, samples

RECORDS = [
    {"outlet": "Post", "published": "2016-05-03", "title": "A quay is mended",
     "text": "It was mended on Monday.\nNobody, \"as ever\", cheers."},
    {"outlet": "Kai", "published": "4 May 2016", "title": "Es regnet – überall",
     "text": "Regen; in Lörrach, so die Behörde."},
]  # fmt: skip
PAGE = """<html><head><title>A quay is mended - The Post</title>
<meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2016-05-03T09:20:00Z"></head><body>
<article><h1>A quay is mended</h1><p>By Ada Renn</p><p>The quay was mended on Monday,
and the mayor, who had asked for a bridge, sent a letter.</p></article></body></html>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item>
<title>A quay</title><link>https://post.example/1</link><description>It &lt;b&gt;was
&lt;/b&gt; mended.</description><pubDate>Tue, 03 May 2016 09:20:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>
<title type="html">A quay</title><link href="https://post.example/1"/><id>1</id>
<updated>2016-05-03T09:20:00Z</updated><content type="xhtml"><div>It was.</div>\
</content>
</entry></feed>"""
GDELT = {"articles": [{"url": "https://post.example/1", "title": "A quay is mended",
    "seendate": "20160503T092000Z", "domain": "post.example", "language": "English",
    "sourcecountry": "Merrin"}]}  # fmt: skip
STORIES = [{"stories_id": 1, "title": "A quay is mended", "media_name": "Post",
    "publish_date": "2016-05-03 09:20:00", "url": "https://post.example/1",
    "language": "en"}]  # fmt: skip
FEWER = ("pdf_made", "warc_made", "arc_made", "warc_members", "parquet", "xlsx")


def seeds() -> dict[str, tuple[str, bytes, int]]:
    """Return file name, content and share of each kind of file."""
    return {**_texts(), **_tables(), **_exports(), **_packed()}


def _texts() -> dict:
    texts = {
        "txt": ("2016-05-03 A quay.txt", RECORDS[0]["text"], 12),
        "ris": ("p.ris", RIS, 20),
        "proquest": ("p.txt", PROQUEST, 16),
        "sitemap": ("s.xml", SITEMAP, 14),
        "rss": ("f.xml", RSS, 8),
        "atom": ("f.xml", ATOM, 8),
        "page": ("p.html", PAGE, 1),
        "gdelt": ("g.json", json.dumps(GDELT), 6),
        "stories": ("m.json", json.dumps(STORIES), 6),
        "json": ("a.json", json.dumps({"articles": RECORDS}), 10),
        "jsonl": ("a.jsonl", "\n".join(map(json.dumps, RECORDS)), 10),
    }
    feeds = {
        kind: (name, content, 1)
        for kind, (name, content) in samples().items()
        if kind.startswith("feed_")
    }
    return {
        k: (n, text.encode(), share) for k, (n, text, share) in texts.items()
    } | feeds


def _tables() -> dict:
    frame = pd.DataFrame(RECORDS)
    commas, tabs = frame.to_csv(index=False), frame.to_csv(index=False, sep="\t")
    semicolons = frame.to_csv(index=False, sep=";")
    return {
        "csv": ("a.csv", commas.encode(), 6),
        "csv_1252": ("a.csv", semicolons.encode("cp1252"), 6),
        "tsv": ("a.tsv", tabs.encode("utf-16"), 6),
    }


def _exports() -> dict:
    """Return exports of databases as the tests build them."""
    sys.path.insert(0, str(ROOT / "tests"))
    try:
        import test_read_europresse as europresse
        import test_read_factiva as factiva
        from database_files import old, page, rtf, uni
    finally:
        sys.path.remove(str(ROOT / "tests"))
    html = page("".join(f"<p>{line}</p>" for line in old([1], 1).splitlines() if line))
    texts = {
        "nexis_old": ("a.txt", old([1], 1), 12),
        "nexis_html": ("a.html", html, 4),
        "factiva_html": ("a.html", factiva.coded(1), 4),
        "factiva_xml": ("a.xml", factiva.in_xml(2), 14),
        "europresse": ("a.html", page(europresse.old(1)), 3),
        "europresse_new": ("a.html", page(europresse.NEW.format(n=1)), 3),
    }
    lines = [*factiva.LINES, factiva.number(1)]
    made = {k: (name, text.encode(), share) for k, (name, text, share) in texts.items()}
    made["nexis_rtf"] = ("b.rtf", rtf(uni(1)), 12)
    made["factiva_rtf"] = ("b.rtf", rtf(lines), 12)
    return made


def _packed() -> dict:
    """Return what is read more slowly, at a small share."""
    found = samples()
    small = {kind: (*found[kind], 1) for kind in FEWER}
    words = {kind: (*found[kind], 8) for kind in ("docx", "nexis_uni")}
    return small | words
