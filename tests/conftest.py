"""What all tests share: no windows, closed figures, the same random cases each run."""

import subprocess
import sys
import warnings
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

mpl.use("Agg")
mpl.rcParams["figure.max_open_warning"] = 0  # doctests leave their figures open

settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared():
    """Return the folder of real data beside the repository, or skip."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real data (../shared) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def tracked():
    """Return the paths of all files under version control, or skip."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.decode().split("\0")[:-1]


@pytest.fixture(scope="module")
def client():
    """Return a Dask client whose two workers are threads of this process."""
    distributed = pytest.importorskip(
        "distributed", reason="distributed (the extra `scale`) is missing"
    )
    options = {"processes": False, "n_workers": 2, "threads_per_worker": 1}
    with (
        distributed.LocalCluster(**options, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(autouse=True)
def closed_figures():
    """Close after each test what it drew."""
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


@pytest.fixture(scope="session")
def lab():
    """Start JupyterLab and a browser, or skip where one of them is missing."""
    for name in ("jupyterlab", "anywidget", "websocket", "nbformat"):
        pytest.importorskip(name, reason=f"{name} (extra `notebooks`) is missing")
    from chrome import executable

    if not executable():
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    from lab import Lab

    running = Lab()
    yield running
    running.close()


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command; return exit code, output and errors."""
    from mediakit import cli

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["mediakit", *map(str, arguments)])
        show = warnings.showwarning
        with pytest.raises(SystemExit) as left:
            cli.main()
        warnings.showwarning = show
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return run
