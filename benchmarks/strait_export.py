"""Lay articles of the constructed corpus out as the export of a news database.

The layout is that of the older plain-text exports: a cover, a list, then documents
with labelled fields in lines of 76 characters.
"""

import textwrap
from datetime import datetime, timedelta

from make_strait import Parsed
from strait_render import paragraphs, published, split_furniture

WIDTH = 76
TERMS = (
    "((kelmar! or halvan!) and (memo or memorandum or sanction! or radar or "
    "measures)) and DATE(>=2016-05-03 and <=2016-05-13) and LANGUAGE(english)"
)
NOTE = "Constructed export of an invented database, made for teaching."
TAKEN = datetime(2016, 7, 25, 10, 41, 7)
SOURCES = {  # name as the database prints it, edition, kind, owner
    "hbs": (
        "Halvane Broadcasting Online",
        "",
        "Web Publication",
        "Halvane Broadcasting",
    ),
    "courier": (
        "The Merrin Courier",
        "First Edition",
        "Newspaper",
        "Courier Press of Merrin",
    ),
    "skerry": ("The Daily Skerry", "Ed 1", "Newspaper", "Skerry Newspapers Ltd"),
    "tribune": ("Rhesk Tribune", "", "Newspaper", "Tribune Publishing House"),
    "longshore": (
        "Longshore (English)",
        "",
        "Newswire",
        "Longshore News Cooperative",
    ),
    "observer": ("Lorenga Observer", "Late Edition", "Newspaper", "Observer Printing"),
    "uws": ("Union World Service", "", "Web Publication", "Union World Service"),
}


def exported(articles: list[Parsed], plan: dict) -> list[tuple[Parsed, list[str]]]:
    """Return the documents in the order of the export, each with its traps."""
    by_name = {one.name: one for one in articles}
    found, twice = [], plan["duplicate"]
    for name in plan["articles"]:
        traps = []
        if not by_name[name].head["author"]:
            traps.append("no byline")
        if len(f"HEADLINE: {by_name[name].head['title']}") > WIDTH:
            traps.append("headline over two lines")
        found.append((by_name[name], traps))
        if name == twice:
            again = f"duplicate of document {len(found)}"
            found.append((by_name[name], [*traps, again]))
    return found


def export_text(articles: list[Parsed], plan: dict) -> str:
    """Return the whole export."""
    documents = exported(articles, plan)
    parts = [cover(documents)]
    for number, (one, traps) in enumerate(documents, start=1):
        parts.append(f"{number} of {len(documents)} DOCUMENTS".center(WIDTH).rstrip())
        parts.append(document(one, traps))
    return "\n\n\n\n".join(parts) + "\n"


def cover(documents: list) -> str:
    """Return the page before the documents: request, search terms, list of titles."""
    count = len(documents)
    names = sorted({SOURCES[one.outlet][0] for one, _ in documents})
    lines = [
        "",
        "",
        f"Download Request: Tagged Documents: 1-{count}",
        f"Time Of Request: {us_day(TAKEN)} {TAKEN:%A}  {TAKEN:%H:%M:%S}",
        "",
        "Send To:",
        "",
        "READING ROOM 2",
        "MERRIN UNIVERSITY LIBRARY",
        "COLLEGE QUAY 4",
        "MERRIN",
        "",
        "",
        wrap(f"Terms: {TERMS}", "       "),
        "",
        wrap(f"Source: {'; '.join(names)}", "        "),
        "Project ID: None",
        f"Number of results: {count}",
        "",
        f"Note: {NOTE}",
        "",
        "",
        "TABLE OF CONTENTS",
        "",
    ]
    for number, (one, _) in enumerate(documents, start=1):
        title = wrap(f"{number:>3}. {one.head['title']}", "     ")
        when = f"{us_day(published(one))} {published(one):%A}"
        lines += [title, f"     {SOURCES[one.outlet][0]}, {when}, {length(one)} words"]
    return "\n".join(lines)


def document(one: Parsed, traps: list[str]) -> str:
    """Return one article with its fields."""
    name, edition, kind, owner = SOURCES[one.outlet]
    pieces, when = paragraphs(one), published(one)
    again = any(trap.startswith("duplicate") for trap in traps)
    if again:
        edition = "Second Edition"
    loaded = when + timedelta(days=3 if again else 1)
    bylines = [p["text"].removeprefix("By ") for p in pieces if p["kind"] == "byline"]
    byline = " ".join(bylines) or one.head["author"]
    captions = [p["text"] for p in pieces if p["kind"] == "caption"]
    body = [p["text"] for p in pieces if p["kind"] not in ("byline", "caption")]
    centred = [name, f"{us_day(when)} {when:%A}", edition]
    fields = [f"SECTION: {one.head['section'].upper()}", f"LENGTH: {length(one)} words"]
    if byline:
        fields.append(wrap(f"BYLINE: {byline}"))
    fields.append(wrap(f"HEADLINE: {one.head['title']}"))
    fields += ["BODY:", *(wrap(text) for text in body)]
    fields += [wrap(f"GRAPHIC: {' '.join(split_furniture(text))}") for text in captions]
    fields += [
        f"LOAD-DATE: {us_day(loaded)}",
        "LANGUAGE: ENGLISH",
        f"PUBLICATION-TYPE: {kind}",
    ]
    rights = [f"Copyright {when.year} {owner}", "All Rights Reserved"]
    head = "\n\n".join(line.center(WIDTH).rstrip() for line in centred if line)
    foot = "\n".join(line.center(WIDTH).rstrip() for line in rights)
    return "\n\n".join([head, *fields, "", foot])


def length(one: Parsed) -> int:
    """Return the number of words as the database counts them: between spaces."""
    return len(one.text.split())


def us_day(when: datetime) -> str:
    """Return a date as in May 3, 2016."""
    return f"{when:%B} {when.day}, {when.year}"


def wrap(text: str, indent: str = "") -> str:
    """Return the text in lines of the export's width."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
