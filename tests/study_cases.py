"""Small studies for tests: articles of few words, short notebooks, no kernel."""

import ast
import os
import random

import nbformat
import pandas as pd

from mediakit.share.run import NotebookError

WORDS = ["ferry", "bridge", "council", "school", "harbour", "tax", "minister"]
CODE = """table = mk.compare(mk.count_patterns(corpus, words), by=by, a=a, b=b)
mk.show_table(table, name="chosen words")"""


def write_articles(path, size=40):
    rng = random.Random(1)
    days = pd.date_range("2024-01-01", periods=size, freq="D").strftime("%Y-%m-%d")
    frame = pd.DataFrame(
        {
            "outlet": ["West", "East"] * (size // 2),
            "title": [f"Line {number}" for number in range(size)],
            "published": days,
            "text": [" ".join(rng.choices(WORDS, k=60 + n)) for n in range(size)],
        }
    )
    frame.to_csv(path, index=False)


def write_notebook(path, code):
    opening = nbformat.v4.new_code_cell("mk.open_study('..')")
    opening.metadata["tags"] = ["sample"]
    cells = [
        nbformat.v4.new_markdown_cell("# Short"),
        nbformat.v4.new_code_cell("import mediakit as mk"),
        opening,
        nbformat.v4.new_code_cell(code),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def run_here(notebook, *, name, place):
    """Run the cells in this process: a kernel takes seconds to start."""
    names, cwd = {}, os.getcwd()
    os.chdir(place)
    try:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                *steps, last = ast.parse(cell.source).body
                exec(compile(ast.Module(steps, []), name, "exec"), names)
                if not isinstance(last, ast.Expr):
                    exec(compile(ast.Module([last], []), name, "exec"), names)
                    continue
                shown = eval(compile(ast.Expression(last.value), name, "eval"), names)
                data = shown._repr_mimebundle_()
                output = nbformat.v4.new_output("display_data", data=data)
                cell.outputs.append(output)
    except ZeroDivisionError as error:
        failed = NotebookError.__new__(NotebookError)
        failed.expected = False
        failed.args = (f"the notebook {name} stopped at `1 / 0`: {error}",)
        raise failed from error
    finally:
        os.chdir(cwd)
    return notebook
