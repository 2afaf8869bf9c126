"""The list of threats names tests that are there; tests of what has no other place."""

import ast
import io
import random
import re
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from load_helpers import quiet

import mediakit as mk
from mediakit.resources import PACKAGE

TESTS = Path(__file__).resolve().parent
NAMED = re.compile(r"`((?:slow/|browser/)?test_\w+\.py)(?:::(\w+))?`")
RUNS = {
    "eval",
    "exec",
    "os.system",
    "os.popen",
    "yaml.load",
    "read_pickle",
    "to_pickle",
    "unsafe_load",
}
STORES = {"pickle", "cPickle", "cloudpickle", "dill", "shelve", "marshal", "joblib"}
HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")


def test_every_line_names_a_test_that_is_there():
    page = (PACKAGE / "docs" / "threats.md").read_text("utf-8")
    named = NAMED.findall(page)
    assert len(named) > 45
    for file, test in named:
        text = (TESTS / file).read_text("utf-8")
        assert not test or f"def {test}(" in text, f"{file}::{test}"
    rows = [row for row in page.splitlines() if row.startswith("| ")]
    heads = [row for row in rows if row.endswith("| held by |")]
    assert all(NAMED.search(row) for row in rows if row not in heads)


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield {ast.unparse(node.func), getattr(node.func, "attr", "")}, node


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name
)
def test_the_source_holds_none_of_what_runs_texts(path):
    tree = ast.parse(path.read_text("utf-8"))
    for names, node in calls(tree):
        assert not names & RUNS, f"line {node.lineno}"
        shell = [word for word in node.keywords if word.arg == "shell"]
        assert not shell, f"line {node.lineno}: a shell"
    assert not {name.partition(".")[0] for name in imports(tree)} & STORES


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "show").rglob("*.js")), ids=lambda path: path.name
)
def test_no_widget_turns_text_into_html(path):
    assert not HTML.search(path.read_text("utf-8"))


def laughs(text, place):
    """Put a billion laughs before the first element, and one of them in a place."""
    names = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">'
        for n in range(10)
    )
    head, end, rest = text.rpartition("?>")
    return f"{head}{end}<!DOCTYPE x [{names}]>{rest.replace(place, '&a9;', 1)}"


def test_a_billion_laughs_in_a_workbook_end_at_once(tmp_path):
    sound = io.BytesIO()
    pd.DataFrame({"text": ["war", "now"], "outlet": "A"}).to_excel(sound, index=False)
    book = zipfile.ZipFile(sound)
    parts = {name: book.read(name).decode() for name in book.namelist()}
    for spoiled in [name for name in parts if name.endswith(".xml")]:
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
            for name, text in parts.items():
                made.writestr(name, laughs(text, "war") if name == spoiled else text)
        began = time.process_time()
        with quiet():
            try:
                lengths = mk.read_articles(tmp_path / "a.xlsx")["text"].str.len()
                assert lengths.max() < 1000
            except mk.MediakitError:
                pass
        assert time.process_time() - began < 20


YAML = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}' if before else 'lol'] * 9)}]\n"
    for before, name in zip(" abcdefgh".replace(" ", "\0"), "abcdefghi", strict=True)
).replace("*\0", "lol")


def test_aliases_that_multiply_are_refused(tmp_path):
    (tmp_path / "d.yaml").write_text(YAML)
    for read in (mk.read_dictionary, mk.read_codebook):
        with pytest.raises(mk.MediakitError):
            read(tmp_path / "d.yaml")


@pytest.mark.parametrize(
    "pattern", ["/(a+)+$/", "/(a|a)*b/", "/(.*)*x/", "/(a?){99}a{99}/", "*a*a*a*a*a*b"]
)
def test_no_pattern_of_a_user_can_hang(pattern):
    texts = pd.DataFrame({"text": ["a" * 5000 + "c war"] * 3, "outlet": "A"})
    corpus, began = mk.tokenize(mk.read_articles(texts)), time.process_time()
    mk.find_passages(corpus, pattern)
    assert time.process_time() - began < 20


def test_nothing_that_is_shared_tells_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIACLOUD_API_KEY", "K3Yof0urs")
    home, shared = tmp_path / "home of Ada", tmp_path / "shared"
    home.mkdir()
    words, draw = [f"w{number}" for number in range(200)], random.Random(1)
    rows = [" ".join(draw.choices(words, k=90)) for _ in range(60)]
    table = pd.DataFrame({"text": rows, "outlet": ["A", "B"] * 30, "title": "T"})
    table.to_csv(home / "a.csv", index=False)
    articles = mk.read_articles(home / "a.csv")
    corpus = mk.tokenize(home / "a.csv", folder=home / "corpus")
    corpus.save(shared / "corpus")
    measure = mk.count_terms(mk.open_corpus(shared / "corpus"))
    measure.save(shared / "measure")
    compared = mk.compare(measure, by="outlet", a="A", b="B")
    mk.save_table(compared, shared / "a.csv")
    mk.derive(corpus, shared / "news", measures=[measure], tables={"a": compared})
    mk.show_audit(mk.audit_articles(articles)).save(shared / "audit.html")
    files = [path for path in shared.rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        for secret in (b"home of Ada", b"K3Yof0urs", str(tmp_path).encode()):
            assert secret not in path.read_bytes(), path.name
