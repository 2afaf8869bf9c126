"""What a class handed in: every file read, or listed with why it was not."""

import hmac
from collections import Counter, defaultdict
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.load.sources import Source
from mediakit.load.unpacking import open_sources
from mediakit.progress import progress
from mediakit.text.coding import INDEX, Coding, coding_of
from mediakit.text.coding_journal import ENDING, FIRST, Sitting
from mediakit.text.coding_shelf import is_coded, read_source

FILES = {
    "file": "str",
    "kind": "str",
    "coder": "str",
    "answers": "int64",
    "note": "str",
}
PSEUDONYM = 6


def open_all(folder: Path) -> tuple[list[tuple[str, Source]], list[tuple]]:
    """Return the files in a folder or a zip, and rows for those that are broken."""
    sources, broken = [], []
    for source, error in progress(open_sources(folder), what="reading codes"):
        name = source.within + source.name
        try:
            if error is not None:
                raise error
            len(source.data)
        except MediakitError as failure:
            broken.append((name, "", "", 0, f"not read: {failure}"))
        else:
            sources.append((name, source))
    return sources, broken


def find_codings(sources) -> tuple[dict[str, Coding], list[tuple]]:
    """Return the codings that lie about by fingerprint, and rows for their files."""
    found, rows = {}, []
    for name, source in sources:
        if name.rpartition("/")[2] != INDEX:
            continue
        try:
            coding = coding_of(source.data, Path(name).parent)
        except MediakitError as error:
            rows.append((name, "coding", "", 0, f"not read: {error}"))
        else:
            found[coding.fingerprint] = coding
            rows.append((name, "coding", "", 0, ""))
    return found, rows


def commonest(codings: dict[str, Coding], sources) -> Coding | None:
    """Return the coding that most journals answer, of equals the first by name."""
    named = Counter()
    for name, source in sources:
        if name.endswith(ENDING):
            head = bytes(source.data[:1000]).split(b"\n")[0].decode(errors="replace")
            named.update(one for one in codings if f'"{one}"' in head)
    return max(
        codings.values(),
        key=lambda one: (named[one.fingerprint], one.fingerprint),
        default=None,
    )


def read_all(sources, coding: Coding) -> tuple[list[tuple[str, Sitting]], list[tuple]]:
    """Return all sittings with the place they came from, and a row for each file."""
    read, rows = [], []
    for name, source in sources:
        place, _, last = name.rpartition("/")
        if last == INDEX:
            continue
        if not is_coded(last):
            rows.append((name, "", "", 0, "not read: no journal and no sheet"))
            continue
        kind = "journal" if last.endswith(ENDING) else "sheet"
        try:
            sitting, said = read_source(replace(source, name=last), coding)
        except MediakitError as error:
            rows.append((name, kind, "", 0, f"not read: {error}"))
            continue
        if sitting.round != FIRST:
            note = "not pooled: decisions of a final round; see read_codes"
            rows.append((name, kind, sitting.coder, 0, note))
            continue
        given = sum("codes" in record for record in sitting.records)
        rows.append((name, kind, sitting.coder, given, "; ".join(said)))
        read.append((place, sitting))
    return read, rows


def told_apart(read) -> tuple[list[Sitting], dict[str, list[str]]]:
    """Return sittings with a coder's name for each person, and remarks by coder.

    The same name in two places is two persons, unless they share a sitting, which was
    then handed in twice.
    """
    places = defaultdict(list)
    for place, sitting in read:
        places[sitting.coder].append((place, sitting))
    found, remarks = [], defaultdict(list)
    for coder, rows in places.items():
        people = _people(rows)
        for number, sittings in enumerate(people, start=1):
            name = coder if number == 1 else f"{coder} ({number})"
            if len(people) > 1:
                remarks[name].append(f"{len(people)} hand in under this name")
            once = _once(sittings)
            if len(once) < len(sittings):
                remarks[name].append("a file was handed in more than once")
            found += [replace(sitting, coder=name) for sitting in once]
    return found, remarks


def _people(rows) -> list[list[Sitting]]:
    groups: list[tuple[set, list[Sitting]]] = []
    for place, sitting in rows:
        marks = {("place", place)}
        if sitting.session:
            marks.add(("session", sitting.session))
        same = [group for group in groups if group[0] & marks]
        others = [group for group in groups if not group[0] & marks]
        joined = marks.union(*(group[0] for group in same))
        sittings = [one for group in same for one in group[1]] + [sitting]
        groups = [*others, (joined, sittings)]
    return [sittings for _, sittings in groups]


def _once(sittings: list[Sitting]) -> list[Sitting]:
    """Return each sitting once, where there are several copies the longest."""
    longest = {}
    for sitting in sittings:
        key = sitting.session or (sitting.name, str(sitting.records))
        held = longest.get(key)
        if held is None or len(sitting.records) > len(held.records):
            longest[key] = sitting
    return list(longest.values())


def pseudonym(coder: str, secret: str) -> str:
    """Return a name that nobody can turn back who does not know the secret.

    Examples
    --------
    >>> pseudonym("Ana", "tea") == pseudonym("Ana", "tea") != pseudonym("Ana", "pot")
    True
    """
    made = hmac.new(secret.encode(), coder.encode(), sha256).hexdigest()
    return f"coder {made[:PSEUDONYM]}"
