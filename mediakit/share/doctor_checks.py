"""What the doctor looks at in the installation: Python, packages, loops, Jupyter."""

import os
import platform
import struct
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from mediakit.share.doctor import NOTE, OK, PROBLEM, Finding
from mediakit.share.doctor_machine import MACHINE

OLDEST, NEWEST = (3, 11), (3, 13)
MOST_NAMED = 5
EXTRAS = {
    "notebooks": "the notebooks, `mediakit study` and `mediakit course`",
    "fast": "speed on large corpora; nothing else is missing without it",
    "web": "reading and fetching web pages, as a lesson does, and feeds",
    "documents": "reading PDF and Word files",
    "stats": "a few tests that hold mediakit's beside other libraries'",
    "topics": "`score_topics`",
    "scale": "work on several machines",
}
FOR_ALL = ("notebooks", "fast", "web")
WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")


def python(_folder: Path) -> Iterator[Finding]:
    """Say which Python this is, and whether mediakit runs on it."""
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    bits = 8 * struct.calcsize("P")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        do = "Install Python 3.11, 3.12 or 3.13 and make a new environment with it."
        yield Finding("Python", PROBLEM, said, do)
    elif bits != 64:
        do = "Install the 64-bit Python; the packages below have no 32-bit version."
        yield Finding("Python", PROBLEM, f"{said}, {bits} bits", do)
    else:
        yield Finding("Python", OK, said)
    if sys.prefix == sys.base_prefix and "CONDA_PREFIX" not in os.environ:
        do = "To keep it apart from other programs: python -m venv mediakit-env"
        yield Finding("environment", NOTE, "mediakit shares the system's Python", do)
    else:
        yield Finding("environment", OK, "one of its own")


def packages(_folder: Path) -> Iterator[Finding]:
    """Hold what is installed against what mediakit asks for, and was tested with."""
    wanted = _wanted("")
    missing = [str(one) for one in wanted if not _installed(one.name)]
    wrong = [
        f"{one.name} {_installed(one.name)} (needed: {one.specifier})"
        for one in wanted
        if _installed(one.name) and not one.specifier.contains(_installed(one.name))
    ]
    if missing or wrong:
        said = "; ".join([f"{one} is missing" for one in missing] + wrong)
        names = " ".join(f'"{one.name}{one.specifier}"' for one in wanted)
        do = f"python -m pip install {names}"
        yield Finding("packages", PROBLEM, said, do)
    else:
        yield Finding("packages", OK, f"all {len(wanted)} are there")
    yield from _pins()


def _pins() -> Iterator[Finding]:
    pinned = _constraints()
    other = {
        name: f"{name} {_installed(name)} (tested: {' or '.join(sorted(versions))})"
        for name, versions in pinned.items()
        if _installed(name) and _installed(name) not in versions
    }
    if not pinned:
        yield Finding("versions", NOTE, "constraints.txt did not come along", "")
    elif other:
        more = len(other) - MOST_NAMED
        said = ", ".join(list(other.values())[:MOST_NAMED])
        do = (
            "Other versions mostly work. If numbers or pictures look odd: "
            f'python -m pip install -c "{_constraints_file()}" mediakit'
        )
        said += f" and {more} more" if more > 0 else ""
        yield Finding(
            "versions", NOTE, f"not those mediakit is tested with: {said}", do
        )
    else:
        yield Finding("versions", OK, "those that mediakit is tested with")


def extras(_folder: Path) -> Iterator[Finding]:
    """Say what the extras that are not here would be for."""
    absent = []
    for extra, use in EXTRAS.items():
        missing = [one.name for one in _wanted(extra) if not _installed(one.name)]
        if not missing:
            yield Finding(f"extra {extra}", OK, "installed")
        elif extra in FOR_ALL:
            do = f"If you want it: python -m pip install 'mediakit[{extra}]'"
            said = f"not installed ({', '.join(missing)} missing); it is for {use}"
            yield Finding(f"extra {extra}", NOTE, said, do)
        else:
            absent.append(f"{extra} ({use})")
    if absent:
        do = "If you want one: python -m pip install 'mediakit[NAME]'"
        said = f"not installed, and no lesson needs them: {'; '.join(absent)}"
        yield Finding("other extras", OK, said, do)


def loops(_folder: Path) -> Iterator[Finding]:
    """Say whether the inner loops are compiled, and whether that is kept."""
    from mediakit import kernels

    if not kernels.COMPILED:
        said = "not compiled (no numba): the same numbers, more slowly"
        yield Finding("loops", NOTE, said, "python -m pip install numba")
        return
    place = Path(kernels.__file__).parent
    kept = os.access(place, os.W_OK) or "NUMBA_CACHE_DIR" in os.environ
    if kept:
        yield Finding("loops", OK, "compiled by numba, and kept")
        return
    do = "Set the environment variable NUMBA_CACHE_DIR to a folder of yours."
    said = "compiled anew in each session, which takes a minute"
    yield Finding("loops", NOTE, said, do)


def jupyter(_folder: Path) -> Iterator[Finding]:
    """Look for JupyterLab, the kernel of this Python and the halves of the widgets."""
    if not find_spec("jupyterlab"):
        do = "python -m pip install 'mediakit[notebooks]'"
        yield Finding("JupyterLab", NOTE, "not installed; the command line works", do)
        return
    yield Finding("JupyterLab", OK, version("jupyterlab"))
    yield _kernel()
    from jupyter_core.paths import jupyter_path

    missing = [name for name in ("ipywidgets", "anywidget") if not find_spec(name)]
    folders = [Path(one) for one in jupyter_path("labextensions")]
    for name in WIDGETS:
        if not any((one / name / "package.json").is_file() for one in folders):
            missing.append(f"{name} in JupyterLab")
    if missing:
        said = f"lacking {', '.join(missing)}: coding and explorer come as plain pages"
        do = "python -m pip install 'mediakit[notebooks]' and start JupyterLab again"
        yield Finding("widgets", NOTE, said, do)
    else:
        yield Finding("widgets", OK, "both halves are there, Python's and JupyterLab's")


def _kernel() -> Finding:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    do = "python -m ipykernel install --sys-prefix"
    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        return Finding("kernel", PROBLEM, "JupyterLab finds no Python here", do)
    named = os.path.basename(command) == command
    if named or Path(command).absolute().parent == Path(sys.executable).parent:
        return Finding("kernel", OK, "notebooks run on this Python")
    said = "notebooks run on another Python, which may have no mediakit"
    return Finding("kernel", PROBLEM, said, do)


def _wanted(extra: str) -> list:
    """Return what mediakit requires here: of itself, or of one of its extras."""
    from packaging.requirements import Requirement

    named = map(Requirement, requires("mediakit") or [])
    wanted = []
    for one in named:
        mark = one.marker
        alone = mark is None or mark.evaluate({"extra": ""})
        if extra and not alone and mark.evaluate({"extra": extra}):
            wanted.append(one)
        elif not extra and alone:
            wanted.append(one)
    return wanted


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _constraints_file() -> Path:
    from mediakit.resources import PACKAGE

    inside = PACKAGE / "constraints.txt"
    return inside if inside.is_file() else PACKAGE.parent / "constraints.txt"


def _constraints() -> dict[str, set[str]]:
    """Return name -> the versions that constraints.txt has for this system."""
    from packaging.requirements import Requirement

    path, pins = _constraints_file(), {}
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for line in lines:
        if line and not line.startswith("#"):
            pin = Requirement(line)
            if pin.marker is None or pin.marker.evaluate():
                pins.setdefault(pin.name, set()).add(str(pin.specifier)[2:])
    return pins


CHECKS = [python, packages, extras, loops, jupyter, *MACHINE]
