"""The rules of the house as failures: imports, names, docstrings, files, notebooks."""

import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mediakit
from mediakit.share.editions import LEFT_OUT

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mediakit"
ROOMS = ["load", "text", "clean", "measure", "infer", "show", "share", "cli"]
GROUND = set("errors schema progress resources folders arrow_files".split())
GROUND |= {"workers", "dask_workers", "kernels", "formulas"}
GROUND |= {"making", "remote", "scratch", "spreadsheets"}
MODULES = sorted(PACKAGE.rglob("*.py"))
INSIDE = [path for path in MODULES if path != PACKAGE / "__init__.py"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCES = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
SOURCES += sorted((ROOT / "benchmarks").rglob("*.py"))

FIRST_PARAMETER = {  # the verb fixes it
    "read": {"path"},
    "fetch": {"addresses"},
    "open": {"folder"},
    "load": {"name", None},
    **dict.fromkeys(["clean", "keep", "label", "account"], {"articles"}),
    "audit": {"articles", "corpus"},
    "tokenize": {"source"},
    "draw": {"source"},
    "cleaning": {"articles"},
    **dict.fromkeys(["mark", "find", "count", "score", "derive"], {"corpus"}),
    "replicate": {"corpus"},
    "as": {"frame"},
    **dict.fromkeys(["summarise", "compare", "trend"], {"measure"}),
    **dict.fromkeys(["keyness", "placebo", "power"], {"measure"}),
    "decompose": {"measure"},
    **dict.fromkeys(["associate", "dispersion"], {"measure"}),
    "validate": {"measure"},
    **dict.fromkeys(["change", "bursts", "calendar", "lead", "diverging"], {"measure"}),
    "adjust": {"comparison"},
    **dict.fromkeys(["compare", "explain"], {"measure", "corpus"}),
    "suggest": {"corpus"},
    "agreement": {"codes"},
    "list": {"codes"},
    "gather": {"folder"},
    **dict.fromkeys(["second", "multiverse"], {"measure"}),
    "in": {"table"},
    "methods": {"table"},
    "use": {"workers"},
    "figure": {"size"},
    "check": {"answer"},
    "describe": {"shown"},
    "verify": {"folder"},
    "match": {"articles"},
    "search": {"query"},
}
NAMED_AFTER_INPUT = {"plot", "show", "save"}  # plot_trend(trend)
SECOND_PARAMETER = {  # the few functions that may be given two by position
    "count_patterns": ["patterns"],
    "check_answer": ["right"],
    "count_dictionary": ["dictionary"],
    "count_naming": ["concepts"],
    "suggest_labels": ["labels"],
    "mark_patterns": ["patterns"],
    "mark_about": ["actors"],
    "score_toward": ["actors"],
    "score_labels": ["pipeline"],
    "find_toward": ["actors"],
    "count_collocates": ["node"],
    "find_passages": ["pattern"],
    "find_similar": ["article"],
    "derive": ["folder"],
    "match_texts": ["folder"],
    "replicate": ["folder"],
    "keep_about": ["pattern"],
    "score_axis": ["poles"],
    "validate": ["codes"],
    "validate_tones": ["codes"],
    "second_look": ["item"],
    "multiverse": ["item"],
    "save_coding": ["path"],
    "save_table": ["path"],
    "save_figure": ["path"],
}
HEAVY = {"pandas", "scipy", "matplotlib", "nltk", "textblob", "numba", "pyarrow"}
MAY_PRINT = set((PACKAGE / "cli").glob("*.py"))
TAGS = set().union(*LEFT_OUT.values())
FILE_LINES, FUNCTION_LINES, MOST_PARAMETERS = 250, 60, 8

FUNCTIONS = [name for name in mediakit.__all__ if name[0].islower()]


def name_of(path):
    return str(path.relative_to(ROOT))


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
each_source = pytest.mark.parametrize("path", SOURCES, ids=name_of)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
each_function = pytest.mark.parametrize("name", FUNCTIONS)


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def only_for_annotations(tree):
    """Return the nodes that a type checker reads and Python never runs."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    unrun = [b for b in blocks if getattr(b.test, "id", None) == "TYPE_CHECKING"]
    return {node for block in unrun for node in ast.walk(block)}


def imported(path):
    """Return the dotted names that a file imports, wherever in it."""
    names = []
    tree = parse(path)
    for node in set(ast.walk(tree)) - only_for_annotations(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", INSIDE, ids=name_of)
def test_rooms_import_only_from_rooms_before_them(path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert room in {*GROUND, *ROOMS}, f"{room!r} is neither a room nor the ground"
    before = [] if room in GROUND else ROOMS[: ROOMS.index(room) + 1]
    allowed = {*GROUND, *before, *(["__init__"] if room == "cli" else [])}
    for name in imported(path):
        package, _, rest = name.partition(".")
        if package == "mediakit":
            assert (rest or "__init__").split(".")[0] in allowed, name


def test_formulas_know_no_pandas():
    for path in (PACKAGE / "formulas").glob("*.py"):
        used = {name.split(".")[0] for name in imported(path)}
        assert "pandas" not in used, path.name


def test_import_is_light():
    code = "import sys, mediakit; print(*{name.split('.')[0] for name in sys.modules})"
    run = [sys.executable, "-c", code]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True)
    assert not HEAVY & set(loaded.stdout.split())


def test_public_names_are_there():
    assert len(set(mediakit.__all__)) == len(mediakit.__all__)
    assert set(mediakit.__all__) <= set(dir(mediakit))
    assert all(hasattr(mediakit, name) for name in mediakit.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        mediakit.no_such_name  # noqa: B018


@each_function
def test_the_verb_tells_the_input(name):
    verb = name.partition("_")[0]
    parameters = inspect.signature(getattr(mediakit, name)).parameters
    by_position = [p.name for p in parameters.values() if p.kind != p.KEYWORD_ONLY]
    first, *others = by_position or [None]
    if name == "show_glossary":  # of which one asks for a word
        assert first == "word"
    elif verb in NAMED_AFTER_INPUT:
        assert name == f"{verb}_{first}"
    else:
        assert verb in FIRST_PARAMETER, "a new verb: say there what it takes"
        assert first in FIRST_PARAMETER[verb]
    advice = "give it by keyword, or put it into SECOND_PARAMETER"
    assert others == SECOND_PARAMETER.get(name, []), advice
    assert len(parameters) <= MOST_PARAMETERS


@each_function
def test_docstrings_have_their_sections(name):
    function = getattr(mediakit, name)
    text = inspect.getdoc(function)
    sections = re.findall(r"^(\w+)\n-{3,}$", text, flags=re.MULTILINE)
    signature = inspect.signature(function)
    assert "Examples" in sections
    assert signature.return_annotation is not signature.empty
    assert ("Returns" in sections) == (signature.return_annotation is not None)
    for parameter in signature.parameters:
        line = rf"^(\w+, )*{parameter}(, \w+)*( : .+)?$"
        assert re.search(line, text, flags=re.MULTILINE), f"{parameter} is missing"


@each_source
def test_files_stay_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES, "split it"


@each_module
def test_functions_fit_a_screen(path):
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= FUNCTION_LINES, node.name


@each_module
def test_nothing_is_printed_evaluated_pickled_or_downloaded(path):
    forbidden = {"eval", "exec", "download"}
    if path not in MAY_PRINT:
        forbidden.add("print")
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", None))
            assert called not in forbidden, f"line {node.lineno}: {called}()"
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            assert node.value.value is False
    assert "pickle" not in {name.split(".")[0] for name in imported(path)}


def test_no_file_names_a_folder_of_some_machine(tracked):
    folder = re.compile(rb"(?<![\w.-])(/(work|root|home|Users)/\w|[A-Z]:\\Users)")
    texts = {path: ROOT / path for path in tracked if (ROOT / path).is_file()}
    found = {path: folder.search(file.read_bytes()) for path, file in texts.items()}
    assert not {path: match[0] for path, match in found.items() if match}


@each_notebook
def test_notebooks_are_stored_without_results(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@each_notebook
def test_notebooks_use_only_known_tags(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert set(cell["metadata"].get("tags", [])) <= TAGS
