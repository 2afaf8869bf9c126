"""The command: plain words for whatever goes wrong, and exit code 2."""

import builtins
import sys
import warnings

import pytest

import mediakit
from mediakit import cli, kernels
from mediakit.errors import MediakitWarning
from mediakit.resources import folder
from mediakit.share import study
from mediakit.share.editions import notebook_paths, studies

KEPT = folder("data") / "derived" / "democracy"


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Catch what the command asks for, instead of running it."""
    calls = []

    def run_study(names, *, out, own):
        calls.append((names, out, own))
        return tmp_path / "report" / "index.html"

    monkeypatch.setattr(study, "run_study", run_study)
    return calls


def test_version(run):
    assert run("version") == (0, f"mediakit {mediakit.__version__}\n", "")


def test_the_list_names_notebooks_with_questions_and_studies(run):
    code, out, _ = run("study", "--list")
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == len(notebook_paths()) + len(studies())
    assert all(line.partition(": ")[2] for line in lines)
    assert {"key_words", "keyword_trends"} <= {line.partition(":")[0] for line in lines}


def test_without_articles_the_samples_are_run(run, asked, tmp_path):
    code, out, _ = run("study", "--only", "50_when", "--only", "key_words")
    assert code == 0
    assert str(tmp_path / "report" / "index.html") in out
    ((names, out, own),) = asked
    assert (names, out.name, own) == (["50_when", "key_words"], "study-report", None)


def test_own_articles_with_all_choices(run, asked):
    code, *_ = run(
        *("study", "--articles", "a.csv", "--by", "section", "--a", "x", "--b", "y"),
        *("--words", " tax*, human rights ,", "--out", "there"),
        *("--column", "Headline=title", "--column", "a=b=text"),
    )
    assert code == 0
    ((_, out, own),) = asked
    assert out.name == "there"
    assert (own.path, own.by, own.a, own.b) == ("a.csv", "section", "x", "y")
    assert own.words == ("tax*", "human rights")
    assert own.columns == {"Headline": "title", "a=b": "text"}


@pytest.mark.parametrize("source", ["democracy", KEPT])
def test_audit_takes_a_corpus_that_holds_no_texts(run, tmp_path, source):
    page = tmp_path / "audit.html"
    code, out, _ = run("audit", str(source), "--out", str(page))
    assert code == 1
    assert "3,644 articles of 2 outlets" in out
    assert "needs the texts" in page.read_text(encoding="utf-8")
    code, _, err = run("audit", str(source), "--column", "Headline=title")
    assert code == 2
    assert "is a corpus already" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "nothing"], "no notebook or study 'nothing'"),
        (["--articles", "missing.csv"], "no file or folder 'missing.csv'"),
        (["--words", "tax"], "need --articles"),
        (["--articles", "a.csv", "--column", "title"], "'Headline=title', got 'title'"),
        (["--articles", "a.csv", "--only", "00_start_here"], "lessons about the"),
    ],
)
def test_mistakes_are_one_plain_sentence(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("study", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("mediakit: ")
    assert said in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir()), "nothing half-made is left"


def test_a_folder_of_other_things_is_not_overwritten(run, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    code, _, err = run("study", "--out", tmp_path)
    assert code == 2
    assert "was not saved by mediakit" in err
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_named(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = run("study", "--out", tmp_path / "file" / "report")
    assert code == 2
    assert err.startswith("mediakit: ")
    assert str(tmp_path / "file") in err


def test_without_jupyter_it_says_what_to_install(run, monkeypatch):
    imports = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == "nbformat":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imports(name, *rest)

    for name in [n for n in sys.modules if n.startswith("mediakit.share.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    code, _, err = run("study", "--list")
    assert code == 2
    assert "mediakit[notebooks]" in err


def test_other_missing_modules_are_faults_and_not_hidden(monkeypatch):
    def fail():
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    with pytest.raises(ModuleNotFoundError):
        cli.main()


def test_only_warnings_of_mediakit_reach_the_user(capsys):
    cli._warn(MediakitWarning("3 rows lost."), MediakitWarning, "f.py", 1)
    cli._warn(DeprecationWarning("old"), DeprecationWarning, "f.py", 1)
    assert capsys.readouterr().err == "Note: 3 rows lost.\n"


def test_loops_are_compiled_at_once_and_small_corpora_still_wait_for_none(run):
    before = kernels.PAYS_FROM
    code, out, _ = run("warm")
    assert code == 0
    assert "they are kept" in out if kernels.COMPILED else "Nothing to compile" in out
    assert before == kernels.PAYS_FROM


@pytest.mark.skipif(not kernels.COMPILED, reason="numba is not installed")
def test_loops_that_cannot_be_kept_are_not_said_to_be(run, monkeypatch):
    monkeypatch.setattr("mediakit.share.warm.compile_loops", lambda: 18.0)
    monkeypatch.setattr(kernels, "NOT_KEPT", ["count"])
    code, out, _ = run("warm")
    assert (code, "they are kept" in out) == (0, False)
    assert "Set NUMBA_CACHE_DIR to a folder of yours" in " ".join(out.split())


@pytest.mark.skipif(not kernels.COMPILED, reason="numba is not installed")
def test_a_loop_without_a_folder_is_compiled_and_noted(monkeypatch):
    def njit(cache=False, **_):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda loop: loop

    monkeypatch.setattr(kernels, "NOT_KEPT", [])
    monkeypatch.setattr(kernels.numba, "njit", njit)
    assert kernels.compiled(len) is len
    assert kernels.NOT_KEPT == ["len"]
