"""Known vulnerabilities of what the lock pins, by pip-audit, and what it did not know.

    python benchmarks/vulnerabilities.py [NAME ...]

Needs pip-audit (not a dependency; install it into an environment of its own and put
it on the path). Names are those of packages in `constraints.txt`; without, all that
this Python would install. It prints a table, and ends with 0 if every package was asked
about and none is vulnerable, with 1 if one is, with 2 if nothing or not all could be
asked about: pip-audit only lists those as skipped, which reads as if all were well.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
ASKED = "--no-deps --disable-pip --progress-spinner off --format json".split()


def stop(said: str) -> None:
    print(said, file=sys.stderr)
    sys.exit(2)


def pinned(names: list[str]) -> list[str]:
    """Return the pins of the lock that hold for this Python and system."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = [Requirement(line) for line in lines if line[:1] not in ("", "#", "-")]
    held = [one for one in found if one.marker is None or one.marker.evaluate()]
    chosen = [one for one in held if not names or one.name in names]
    unknown = set(names) - {one.name for one in chosen}
    if unknown:
        stop(f"constraints.txt pins no {', '.join(sorted(unknown))} here.")
    return [f"{one.name}{one.specifier}" for one in chosen]


def answer(pins: list[str]) -> list[dict]:
    """Return what pip-audit says of each pin."""
    if shutil.which("pip-audit") is None:
        stop("pip-audit is not here: pip install pip-audit, in a place of its own.")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "pins.txt"
        path.write_text("\n".join(pins) + "\n", "utf-8")
        run = subprocess.run(
            ["pip-audit", *ASKED, "-r", path], capture_output=True, text=True
        )
    if not run.stdout:
        stop(f"pip-audit said nothing:\n{run.stderr[-500:]}")
    return json.loads(run.stdout)["dependencies"]


def report(said: list[dict]) -> int:
    """Print a row for each package that is vulnerable; return how to end."""
    left = [one["name"] for one in said if "skip_reason" in one]
    bad = [one for one in said if one.get("vulns")]
    print("| package | version | known | mended in |\n|--|--|--|--|")
    for one in bad:
        for known in one["vulns"]:
            mended = ", ".join(known["fix_versions"]) or "none yet"
            print(f"| {one['name']} | {one['version']} | {known['id']} | {mended} |")
    print(f"\n{len(said) - len(left)} asked about, {len(bad)} of them vulnerable;")
    print(f"{len(left)} could not be asked about: {', '.join(left) or 'none'}.")
    return 1 if bad else 2 if left or not said else 0


if __name__ == "__main__":
    sys.exit(report(answer(pinned(sys.argv[1:]))))
