"""The USB folder: the right wheels for every computer, a careful installer."""

import hashlib
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from mediakit.errors import MediakitError
from mediakit.share import course_install, course_lock, course_usb
from mediakit.share.course_lock import TARGETS, Target, Wheel, like_this_one, wheels_for
from mediakit.share.course_usb import mark_run, write_usb

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "uv.lock"
each = pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def plans():
    return {target: wheels_for(target, LOCK) for target in TARGETS}


def pinned(target):
    """Return name -> version, as constraints.txt has it for a target."""
    pins = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            if pin.marker is None or pin.marker.evaluate(target.environment):
                pins[canonicalize_name(pin.name)] = str(pin.specifier)[2:]
    return pins


def test_twelve_computers_are_served():
    assert len(TARGETS) == len({one.name for one in TARGETS}) == 12


@each
def test_each_wheel_fits_and_is_the_one_mediakit_is_tested_with(target, plans):
    wheels, _ = plans[target]
    pins, stand_ins = pinned(target), course_lock.STAND_INS
    for wheel in wheels:
        assert set(target.tags) & set(parse_wheel_filename(wheel.file)[3]), wheel.file
        if (wheel.name, target.system) not in stand_ins:
            assert pins[canonicalize_name(wheel.name)] == wheel.version
    names = [wheel.name for wheel in wheels]
    assert len(names) == len(set(names))
    assert {"pandas", "pyarrow", "scipy", "jupyterlab", "anywidget"} <= set(names)
    assert "trafilatura" in names, "the lesson on saved pages reads with it"


def test_each_system_gets_what_is_its_own(plans):
    own = {"pywinpty": "Windows", "colorama": "Windows", "appnope": "macOS"}
    for target, (wheels, missing) in plans.items():
        names = {wheel.name for wheel in wheels}
        for name, system in own.items():
            assert (name in names) == target.system.startswith(system), name
        slow = target.system == "macOS x86_64"
        assert missing == (["llvmlite", "numba"] if slow else [])
        assert ("numba" in names) != slow


def test_what_is_installed_here_is_what_would_be_fetched():
    """Another resolver put this environment together; it must agree."""
    try:
        target = like_this_one()
    except MediakitError:
        pytest.skip("no wheels are put together for this system")
    for wheel in wheels_for(target, LOCK)[0]:
        try:
            assert version(wheel.name) == wheel.version, wheel.name
        except PackageNotFoundError:
            assert wheel.name in {"numba", "llvmlite"}, wheel.name


def test_another_system_is_told_which_there_are(monkeypatch):
    monkeypatch.setattr(course_lock.platform, "machine", lambda: "riscv64")
    with pytest.raises(MediakitError, match="'Linux x86_64'.*riscv64"):
        like_this_one()


def test_a_package_without_a_wheel_stops_it(tmp_path):
    text = LOCK.read_text("utf-8").replace("cp312-win_amd64.whl", "cp312-win32.whl")
    (tmp_path / "uv.lock").write_text(text, "utf-8")
    with pytest.raises(MediakitError, match="'scipy .*have no wheel for Windows"):
        wheels_for(Target("Windows x86_64", (3, 12)), tmp_path / "uv.lock")


@pytest.fixture
def usb(tmp_path, monkeypatch):
    """Write a folder for two computers without building or fetching anything."""

    def own(root, place):
        (place / "mediakit-0.1.0-py3-none-any.whl").write_bytes(b"m" * 10)
        return "mediakit-0.1.0-py3-none-any.whl"

    def fetch(target, wheels, place):
        for wheel in wheels:
            (place / wheel.file).write_bytes(b"w")

    monkeypatch.setattr(course_usb, "_own_wheel", own)
    monkeypatch.setattr(course_usb, "_fetch", fetch)
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "index.html").write_text("read me")
    targets = [TARGETS[0], TARGETS[-1]]
    write_usb(tmp_path / "usb", targets=targets, course=tmp_path / "course")
    return tmp_path / "usb"


def test_the_folder_says_its_size_and_what_was_run(usb):
    record = json.loads((usb / "usb.json").read_text("utf-8"))
    held = [p for p in usb.rglob("*") if p.is_file()]
    held = [p for p in held if p.name not in ("usb.json", "README.txt")]
    assert record["files"] == len(held)
    assert record["bytes"] == sum(path.stat().st_size for path in held)
    assert {row["state"] for row in record["targets"]} == {"resolved"}
    assert (usb / "course" / "index.html").is_file()
    assert (usb / "install.py").read_text("utf-8").startswith('"""Install mediakit')

    mark_run(usb, [TARGETS[0].name])
    record = json.loads((usb / "usb.json").read_text("utf-8"))
    assert [row["state"] for row in record["targets"]] == ["run", "resolved"]
    told = (usb / "README.txt").read_text("utf-8")
    lines = {line[:28].strip(): line.split()[-1] for line in told.splitlines() if line}
    assert lines[TARGETS[0].name] == "run"
    assert lines[TARGETS[-1].name] == "resolved"
    assert f"{record['files']:,} files" in told


def test_an_unknown_computer_cannot_have_been_run(usb):
    with pytest.raises(MediakitError, match="has no .'Amiga'"):
        mark_run(usb, ["Amiga"])


def test_a_file_that_is_not_the_locked_one_stops_it(tmp_path):
    wheel = Wheel("a", "1", "a-1-py3-none-any.whl", 3, "0" * 64)
    (tmp_path / wheel.file).write_bytes(b"bad")
    with pytest.raises(MediakitError, match="not what uv.lock says"):
        course_usb._fetch(TARGETS[0], [wheel], tmp_path)


def test_wheels_of_an_earlier_folder_are_taken_over_if_sound(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    digest = hashlib.sha256(b"good").hexdigest()
    wheels = [Wheel(name, "1", f"{name}.whl", 4, digest) for name in "abc"]
    (tmp_path / "old" / "a.whl").write_bytes(b"good")
    (tmp_path / "old" / "b.whl").write_bytes(b"cut")
    course_usb._take_over(tmp_path / "old", tmp_path / "new", wheels)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.whl"]


def test_it_needs_a_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(course_usb, "PACKAGE", tmp_path / "mediakit")
    with pytest.raises(MediakitError, match="made from a checkout"):
        write_usb(tmp_path / "usb")


@pytest.mark.parametrize("numbers", [(3, 10, 9), (3, 11, 2), (3, 14, 0)])
def test_the_installer_refuses_another_python(tmp_path, monkeypatch, capsys, numbers):
    monkeypatch.setattr(sys, "version_info", numbers)
    assert course_install.main(tmp_path / "env") == 2
    assert "3.11.5 to 3.13" in capsys.readouterr().out
    assert not (tmp_path / "env").exists()


def test_the_installer_leaves_other_folders_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert course_install.main(tmp_path) == 2
    assert "is left as it is" in capsys.readouterr().out
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_the_installer_falls_back_and_gives_the_doctors_verdict(
    tmp_path, monkeypatch, capsys
):
    asked = []

    def install(python, wanted):
        asked.append(wanted)
        return "fast" not in wanted

    class Done:
        returncode = 0

    monkeypatch.setattr(course_install, "_install", install)
    monkeypatch.setattr(course_install.venv, "create", lambda *_, **__: None)
    monkeypatch.setattr(course_install.subprocess, "run", lambda *_, **__: Done())
    assert course_install.main(tmp_path / "env") == 0
    assert asked == ["mediakit[notebooks,web,fast]", "mediakit[notebooks,web]"]
    assert "The lessons: " in capsys.readouterr().out
