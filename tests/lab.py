"""JupyterLab on this machine, with notebooks written for a test and nothing else."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
from chrome import STARTS, Browser, Tab, until

TOKEN = "only-for-this-test"
PLACES = ("CONFIG", "DATA", "RUNTIME")
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    f"--IdentityProvider.token={TOKEN}",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.expose_app_in_browser=True",
)
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False}
# A run asked for before the kernel is connected and idle stops after the first cell.
BOOK = "[...window.jupyterapp.shell.widgets('main')].find(one => one.sessionContext)"
READY = f"""(() => {{
  if (!window.jupyterapp) return false;
  const kernel = ({BOOK})?.sessionContext.session?.kernel;
  return kernel?.connectionStatus === "connected" && kernel.status === "idle";
}})()"""
CELLS = f"[...({BOOK}).content.widgets]"
CODE = f"{CELLS}.filter(cell => cell.model.type === 'code')"
RAN = f"{READY} && {CODE}.every(cell => cell.model.executionCount)"


class Lab:
    """A server, and a browser that opens its notebooks."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        home = Path(self.folder.name)
        self.notebooks = home / "notebooks"
        self.notebooks.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.log = open(home / "lab.log", "w", encoding="utf-8")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *OPTIONS]
            + [f"--ServerApp.port={self.address.rpartition(':')[2]}"]
            + [f"--ServerApp.root_dir={self.notebooks}"],
            env=_environment(home),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.browser = Browser()
        until(self._answers, STARTS, (home / "lab.log").read_text(encoding="utf-8"))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"{self.address}/api/status?token={TOKEN}", timeout=2
            ):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def open(self, name: str, cells: list[str]) -> Tab:
        """Write a notebook, open it in a tab of its own and run all cells."""
        book = nbformat.v4.new_notebook()
        book.cells = [nbformat.v4.new_code_cell(source) for source in cells]
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        return self.show(name, book, 2 * STARTS)

    def show(self, name: str, book: nbformat.NotebookNode, seconds: float) -> Tab:
        """Open a notebook in a tab of its own and run all cells."""
        nbformat.write(book, self.notebooks / f"{name}.ipynb")
        tab = self.browser.page()
        tab.go(f"{self.address}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}")
        tab.wait(READY, STARTS)
        run_all(tab, seconds)
        return tab

    def close(self) -> None:
        self.browser.close()
        self.server.terminate()
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.log.close()
        self.folder.cleanup()


def run_all(tab: Tab, seconds: float = 2 * STARTS) -> None:
    """Run all cells from the top and wait until the kernel has done them."""
    command(tab, "notebook:run-all-cells")
    tab.wait(RAN, seconds)


def outputs(tab: Tab) -> list[dict]:
    """Return all that the cells gave, as a notebook holds it."""
    return tab.ask(f"{CODE}.flatMap(cell => cell.model.outputs.toJSON())")


def scroll(tab: Tab, cell: int) -> None:
    """Bring a cell into view: JupyterLab draws no others."""
    tab.ask(f"({BOOK}).content.activeCellIndex = {cell}")
    tab.ask(f"({BOOK}).content.scrollToItem({cell}, 'start').then(() => 1)")


def run_cell(tab: Tab, cell: int) -> None:
    """Run one cell again and wait until the kernel has done it."""
    tab.ask(f"({BOOK}).content.activeCellIndex = {cell}")
    command(tab, "notebook:run-cell")
    tab.wait(READY)


def command(tab: Tab, name: str) -> None:
    """Carry out a command of JupyterLab."""
    tab.ask(f"window.jupyterapp.commands.execute({json.dumps(name)}).then(() => 1)")


def output(tab: Tab, cell: int) -> str:
    """Return the text of the outputs of a cell."""
    return tab.ask(f"{CELLS}[{cell}].outputArea.node.innerText")


def _environment(home: Path) -> dict[str, str]:
    places = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in PLACES}
    settings, spaces = home / "settings", home / "workspaces"
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(settings)}
    places |= {"JUPYTERLAB_WORKSPACES_DIR": str(spaces)}
    news = settings / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    path = news / "notification.jupyterlab-settings"
    path.write_text(json.dumps(NO_NEWS), encoding="utf-8")
    return {**os.environ, **places, "IPYTHONDIR": str(home / "ipython")}
