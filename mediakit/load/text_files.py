"""One text file, one article: date and title from its name, outlet from its folder.

The text is kept as it stands; what the name does not say stays missing.
"""

import re

from mediakit.load.date_words import MONTH_NUMBER
from mediakit.load.delimited import recognise as is_delimited
from mediakit.load.encodings import to_utf8
from mediakit.load.json_records import starts_as_json
from mediakit.load.sources import Format, Options, Source

_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
DATE = re.compile(
    r"(?<!\d)(?P<day>\d{4}[-_.]\d{1,2}[-_.]\d{1,2}|(?:19|20)\d{6}"
    r"|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}"
    rf"|\d{{1,2}}[-_. ]+(?:{_MONTH})[-_., ]+\d{{4}}"
    rf"|(?:{_MONTH})[-_. ]+\d{{1,2}}[-_, ]+\d{{4}})"
    r"(?:[T_ ]?(?P<hour>[0-2]\d)[-:_.]?(?P<minute>[0-5]\d)"
    r"(?:[-:_.]?(?P<second>[0-5]\d))?(?P<zone>Z?))?(?!\d)",
    re.IGNORECASE,
)
BEGINNING, END = " _-.,)]", " _-,(["


def recognise(source: Source) -> bool:
    """Tell an article by the ending .txt, unless the file is a table."""
    named = source.ending in (".txt", ".text") and not source.kind
    return named and not starts_as_json(source) and not is_delimited(source)


def read(source: Source, options: Options, ledger) -> dict:
    """Read one article."""
    data = to_utf8(
        source.data, name=source.name, encoding=options.encoding, ledger=ledger
    )
    ledger.add("rows expected", 1)
    ledger.add("rows read", 1)
    return {**name_parts(source.stem, source.folder), "text": bytes(data).decode()}


def name_parts(stem: str, folder: str) -> dict:
    """Split the name of a file into outlet, date and title.

    "2014-10-01 Title", "20141001_Title", "Title (1 October 2014)" and
    "Outlet_2014-10-01_Title" are understood; else the outlet is the folder.
    """
    parts = {"outlet": folder or None, "published": None, "title": stem}
    if found := DATE.search(stem):
        before = stem[: found.start()]
        after = stem[found.end() :].lstrip(BEGINNING).rstrip(END)
        parts["published"] = _date(found)
        if before.endswith("_") and after:
            parts["outlet"], before = before.strip(END), ""
        parts["title"] = " ".join(filter(None, [before.strip(END), after])) or None
    parts["title"] = _spaced(parts["title"])
    return parts


def _date(found: re.Match) -> str:
    date = found["day"].replace("_", "-")
    if found["hour"]:
        clock = filter(None, found.group("hour", "minute", "second"))
        date += f"T{':'.join(clock)}{found['zone']}"
    return date


def _spaced(title: str | None) -> str | None:
    """Undo the underscores or hyphens that stand for blanks."""
    if title is None or " " in title:
        return title
    if "_" in title:
        return title.replace("_", " ").strip()
    return title.replace("-", " ") if title.count("-") > 1 else title


FORMAT = Format("txt", "text files, one article each", recognise, read)
