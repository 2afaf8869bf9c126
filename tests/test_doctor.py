"""The doctor finds what is broken, says it plainly, and never breaks itself."""

import base64
import hashlib
import json
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mediakit.cli import app
from mediakit.share import doctor, doctor_checks, doctor_machine
from mediakit.share.doctor import NOTE, OK, PROBLEM, Finding

HERE = Path(".")


def states(findings):
    return {one.check: one.state for one in findings}


def test_a_sound_installation_has_no_problem(tmp_path):
    findings = doctor.examine(tmp_path)
    broken = [one for one in findings if one.state == PROBLEM]
    assert not broken
    assert {"Python", "packages", "data files", "a count", "disk"} <= set(
        states(findings)
    )
    assert all(one.do for one in findings if one.state == PROBLEM)


def test_every_finding_that_is_not_well_says_what_to_do():
    findings = [Finding("disk", PROBLEM, "none", "Make room."), Finding("a", OK, "x")]
    said = doctor.told(findings)
    assert "PROBLEM disk: none\n        -> Make room." in said
    assert doctor.verdict(findings) == (1, doctor.BROKEN)
    assert doctor.verdict(findings[1:]) == (0, doctor.ALL_WELL)
    assert doctor.verdict([Finding("b", NOTE, "y")])[0] == 0
    read = json.loads(doctor.told(findings, as_json=True))
    assert read["problems"] is True
    assert read["rows"][0]["do"] == "Make room."


def test_a_check_that_fails_is_a_finding(monkeypatch):
    def one_sum(_folder):
        raise ImportError("DLL load failed")

    monkeypatch.setattr(doctor_checks, "CHECKS", [one_sum])
    (found,) = doctor.examine()
    assert (found.check, found.state) == ("one sum", PROBLEM)
    assert "DLL load failed" in found.said
    assert found.do


@pytest.mark.parametrize("numbers", [(3, 10), (3, 14)])
def test_another_python_is_a_problem(monkeypatch, numbers):
    monkeypatch.setattr(sys, "version_info", (*numbers, 0, "final", 0))
    found = next(doctor_checks.python(HERE))
    assert found.state == PROBLEM
    assert "3.11, 3.12 or 3.13" in found.do


def test_missing_and_old_packages_are_named(monkeypatch):
    known = doctor_checks._installed
    fake = {"ftfy": None, "pandas": "2.2.0"}
    monkeypatch.setattr(
        doctor_checks, "_installed", lambda name: fake.get(name, known(name))
    )
    found, versions = doctor_checks.packages(HERE)
    assert found.state == PROBLEM
    assert "ftfy" in found.said
    assert "pandas 2.2.0 (needed: >=3.0)" in found.said
    assert '"pandas>=3.0"' in found.do
    assert versions.state == NOTE
    assert "pandas 2.2.0 (tested: " in versions.said


def test_a_missing_extra_is_a_note_and_says_what_it_is_for(monkeypatch):
    monkeypatch.setattr(doctor_checks, "_installed", lambda name: None)
    found = states(doctor_checks.extras(HERE))
    assert found["extra notebooks"] == NOTE
    assert found["other extras"] == OK


def test_a_kernel_of_another_python_is_a_problem(monkeypatch):
    manager = pytest.importorskip("jupyter_client.kernelspec").KernelSpecManager
    spec = namedtuple("spec", "argv")([str(Path("/opt") / "other" / "python")])
    monkeypatch.setattr(manager, "get_kernel_spec", lambda self, name: spec)
    assert doctor_checks._kernel().state == PROBLEM


def test_no_lab_is_a_note(monkeypatch):
    monkeypatch.setattr(doctor_checks, "find_spec", lambda name: None)
    (found,) = doctor_checks.jupyter(HERE)
    assert found.state == NOTE
    assert "command line" in found.said


def test_a_changed_file_of_the_wheel_is_found(monkeypatch, tmp_path):
    (tmp_path / "mediakit").mkdir()
    for name, content in {"a": b"as it came", "b": b"changed"}.items():
        (tmp_path / "mediakit" / name).write_bytes(content)
    digest = hashlib.sha256(b"as it came").digest()
    coded = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    lines = [f"mediakit/{name},sha256={coded},10" for name in "abc"]

    class Installed:
        def read_text(self, name):
            return "\n".join([*lines, "mediakit-1.dist-info/RECORD,,"])

        def locate_file(self, name):
            return tmp_path / name

    monkeypatch.setattr(doctor_machine, "distribution", lambda name: Installed())
    assert doctor_machine._recorded() == (3, ["mediakit/b", "mediakit/c"])
    monkeypatch.setattr(doctor_machine, "_sealed", lambda: (4, []))
    (found,) = doctor_machine.files(HERE)
    assert found.state == PROBLEM
    assert "mediakit/b was changed or is missing" in found.said


def test_a_wrong_count_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor_machine, "KNOWN", {"China Daily": 1})
    (found,) = doctor_machine.a_count(HERE)
    assert found.state == PROBLEM
    assert "285" in found.said


def test_a_folder_one_may_not_write_in_is_a_problem(tmp_path):
    found = states(doctor_machine.writing(tmp_path / "nowhere"))
    assert found == {"writing, this folder": PROBLEM, "writing, temporary files": OK}


def test_little_room_is_said(monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")(10, 9, 1)
    monkeypatch.setattr(doctor_machine.shutil, "disk_usage", lambda place: usage)
    monkeypatch.setattr(doctor_machine, "_memory", lambda: doctor_machine.GB)
    found = states(doctor_machine.room(tmp_path))
    assert found == {"memory": NOTE, "disk": PROBLEM}


def test_memory_is_measured():
    assert doctor_machine._memory() > doctor_machine.GB / 4


def test_no_browser_is_fine(monkeypatch):
    def get():
        raise doctor_machine.webbrowser.Error("none")

    monkeypatch.setattr(doctor_machine.webbrowser, "get", get)
    (found,) = doctor_machine.browser(HERE)
    assert found.state == OK
    assert "fine" in found.said


def test_the_command_prints_and_exits_as_found(monkeypatch):
    for state, code in ((OK, 0), (NOTE, 0), (PROBLEM, 1)):
        monkeypatch.setattr(
            doctor_checks, "CHECKS", [lambda _, s=state: [Finding("x", s, "y", "z")]]
        )
        done = CliRunner().invoke(app, ["doctor"])
        assert done.exit_code == code
        assert " x: y" in done.stdout


def test_it_starts_where_pandas_does_not():
    code = (
        "import sys; sys.modules['pandas'] = None; "
        "from mediakit.share.doctor import main; raise SystemExit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "PROBLEM a count: could not be checked: ModuleNotFoundError" in done.stdout
    assert "Traceback" not in done.stderr
