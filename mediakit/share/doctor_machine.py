"""What the doctor looks at around the installation: files, room, fonts, one sum."""

import base64
import csv
import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from mediakit.share.doctor import NOTE, OK, PROBLEM, Finding

GB = 1 << 30
LEAST_MEMORY, GOOD_MEMORY, LEAST_DISK = 2 * GB, 8 * GB, GB
SCRIPTS_OF_OTHERS = {
    "Chinese and Japanese": ("CJK", "SimHei", "YaHei", "PingFang", "Hiragino"),
    "Arabic": ("Arabic", "Geeza", "Naskh", "DejaVu Sans", "Arial"),
}
KNOWN = {"China Daily": 285, "New York Times": 933}
AGAIN = "python -m pip install --force-reinstall --no-deps mediakit"


def files(_folder: Path) -> Iterator[Finding]:
    """Hold the files that came with mediakit against their checksums."""
    listed, wrong = _recorded()
    sealed, broken = _sealed()
    if wrong or broken:
        said = "; ".join(f"{one} was changed or is missing" for one in wrong + broken)
        yield Finding("data files", PROBLEM, said, AGAIN)
    else:
        rest = f" and {listed:,} installed files" if listed else ""
        yield Finding("data files", OK, f"{sealed} samples{rest} are as they came")


def _recorded() -> tuple[int, list[str]]:
    """Return how many files the wheel recorded, and which differ; 0 for a checkout."""
    record = distribution("mediakit").read_text("RECORD") or ""
    base, seen, wrong = Path(str(distribution("mediakit").locate_file(""))), 0, []
    for name, digest, _size in csv.reader(record.splitlines()):
        if not digest.startswith("sha256=") or not name.startswith("mediakit/"):
            continue
        seen, path = seen + 1, base / name
        content = path.read_bytes() if path.is_file() else b""
        found = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
        if found.decode().rstrip("=") != digest.partition("=")[2]:
            wrong.append(name)
    return seen, wrong


def _sealed() -> tuple[int, list[str]]:
    from mediakit.errors import MediakitError
    from mediakit.resources import folder
    from mediakit.text.samples import load_sample

    samples, broken = [one.name for one in (folder("data") / "derived").iterdir()], []
    for name in sorted([*samples, "strait"]):
        try:
            load_sample(name)
        except (MediakitError, OSError):
            broken.append(f"the sample {name}")
    return len(samples) + 1, broken


def a_count(_folder: Path) -> Iterator[Finding]:
    """Make one small count whose result is known."""
    from mediakit.infer.summarise import summarise
    from mediakit.measure.patterns import count_patterns
    from mediakit.text.samples import load_sample

    counts = count_patterns(load_sample("democracy"), "protest*")
    found = summarise(counts, by="outlet")
    counted = dict(zip(found["group"], found["articles_with"], strict=True))
    if counted == KNOWN:
        yield Finding("a count", OK, "one count of a sample came out as it should")
    else:
        said = f"`protest*` was found in {counted} articles; right is {KNOWN}"
        yield Finding("a count", PROBLEM, said, AGAIN)


def fonts(_folder: Path) -> Iterator[Finding]:
    """Ask matplotlib for the fonts that figures need."""
    from matplotlib import font_manager

    names = set(font_manager.get_font_names())
    lacking = [
        script
        for script, known in SCRIPTS_OF_OTHERS.items()
        if not any(part in name for part in known for name in names)
    ]
    if "DejaVu Sans" not in names:
        do = "python -m pip install --force-reinstall matplotlib"
        yield Finding("fonts", PROBLEM, "matplotlib lost its own font", do)
    elif lacking:
        do = "Only if you draw such words: install the Noto fonts of your system."
        said = f"words in {' or '.join(lacking)} would be empty boxes in figures"
        yield Finding("fonts", NOTE, said, do)
    else:
        yield Finding("fonts", OK, "for Latin, Chinese, Japanese and Arabic writing")


def writing(folder: Path) -> Iterator[Finding]:
    """Try to write into the folder one works in, and where temporary files go."""
    for what, place in {"this folder": folder, "temporary files": None}.items():
        try:
            with tempfile.NamedTemporaryFile(dir=place) as file:
                file.write(b"mediakit")
        except OSError as error:
            do = "Work in a folder of yours, as your Documents, and start again there."
            yield Finding(f"writing, {what}", PROBLEM, error.strerror or str(error), do)
        else:
            yield Finding(f"writing, {what}", OK, "allowed")


def room(folder: Path) -> Iterator[Finding]:
    """Measure memory and disk."""
    memory = _memory()
    if memory is None:
        yield Finding("memory", NOTE, "could not be measured on this system")
    elif memory < LEAST_MEMORY:
        do = "Lessons work if other programs are closed; large corpora need more."
        yield Finding("memory", NOTE, f"{memory / GB:.1f} GB in all", do)
    else:
        enough = "about a million" if memory >= 2 * GOOD_MEMORY else "100,000"
        enough = "some ten thousand" if memory < GOOD_MEMORY else enough
        yield Finding("memory", OK, f"{memory / GB:.1f} GB, for {enough} articles")
    free = shutil.disk_usage(folder).free
    do = "" if free >= LEAST_DISK else "Make room; a report can take some hundred MB."
    state = OK if free >= LEAST_DISK else PROBLEM
    yield Finding("disk", state, f"{free / GB:.1f} GB free", do)


def _memory() -> int | None:
    """Return the bytes of memory of this machine, or of the box it runs in."""
    if sys.platform == "win32":
        status = (ctypes.c_ulonglong * 8)()
        ctypes.cast(status, ctypes.POINTER(ctypes.c_ulong))[0] = ctypes.sizeof(status)
        done = ctypes.windll.kernel32.GlobalMemoryStatusEx(status)
        return int(status[1]) if done else None
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None
    limit = Path("/sys/fs/cgroup/memory.max")
    said = limit.read_text().strip() if limit.is_file() else ""
    return min(whole, int(said)) if said.isdigit() else whole


def browser(_folder: Path) -> Iterator[Finding]:
    """Look for a browser; a machine without one works, too."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        said = "none here, which is fine: reports are files, read them where one is"
        yield Finding("browser", OK, said)
    else:
        yield Finding("browser", OK, "found")


MACHINE = [files, a_count, fonts, writing, room, browser]
