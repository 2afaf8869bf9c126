"""All that lies in the folder of a coding: journals and sheets, each read once."""

from dataclasses import dataclass, field
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.load.sources import Source
from mediakit.text.coding import SHEETS, Coding
from mediakit.text.coding_journal import ENDING, Sitting, read_sitting
from mediakit.text.coding_typed import read_typed


@dataclass
class Shelf:
    """The files of a coding; one that has not changed is not read again."""

    coding: Coding
    known: dict = field(default_factory=dict, repr=False)

    def read(self) -> tuple[list[Sitting], list[str]]:
        """Return all sittings, and what could not be read."""
        read, remarks = [], []
        for path in self._files():
            told = path.stat()
            if not told.st_size and path.name.endswith(ENDING):
                continue  # killed before the first answer
            mark = path.name, told.st_mtime_ns, told.st_size
            if mark not in self.known:
                source = Source(path.name, "", path.read_bytes)
                self.known[mark] = try_source(source, self.coding)
            sitting, said = self.known[mark]
            read += [sitting] if sitting is not None else []
            remarks += said
        return read, remarks

    def _files(self) -> list[Path]:
        paths = sorted(self.coding.folder.glob("*"))
        plain = [one for one in paths if one.is_file() and one.name[0] not in ".~"]
        return [one for one in plain if is_coded(one.name)]


def is_coded(name: str) -> bool:
    """Tell whether a file of that name may hold codes."""
    return name.lower().endswith((ENDING, *SHEETS))


def try_source(source: Source, coding: Coding) -> tuple[Sitting | None, list[str]]:
    """Return what a file says, or nothing and why it could not be read."""
    try:
        sitting, said = read_source(source, coding)
    except MediakitError as error:
        return None, [f"not read: {error}"]
    return sitting, [f"{source.name}: {one}" for one in said]


def read_source(source: Source, coding: Coding) -> tuple[Sitting, list[str]]:
    """Return what a journal or a sheet of a coding says, and what is wrong with it."""
    if not source.name.endswith(ENDING):
        return read_typed(source, coding)
    sitting = read_sitting(source.data, source.name)
    if sitting.coding != coding.fingerprint:
        raise MediakitError(
            f"{source.name} answers another sample or codebook ({sitting.coding}); "
            "keep it with what was asked."
        )
    said = []
    if sitting.damaged:
        said.append(f"lines {list(sitting.damaged)[:9]} are damaged and were not read")
    if sitting.cut:
        said.append("the last line was cut off while it was written, and is no code")
    return sitting, said
