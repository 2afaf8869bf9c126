"""Run a notebook from top to bottom in a fresh kernel.

The kernel takes nothing from its user's own IPython settings.
"""

import os
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from mediakit.errors import MediakitError

SECONDS_PER_CELL = 600


class NotebookError(MediakitError):
    """A notebook could not be run to its end; `told` says why."""

    def __init__(self, name: str, error: CellExecutionError):
        self.told = error.evalue
        self.expected = error.ename == MediakitError.__name__
        super().__init__(f"the notebook {name} stopped: {error.ename}: {error.evalue}")


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
        raise NotebookError(name, error) from error
    return notebook
