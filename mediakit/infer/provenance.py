"""What every table needs before it is made, and carries when it is.

The record is enough to rebuild its figures.
"""

import platform
from functools import cache
from importlib.metadata import version

from mediakit.errors import MediakitError
from mediakit.measure.measure import Measure
from mediakit.measure.tone_coverage import tone_coverage
from mediakit.measure.validity import validity_sentence

MOST_ROWS = 5_000_000


def provenance(measure: Measure, verb: str, parameters: dict, notes: list[str]) -> dict:
    """Return the record for ``table.attrs["mediakit"]``, plain enough for JSON."""
    covered = tone_coverage(measure)
    known = measure.provenance.get("validity")
    validity = validity_sentence(known, measure.items["item"]) if known else ""
    own = [*measure.provenance.get("notes", []), *([validity] if validity else [])]
    return {
        "verb": verb,
        "measure": measure.name,
        "kind": measure.kind,
        "unit": measure.unit,
        "evidence": measure.evidence,
        "parameters": parameters,
        "notes": list(dict.fromkeys(notes + own)),
        "source": measure.provenance,
        "versions": versions(),
        **({"validity": validity} if validity else {}),
        **({"coverage": covered} if covered else {}),
    }


def versions() -> dict[str, str]:
    """Return the versions of what computes."""
    names = ("mediakit", "numpy", "pandas", "scipy")
    return {"python": platform.python_version()} | {one: _known(one) for one in names}


_known = cache(version)


def check_measure(measure: Measure) -> Measure:
    """Return `measure`, or raise saying what makes one."""
    if not isinstance(measure, Measure):
        raise MediakitError(
            f"`measure` must be a Measure, got {type(measure).__name__}; make one "
            "with `mk.count_terms`, `mk.count_patterns` or `mk.as_measure`."
        )
    return measure


def check_size(rows: int) -> None:
    """Raise if a table would have too many rows to be of use to anyone."""
    if rows > MOST_ROWS:
        raise MediakitError(
            f"the table would have {rows:,} rows, but at most {MOST_ROWS:,} are made; "
            "take fewer items, fewer groups or longer periods."
        )
