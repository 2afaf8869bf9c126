"""The licences of all that mediakit may install, as a table: mediakit/docs/licences.md.

    python benchmarks/licences.py

Licences are read from the metadata of what is installed here; of what this system does
not install, the row that stands in the table is kept. `tests/test_licences.py` holds
the table to the lock.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "mediakit" / "docs" / "licences.md"
HEAD = """# Licences

What mediakit may install, as locked in `constraints.txt`, with the licence each package
names for itself. "Core" is installed always; the rest comes with an extra or with the
tools of developers. mediakit itself is under the MIT licence. Made by
`benchmarks/licences.py`; a test fails when the table and the lock differ.

| package | version | part | licence |
|--|--|--|--|
"""
ROW = re.compile(r"\| (\S+) \| (\S+) \| (\w+) \| (.+) \|")
SHORT = {
    "BSD License": "BSD",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
}


def locked():
    """Return name -> versions in the lock, and the names that the core needs."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    versions, needs = {}, {}
    for package in lock:
        name = canonicalize_name(package["name"])
        versions.setdefault(name, []).append(package["version"])
        needs.setdefault(name, set()).update(
            canonicalize_name(one["name"]) for one in package.get("dependencies", [])
        )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    core, waiting = set(), [Requirement(one).name for one in project["dependencies"]]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in core:
            core.add(name)
            waiting += needs[name]
    versions.pop(canonicalize_name(project["name"]))
    return versions, core


def licence(name):
    """Return the licence that an installed package names, or None."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    said = about.get("License-Expression")
    classified = [
        one.rpartition(" :: ")[2]
        for one in about.get_all("Classifier", [])
        if one.startswith("License :: ") and one.count(" :: ") > 1
    ]
    said = said or "; ".join(classified) or about.get("License") or "not named"
    first = said.strip().splitlines()[0][:80]
    return SHORT.get(first, first).replace("|", "/")


def known():
    """Return name -> licence of the rows that stand in the table."""
    text = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    return {row[0]: row[3] for row in ROW.findall(text)}


def page():
    """Return the whole page."""
    (versions, core), before = locked(), known()
    rows = []
    for name, found in sorted(versions.items()):
        told = licence(name) or before.get(name) or "not looked up"
        part = "core" if name in core else "extra"
        rows.append(f"| {name} | {','.join(sorted(found))} | {part} | {told} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
