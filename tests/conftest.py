"""What all tests share: no windows, closed figures, the same random cases each run."""

from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

mpl.use("Agg")
mpl.rcParams["figure.max_open_warning"] = 0  # doctests leave their figures open

settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")


@pytest.fixture(scope="session")
def shared():
    """Return the folder of real data beside the repository, or skip."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the real data (../shared) is not on this machine")
    return folder


@pytest.fixture(autouse=True)
def closed_figures():
    """Close after each test what it drew."""
    yield
    import matplotlib.pyplot as plt

    plt.close("all")
