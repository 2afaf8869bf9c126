"""Doctor: is this installation sound, said in plain words.

Nothing heavy is imported before it is examined, so a broken installation can be
examined, too: `python -m mediakit.share.doctor`.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

OK, NOTE, PROBLEM = "ok", "note", "problem"
SHOWN = {OK: "ok     ", NOTE: "note   ", PROBLEM: "PROBLEM"}
ALL_WELL = "All is well."
WORKS = "mediakit works here; the notes say what could be better."
BROKEN = "mediakit will not work as it should. Do what stands under PROBLEM, top first."


@dataclass(frozen=True)
class Finding:
    """What one check found: `state`, in words, and what to do (empty if nothing)."""

    check: str
    state: str
    said: str
    do: str = ""


def examine(folder: str | os.PathLike = ".") -> list[Finding]:
    """Examine this installation and the folder one works in.

    Parameters
    ----------
    folder : path
        Where the user means to write.

    Returns
    -------
    list of Finding
        One for each thing that was looked at, problems included: a check that itself
        fails is a problem and never an exception.
    """
    from mediakit.share.doctor_checks import CHECKS

    return [one for check in CHECKS for one in _looked_at(check, Path(folder))]


def _looked_at(check: Callable, folder: Path) -> list[Finding]:
    try:
        return list(check(folder))
    except Exception as error:  # what a broken installation raises is the finding
        said = f"could not be checked: {type(error).__name__}: {error}"
        do = "Install mediakit again: python -m pip install --force-reinstall mediakit"
        return [Finding(check.__name__.replace("_", " "), PROBLEM, said, do)]


def verdict(findings: list[Finding]) -> tuple[int, str]:
    """Return the exit code, 1 if there is a problem, and the last line."""
    states = {one.state for one in findings}
    if PROBLEM in states:
        return 1, BROKEN
    return 0, WORKS if NOTE in states else ALL_WELL


def told(findings: list[Finding], *, as_json: bool = False) -> str:
    """Return the findings as lines for people, or as JSON for a program."""
    code, last = verdict(findings)
    if as_json:
        rows = [asdict(one) for one in findings]
        content = {"rows": rows, "problems": bool(code), "said": last}
        return json.dumps(content, ensure_ascii=False)
    lines = []
    for one in findings:
        lines.append(f"{SHOWN[one.state]} {one.check}: {one.said}")
        if one.do:
            lines.append(f"        -> {one.do}")
    return "\n".join([*lines, "", last])


def main() -> int:
    """Examine, say it, and return the exit code."""
    findings = examine()
    sys.stdout.write(told(findings, as_json="--json" in sys.argv[1:]) + "\n")
    return verdict(findings)[0]


if __name__ == "__main__":
    sys.exit(main())
