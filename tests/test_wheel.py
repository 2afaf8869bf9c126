"""The wheel, built from the sdist, works outside the repository with all it needs."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
UNWANTED = r"__pycache__|\.ipynb_checkpoints|\.tmp$|^mediakit/data/.*\.py$"


def run(*command, **options):
    """Return what a command printed; show its errors where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the sdist, and from it the wheel."""
    built = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", built, ROOT)
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel alone; it finds its dependencies where the tests have them."""
    home = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", home / "venv")
    python = home / "venv" / SCRIPTS / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel)
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"
    )
    dependencies = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    link = Path(packages.strip()) / "dependencies.pth"
    link.write_text("\n".join(sorted(dependencies)), encoding="utf-8")
    return home


def run_installed(home, program, *arguments):
    """Run a program of the fresh environment, away from the repository."""
    jupyter = Path(sysconfig.get_path("data")) / "share" / "jupyter"
    environment = {**os.environ, "JUPYTER_PATH": str(jupyter)}
    environment.pop("PYTHONPATH", None)
    command = home / "venv" / SCRIPTS / program
    return run(command, *arguments, cwd=home, env=environment)


@pytest.mark.parametrize("folder", ["data/", "notebooks/"])
def test_data_and_notebooks_travel_with_the_wheel(wheel, tracked, folder):
    wanted = {path for path in tracked if path.startswith(folder)}
    wanted = {f"mediakit/{path}" for path in wanted if not path.endswith(".py")}
    assert wanted
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_widgets_travel_with_the_wheel(wheel, tracked):
    wanted = {path for path in tracked if path.startswith("mediakit/show/widgets/")}
    assert {"common.js", "common.css"} <= {Path(path).name for path in wanted}
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if re.search(UNWANTED, name)]
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"mediakit"}


def test_the_installed_package_uses_its_own_files(installed):
    code = (
        "import mediakit.resources as r; print(r.folder('data'), r.folder('notebooks'))"
    )
    folders = run_installed(installed, "python", "-c", code).split()
    assert [Path(folder).name for folder in folders] == ["data", "notebooks"]
    for folder in folders:
        assert Path(folder).resolve().is_relative_to(installed.resolve())
        assert any(Path(folder).iterdir())


def test_the_samples_load_outside_the_repository(installed):
    for expression in ("mk.load_sample('kcna')", "mk.load_outlets()"):
        code = f"import mediakit as mk; print(len({expression}))"
        assert int(run_installed(installed, "python", "-c", code)) > 0


def test_study_lists_its_notebooks(installed):
    assert "00_start_here" in run_installed(installed, "mediakit", "study", "--list")


def test_study_runs_outside_the_repository(installed):
    run_installed(
        installed, "mediakit", "study", "--only", "00_start_here", "--out", "report"
    )
    report = installed / "report" / "index.html"
    assert "00_start_here" in report.read_text(encoding="utf-8")
