"""Run a notebook from top to bottom in a fresh kernel.

The kernel takes nothing from its user's own IPython settings.
"""

import os
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert.filters import strip_ansi

from mediakit.errors import MediakitError

SECONDS_PER_CELL = 600
ARROW = "-> "


class NotebookError(MediakitError):
    """A notebook could not be run to its end.

    `told` is the error's own message; `expected` says whether it is one of mediakit's,
    about its input, and not a fault of the notebook.
    """

    def __init__(self, name: str, error: CellExecutionError, line: str):
        self.told = error.evalue
        self.expected = error.ename == MediakitError.__name__
        message = ": ".join(filter(None, [error.ename, error.evalue]))
        super().__init__(f"the notebook {name} stopped at `{line}`: {message}")


def run_notebook(notebook, *, name: str, place: Path):
    """Execute a notebook in place and return it, or raise `NotebookError`."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(place)}},
    )
    clean = {"IPYTHONDIR": str(place / "ipython"), "PYTHONHASHSEED": "0"}
    try:
        client.execute(env=os.environ | clean)
    except CellExecutionError as error:
        raise NotebookError(name, error, failed_line(notebook)) from error
    return notebook


def failed(cell) -> bool:
    """Return whether a cell raised."""
    return any(one.output_type == "error" for one in cell.get("outputs", []))


def failed_line(notebook) -> str:
    """Return the line of the notebook that raised."""
    cell = next(cell for cell in notebook.cells if failed(cell))
    traceback = strip_ansi("\n".join(cell.outputs[-1].traceback))
    marked = (line for line in traceback.splitlines() if ARROW in line)
    line = next(marked, cell.source)
    return line.partition(ARROW)[2].lstrip(" 0123456789") or line
