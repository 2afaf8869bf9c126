"""Notebooks in fresh kernels: what is executed, and what is said when one stops."""

import nbformat
import pytest

from mediakit.share.run import NotebookError, run_notebook


def stopping(kind):
    cells = [
        nbformat.v4.new_code_cell("from mediakit.errors import MediakitError"),
        nbformat.v4.new_code_cell(f"value = 1\nraise {kind}('no dates')"),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize("kind", ["MediakitError", "KeyError"])
def test_a_notebook_that_stops_names_the_line(kind, tmp_path):
    with pytest.raises(NotebookError, match=rf"x stopped at `raise {kind}\(") as caught:
        run_notebook(stopping(kind), name="x", place=tmp_path)
    assert caught.value.expected == (kind == "MediakitError")
    assert "no dates" in caught.value.told


def test_cells_run_in_order_in_the_place_given(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "missing.py")
    cells = ["import os", "print(os.getcwd())", "print(os.environ['IPYTHONDIR'])"]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells]
    )
    run = run_notebook(notebook, name="x", place=tmp_path)
    assert run is notebook
    said = [cell.outputs[0].text.strip() for cell in run.cells[1:]]
    assert said == [str(tmp_path), str(tmp_path / "ipython")]
