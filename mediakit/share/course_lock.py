"""Which wheels a computer needs: read off uv.lock, for systems other than this one."""

import platform
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from mediakit.errors import MediakitError

NEEDED, OPTIONAL = ["notebooks", "web"], "fast"
MACOS = (14, 0)
PYTHONS = ((3, 11), (3, 12), (3, 13))
LINUX = [f"manylinux_2_{n}_x86_64" for n in range(28, 4, -1)]
LINUX += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
SYSTEMS = {
    "Linux x86_64": ("linux", "Linux", "x86_64", "posix"),
    "macOS arm64": ("darwin", "Darwin", "arm64", "posix"),
    "macOS x86_64": ("darwin", "Darwin", "x86_64", "posix"),
    "Windows x86_64": ("win32", "Windows", "AMD64", "nt"),
}


@dataclass(frozen=True)
class Target:
    """A system and a Python for which wheels are put together."""

    system: str
    python: tuple[int, int]

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return f"{self.system}, Python {self.python[0]}.{self.python[1]}"

    @property
    def platforms(self) -> list[str]:
        """The platform tags that its pip accepts, the newest first."""
        if self.system.startswith("Linux"):
            return LINUX
        if self.system.startswith("Windows"):
            return ["win_amd64"]
        return list(mac_platforms(MACOS, self.system.split()[1]))

    @property
    def tags(self) -> list[Tag]:
        """The tags of the wheels that it takes, the best first."""
        tags = list(cpython_tags(self.python, platforms=self.platforms))
        cp = f"cp{self.python[0]}{self.python[1]}"
        return tags + list(compatible_tags(self.python, cp, self.platforms))

    @property
    def environment(self) -> dict[str, str]:
        """What its pip puts into the markers of requirements."""
        platform, system, machine, name = SYSTEMS[self.system]
        python = f"{self.python[0]}.{self.python[1]}"
        return {
            **{"python_version": python, "python_full_version": f"{python}.9"},
            **{"sys_platform": platform, "platform_system": system},
            **{"platform_machine": machine, "os_name": name},
            **{"implementation_name": "cpython", "platform_release": ""},
            **{"platform_python_implementation": "CPython"},
            **{"implementation_version": f"{python}.9", "platform_version": ""},
        }


@dataclass(frozen=True)
class Wheel:
    """A file that the lock names: what it is, how large, and its checksum."""

    name: str
    version: str
    file: str
    size: int
    sha256: str


# The last version with a wheel for Macs of before 2020; JupyterLab's server needs it.
STAND_INS = {
    ("argon2-cffi-bindings", "macOS x86_64"): Wheel(
        name="argon2-cffi-bindings",
        version="25.1.0",
        file="argon2_cffi_bindings-25.1.0-cp39-abi3-macosx_10_9_x86_64.whl",
        size=29_177,
        sha256="2630b6240b495dfab90aebe159ff784d08ea999aa4b0d17efa734055a07d2f44",
    )
}
TARGETS = [Target(system, python) for system in SYSTEMS for python in PYTHONS]


def like_this_one() -> Target:
    """Return the target that is the computer and Python we are on."""
    here = (sys.platform, platform.machine())
    for system, (name, _, machine, _) in SYSTEMS.items():
        if (name, machine) == here:
            return Target(system, sys.version_info[:2])
    raise MediakitError(f"there are wheels for {list(SYSTEMS)}, not for {here}.")


def wheels_for(target: Target, lock: Path) -> tuple[list[Wheel], list[str]]:
    """Return the wheels of mediakit[notebooks,web,fast] for `target`.

    Also what of the extra `fast` has no wheel there and is left out. Anything else
    without a wheel is an error.
    """
    known = tomllib.loads(lock.read_text("utf-8"))["package"]
    needed = _closure(known, NEEDED, target)
    more = _closure(known, [*NEEDED, OPTIONAL], target)
    found = {key: _best(package, target) for key, package in more.items()}
    missing = sorted(key[0] for key, wheel in found.items() if wheel is None)
    if missing:  # then nothing of the extra, as it is of no use in part
        found = {key: found[key] for key in needed}
    lacking = [" ".join(key) for key, wheel in found.items() if wheel is None]
    if lacking:
        raise MediakitError(f"{lacking} have no wheel for {target.name}.")
    return sorted(found.values(), key=lambda one: one.file.lower()), missing


def _closure(known: list[dict], extras: list[str], target: Target) -> dict:
    """Return all that mediakit with these extras asks for, by name and version."""
    (start,) = (one for one in known if one["name"] == "mediakit")
    found, waiting = {}, [(start, tuple(extras))]
    seen = set()
    while waiting:
        package, wanted = waiting.pop()
        key = (package["name"], package["version"])
        if (key, wanted) in seen:
            continue
        seen.add((key, wanted))
        if package is not start:
            found[key] = package
        for asked in _asked(package, wanted):
            marker = asked.get("marker")
            if marker is None or Marker(marker).evaluate(target.environment):
                waiting.append((_named(known, asked), tuple(asked.get("extra", ()))))
    return found


def _asked(package: dict, extras: tuple[str, ...]) -> Iterator[dict]:
    yield from package.get("dependencies", ())
    for extra in extras:
        yield from package.get("optional-dependencies", {}).get(extra, ())


def _named(known: list[dict], asked: dict) -> dict:
    (package,) = (
        one
        for one in known
        if one["name"] == asked["name"]
        and asked.get("version", one["version"]) == one["version"]
    )
    return package


def _best(package: dict, target: Target) -> Wheel | None:
    """Return the wheel that pip would choose, or None."""
    places = {tag: place for place, tag in enumerate(target.tags)}
    ranked = []
    for one in package.get("wheels", ()):
        file = one["url"].rpartition("/")[2]
        tags = parse_wheel_filename(file)[3]
        if ranks := [places[tag] for tag in tags if tag in places]:
            sha = one["hash"].partition(":")[2]
            wheel = Wheel(package["name"], package["version"], file, one["size"], sha)
            ranked.append((min(ranks), file, wheel))
    if ranked:
        return min(ranked)[2]
    return STAND_INS.get((package["name"], target.system))
