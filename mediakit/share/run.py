"""Run a notebook from top to bottom in a fresh kernel."""

import os
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from mediakit.errors import MediakitError

SECONDS_PER_CELL = 600


def run_notebook(notebook, *, name: str, place: Path):
    """Execute a notebook in place and return it, or raise naming the failing cell."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(place)}},
    )
    try:
        client.execute(env={**os.environ, "PYTHONHASHSEED": "0"})
    except CellExecutionError as error:
        raise MediakitError(f"the notebook {name} stopped: {_told(error)}") from error
    return notebook


def _told(error: CellExecutionError) -> str:
    return f"{error.ename}: {error.evalue}"
