"""The files that say what mediakit needs, and which version it is, agree."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA_EXTRAS = ("notebooks", "fast")
TOP_LEVEL = set(
    ".ci .gitattributes .gitignore .pre-commit-config.yaml CHANGELOG.md CITATION.cff "
    "CONTRIBUTING.md LICENSE Makefile README.md benchmarks constraints.txt data "
    "environment.yml mediakit notebooks pyproject.toml tests uv.lock".split()
)


def read_requirements(lines):
    """Return name -> Requirement for one list of requirements."""
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one for one in found}


def direct_requirements():
    """Return all that pyproject.toml names, extras included, as a flat list."""
    lines = [*PROJECT["dependencies"], *(one for e in EXTRAS.values() for one in e)]
    named = map(Requirement, lines)
    return [one for one in named if one.name != PROJECT["name"]]


def read_constraints():
    """Return name -> the pinned requirements in constraints.txt."""
    pins = {}
    for line in read("constraints.txt").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def pinned_version(pin):
    """Return the version of a requirement of the form name==version."""
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return specifier.version


def read_lock():
    return tomllib.loads(read("uv.lock"))


def locked_project():
    """Return what uv.lock says of mediakit itself."""
    (project,) = (p for p in read_lock()["package"] if p["name"] == PROJECT["name"])
    return project


def locked_versions():
    """Return name -> the versions in uv.lock, mediakit itself left out."""
    versions = {}
    for package in read_lock()["package"]:
        if package["name"] != PROJECT["name"]:
            versions.setdefault(package["name"], set()).add(package["version"])
    return versions


def test_constraints_are_the_lock():
    pinned = {
        name: {pinned_version(pin) for pin in pins}
        for name, pins in read_constraints().items()
    }
    assert pinned == locked_versions(), "run `make lock`"


def test_the_lock_knows_what_pyproject_asks_for():
    metadata = locked_project()["metadata"]
    locked = {
        (one["name"], SpecifierSet(one.get("specifier", "")))
        for one in metadata["requires-dist"]
        if one["name"] != PROJECT["name"]
    }
    asked = {(canonicalize_name(r.name), r.specifier) for r in direct_requirements()}
    assert locked == asked, "run `make lock`"
    assert set(metadata["provides-extras"]) == set(EXTRAS)
    assert SpecifierSet(read_lock()["requires-python"]) == SpecifierSet(
        PROJECT["requires-python"]
    )


@pytest.mark.parametrize("requirement", direct_requirements(), ids=str)
def test_the_pins_lie_within_the_bounds(requirement):
    pins = read_constraints()[canonicalize_name(requirement.name)]
    assert all(requirement.specifier.contains(pinned_version(pin)) for pin in pins)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_every_python_gets_one_pin_of_each(python, system):
    here = {"python_version": python, "python_full_version": f"{python}.9"}
    environment = {**here, "sys_platform": system, "platform_system": system}
    for requirement in direct_requirements():
        pins = read_constraints()[canonicalize_name(requirement.name)]
        fitting = [p for p in pins if not p.marker or p.marker.evaluate(environment)]
        assert len(fitting) == 1, requirement.name


def test_the_lock_names_only_the_public_index():
    addresses = re.findall(r'"(\w+://[^"]+)"', read("uv.lock"))
    hosts = {urlsplit(address).hostname for address in addresses}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_constraints_hold_no_address_and_no_option():
    text = read("constraints.txt")
    pins = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", line) for line in pins)


def test_conda_environment_has_the_same_bounds():
    environment = yaml.safe_load(read("environment.yml"))
    from_conda = [one for one in environment["dependencies"] if isinstance(one, str)]
    (from_pip,) = (one for one in environment["dependencies"] if isinstance(one, dict))
    assert from_pip["pip"][-1] == "-e ."

    has = read_requirements([*from_conda, *from_pip["pip"][:-1]])
    has.pop("pip")
    assert has.pop("python").specifier == SpecifierSet(PROJECT["requires-python"])
    wanted = [*PROJECT["dependencies"], *(r for e in CONDA_EXTRAS for r in EXTRAS[e])]
    assert {name: one.specifier for name, one in has.items()} == {
        name: one.specifier for name, one in read_requirements(wanted).items()
    }


def test_pre_commit_uses_the_pinned_tools():
    config = yaml.safe_load(read(".pre-commit-config.yaml"))
    pins = read_constraints()
    for repository in config["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            for tool in read_requirements(hook["additional_dependencies"]).values():
                (pin,) = pins[tool.name]
                assert tool.specifier == pin.specifier, tool.name


def test_the_versions_agree():
    citation = yaml.safe_load(read("CITATION.cff"))
    changes = read("CHANGELOG.md")
    newest = re.search(r"^## (\S+)", changes, flags=re.MULTILINE)[1]
    locked = locked_project()["version"]
    assert citation["version"] == newest == locked == PROJECT["version"]


def test_every_version_says_which_numbers_changed():
    changes = read("CHANGELOG.md")
    for section in changes.split("\n## ")[1:]:
        assert "\n### Numbers that changed\n" in section, section.splitlines()[0]


def test_licences_agree():
    citation = yaml.safe_load(read("CITATION.cff"))
    assert read("LICENSE").startswith("MIT License")
    assert citation["license"] == PROJECT["license"] == "MIT"


def test_traps_already_found_stay_closed():
    versions = locked_versions()
    assert "krippendorff" not in versions  # GPL
    assert "lxml-html-clean" in versions  # justext names an extra that pip 23 skips


def test_the_top_level_holds_only_what_belongs_there(tracked):
    assert {path.split("/")[0] for path in tracked} <= TOP_LEVEL
