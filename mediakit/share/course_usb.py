"""A USB folder: wheels for other computers, an installer, and the course to read."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from mediakit.errors import MediakitError
from mediakit.folders import new_folder, sha256
from mediakit.progress import progress
from mediakit.resources import PACKAGE
from mediakit.share.course_lock import TARGETS, Target, Wheel, wheels_for

LOCK, INDEX, INSTALLER = "uv.lock", "usb.json", "install.py"
NEEDS_REPOSITORY = (
    "a USB folder is made from a checkout of mediakit, where uv.lock and "
    "pyproject.toml are; this mediakit was installed without them."
)
README = """mediakit, for computers without a network
=========================================

1. Copy this folder to the computer, or work from the stick.
2. Windows:        py install.py
   macOS, Linux:   python3 install.py
   It makes an environment in your home folder (or where you say: install.py FOLDER),
   installs from the folder `wheels` without a network, and examines the result.
3. It ends with the line that opens the lessons.

Python itself (3.11.5 to 3.13, 64 bits) must be there. It is not on this stick:
python.org/downloads. Whoever cannot install reads course/index.html in any browser.

Size: {size:,.0f} MB in {files:,} files. For one computer {least:,.0f} to {most:,.0f} MB
of wheels are used; whoever serves one system only may delete the others.

What fits which computer
------------------------
{table}

"run" means: installed from this folder without a network, and examined with
`mediakit doctor`. "resolved" means: every wheel that its pip would ask for is here,
with the checksum of uv.lock; nobody has run it.
"""


def write_usb(
    out: Path, *, targets: Iterable[Target] = TARGETS, course: Path | None = None
) -> dict:
    """Write a folder from which mediakit can be installed without a network.

    Parameters
    ----------
    out : Path
        The folder. An earlier one is replaced, its wheels are used again; anything
        else is refused.
    targets : iterable of Target
        Systems and Pythons; by default all twelve.
    course : Path, optional
        A course, as `write_course` made it, that goes along.

    Returns
    -------
    dict
        What ``usb.json`` says: for each target its wheels, bytes, what of the extra
        ``fast`` is left out, and "resolved" (or "run", once `mark_run` was called).
    """
    root = PACKAGE.parent
    if not (root / LOCK).is_file() or not (root / "pyproject.toml").is_file():
        raise MediakitError(NEEDS_REPOSITORY)
    plan = {target: wheels_for(target, root / LOCK) for target in targets}
    with new_folder(out, index=INDEX) as work:
        place = work / "wheels"
        place.mkdir()
        own = _own_wheel(root, place)
        asked = [one for wheels, _ in plan.values() for one in wheels]
        _take_over(out / "wheels", place, asked)
        for target, (wheels, _) in progress(plan.items(), what="fetching wheels"):
            _fetch(target, wheels, place)
        record = {"mediakit": own, "targets": [_row(*one) for one in plan.items()]}
        if course is not None:
            shutil.copytree(course, work / "course")
        shutil.copyfile(PACKAGE / "share" / "course_install.py", work / INSTALLER)
        write_record(work, record)
    return record


def mark_run(folder: Path, names: Iterable[str]) -> None:
    """Note which targets were installed from the folder and examined."""
    names = set(names)
    record = json.loads((folder / INDEX).read_text("utf-8"))
    known = {row["target"] for row in record["targets"]}
    if unknown := names - known:
        raise MediakitError(f"the folder has no {sorted(unknown)}; it has {known}.")
    for row in record["targets"]:
        row["state"] = "run" if row["target"] in names else row["state"]
    write_record(folder, record)


def write_record(work: Path, record: dict) -> None:
    """Write usb.json and README.txt, with the sizes of what is there."""
    sizes = [
        one.stat().st_size
        for one in work.rglob("*")
        if one.is_file() and one.name not in (INDEX, "README.txt")
    ]
    record |= {"bytes": sum(sizes), "files": len(sizes)}
    lines = [
        f"{row['target']:<28} {row['bytes'] / 1e6:5.0f} MB   {row['state']}"
        + (f"   (slower: without {', '.join(row['without'])})" * bool(row["without"]))
        for row in record["targets"]
    ]
    each = [row["bytes"] / 1e6 for row in record["targets"]]
    text = README.format(
        size=record["bytes"] / 1e6,
        files=record["files"],
        table="\n".join(lines),
        least=min(each),
        most=max(each),
    )
    (work / "README.txt").write_bytes(text.encode("utf-8"))
    told = json.dumps(record, indent=1, ensure_ascii=False)
    (work / INDEX).write_bytes(f"{told}\n".encode())


def _row(target: Target, plan: tuple[list[Wheel], list[str]]) -> dict:
    wheels, missing = plan
    listed = [[one.file, one.sha256] for one in wheels]
    digest = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    return {
        "target": target.name,
        "wheels": len(wheels),
        "bytes": sum(one.size for one in wheels),
        "sha256_of_the_list": digest,
        "without": missing,
        "state": "resolved",
    }


def _own_wheel(root: Path, place: Path) -> str:
    """Build the wheel of mediakit itself."""
    if not find_spec("build"):
        raise MediakitError("this needs the package build: python -m pip install build")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    _run([*command, "--outdir", str(place), str(root)], "the wheel could not be built")
    (path,) = place.glob("mediakit-*.whl")
    return path.name


def _take_over(old: Path, place: Path, wheels: list[Wheel]) -> None:
    """Copy from an earlier folder what is as the lock has it."""
    for one in {one.file: one for one in wheels}.values():
        path = old / one.file
        if path.is_file() and sha256(path) == one.sha256:
            shutil.copyfile(path, place / one.file)


def _fetch(target: Target, wheels: list[Wheel], place: Path) -> None:
    """Fetch what is not there yet, by pip, and hold all against the lock."""
    absent = [one for one in wheels if not (place / one.file).is_file()]
    if absent:
        lines = [f"{w.name}=={w.version} --hash=sha256:{w.sha256}\n" for w in absent]
        with tempfile.TemporaryDirectory() as folder:
            asked = Path(folder) / "wanted.txt"
            asked.write_text("".join(lines), "utf-8")
            command = ["download", "--no-deps", "--only-binary", ":all:"]
            command += ["--require-hashes", "--requirement", str(asked)]
            command += ["--python-version", target.environment["python_full_version"]]
            command += [one for tag in target.platforms for one in ("--platform", tag)]
            _pip([*command, "--dest", str(place)])
    for one in wheels:
        path = place / one.file
        if not path.is_file() or sha256(path) != one.sha256:
            raise MediakitError(
                f"{one.file} is not what uv.lock says; fetch it again in a new folder."
            )


def _pip(arguments: list[str]) -> None:
    """Run pip, that of this Python or the one on the path."""
    found = shutil.which("pip") or shutil.which("pip3")
    command = [sys.executable, "-m", "pip"] if find_spec("pip") else [found]
    if command == [None]:
        raise MediakitError("this needs pip: python -m ensurepip")
    quiet = ["--quiet", "--disable-pip-version-check"]
    _run([*command, *arguments[:1], *quiet, *arguments[1:]], "pip could not do it")


def _run(command: list[str], failed: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        told = (done.stderr.strip() or done.stdout.strip())[-600:]
        raise MediakitError(f"{failed}: {told}")
