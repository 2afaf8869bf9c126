"""One JupyterLab and one browser for all tests in a file that use `lab`."""

import pytest


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
