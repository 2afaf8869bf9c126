"""Lists of addresses, one a line: told apart from articles, and never fetched here."""

from collections.abc import Iterator
from itertools import islice

from mediakit.errors import MediakitError
from mediakit.load.columns import HEADINGS, plain
from mediakit.load.encodings import to_utf8
from mediakit.load.sources import Format, Options, Source

ENDINGS = ("", ".txt", ".text", ".csv", ".tsv", ".tab", ".list", ".lst", ".urls")
LOOKED_AT = 50


def recognise(source: Source) -> bool:
    """Tell a list by its lines: addresses all, under a heading or none."""
    if source.kind or source.ending not in ENDINGS:
        return False
    lines = list(islice(_entries(source.head), LOOKED_AT))
    if lines and plain(lines[0]) in HEADINGS["url"]:
        lines = lines[1:]
    return bool(lines) and all(map(_is_address, lines))


def read(source: Source, options: Options, ledger) -> dict:
    """Refuse, saying what fetches the pages."""
    count = sum(1 for _ in read_list(source, options, ledger))
    raise MediakitError(
        f"{source.name} is a list of {count:,} addresses, not of articles, and "
        "read_articles fetches nothing; fetch them with mk.fetch_pages("
        f"{source.name!r}, folder='pages', contact='you@university.example')."
    )


def read_list(source: Source, options: Options, ledger) -> Iterator[str]:
    """Yield the addresses in a list; blank lines and those with # are passed over."""
    data = to_utf8(
        source.data, name=source.name, encoding=options.encoding, ledger=ledger
    )
    for number, line in enumerate(_entries(bytes(data).decode())):
        if number or plain(line) not in HEADINGS["url"]:
            yield line


def _entries(text: str) -> Iterator[str]:
    lines = (line.strip().strip('",;<>') for line in text.splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def _is_address(line: str) -> bool:
    return line.lower().startswith(("http://", "https://")) and " " not in line


FORMAT = Format("addresses", "lists of addresses, one a line", recognise, read)
