"""A study of one's own: laid out, run, cut short, run again, derived, verified."""

import json
import shutil

import nbformat
import pandas as pd
import pytest
from page import check_page
from study_cases import CODE, run_here, write_articles, write_notebook

import mediakit as mk
from mediakit.share import cache
from mediakit.share.diff import diff_runs
from mediakit.share.editions import notebook_paths, read_notebook, studies
from mediakit.share.folder import read_study, run_folder
from mediakit.share.new import new_study
from mediakit.share.study_derived import derive_study


@pytest.fixture(scope="module", autouse=True)
def quickly():
    """Run notebooks here, and let nobody change mediakit in between."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "code_digest", lambda: "code")
        patch.setattr(cache, "run_notebook", run_here)
        yield


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A study of two short notebooks, run once; return its folder."""
    folder = tmp_path_factory.mktemp("studies") / "ferries"
    new_study(folder)
    write_articles(folder / "data" / "articles.csv")
    said = (folder / "study.yaml").read_text("utf-8")
    said += "words: ['tax', 'tax ferry']\n"
    (folder / "study.yaml").write_text(said.replace("clean: true", "clean: false"))
    for path in (folder / "notebooks").glob("*"):
        path.unlink()
    write_notebook(folder / "notebooks" / "1_chosen.ipynb", CODE)
    trend = 'mk.show_table(mk.trend(mk.count_terms(corpus), items="tax"), name="taxes")'
    write_notebook(folder / "notebooks" / "2_when.ipynb", trend)
    _, names = run_folder(folder)
    assert names == ["1_chosen", "2_when"]
    return folder


@pytest.fixture
def study(ran, tmp_path):
    return shutil.copytree(ran, tmp_path / "ferries")


def test_a_new_study_has_forms_and_notebooks_that_open_it(tmp_path):
    files = new_study(tmp_path / "ferries")
    assert {"README.md", "study.yaml", "codebook.md", "preregistration.md"} <= set(
        files
    )
    assert [f"notebooks/{name}.ipynb" for name in studies().values()] == [
        file for file in files if file.startswith("notebooks")
    ]
    assert (tmp_path / "ferries" / "data").is_dir()
    assert "# ferries" in (tmp_path / "ferries" / "README.md").read_text("utf-8")
    own, said = read_study(tmp_path / "ferries")
    assert (own.by, own.a, own.words, own.clean) == ("outlet", None, (), True)
    for path in (tmp_path / "ferries" / "notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert sum("mk.open_study" in cell.source for cell in cells) == 1
        assert not any("load_sample" in cell.source for cell in cells)
    with pytest.raises(mk.MediakitError, match="exists already"):
        new_study(tmp_path / "ferries")


def test_the_report_is_whole_with_tables_word_methods_and_levels(ran):
    report = ran / "report"
    page = check_page((report / "index.html").read_text("utf-8"))
    said = " ".join("".join(page.text).split())
    sections = [one for one in page.ids if not one.startswith("word-")]
    assert sections == [
        *("articles", "1_chosen", "2_when", "methods", "check", "words", "provenance")
    ]
    assert "We measured patterns" in said
    assert "mediakit verify FOLDER --articles TEXTS" in said
    assert "within 1e-09 of the larger" in said
    assert "version " + mk.__version__ in said
    names = {path.name for path in (report / "tables").glob("*.csv")}
    assert names == {"1_chosen-chosen_words.csv", "2_when-taxes.csv"}
    docx = pytest.importorskip("docx", reason="python-docx writes the Word tables")
    document = docx.Document(str(report / "tables.docx"))
    assert len(document.tables) == 2
    column = [row.cells[0].text for row in document.tables[0].rows]
    assert sorted(column) == ["item", "tax", "tax ferry"]
    record = json.loads((report / "provenance.json").read_text("utf-8"))
    assert list(record["articles"]) == ["articles.csv"]
    assert str(ran.parent) not in (report / "index.html").read_text("utf-8")


def test_only_what_changed_is_run_again(study):
    page, names = run_folder(study)
    assert names == []
    assert diff_runs(study / "report", study / "report").empty
    write_notebook(study / "notebooks" / "1_chosen.ipynb", f"{CODE}\n")
    before = shutil.copytree(study / "report", study.parent / "before")
    assert run_folder(study)[1] == ["1_chosen"]
    assert diff_runs(before, study / "report").empty
    write_articles(study / "data" / "articles.csv", 44)
    assert run_folder(study)[1] == ["1_chosen", "2_when"]
    found = diff_runs(before, study / "report")
    assert set(found["table"]) == {"1_chosen-chosen_words", "2_when-taxes"}


def test_what_is_finished_survives_a_fault_and_the_report_stays(study):
    write_articles(study / "data" / "articles.csv", 44)
    fine = (study / "notebooks" / "2_when.ipynb").read_text("utf-8")
    write_notebook(study / "notebooks" / "2_when.ipynb", "1 / 0")
    before = (study / "report" / "index.html").read_bytes()
    with pytest.raises(mk.MediakitError, match="2_when stopped.*division by zero"):
        run_folder(study)
    assert (study / "report" / "index.html").read_bytes() == before
    (study / "notebooks" / "2_when.ipynb").write_text(fine, "utf-8")
    assert run_folder(study)[1] == ["2_when"]


def test_the_corpus_opens_as_in_the_notebooks(study):
    corpus, by, a, b, words = mk.open_study(study)
    assert (len(corpus), by, a, b) == (40, "outlet", "East", "West")
    assert words == ["tax", "tax ferry"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour: red", "has 'colour'; there are"),
        ("words: tax", "`words` in study.yaml must be list, got 'tax'"),
        ("a: 2024", "`a` in study.yaml must be str, got 2024"),
        ("a: [", "cannot be read as YAML"),
        ("articles: nowhere", "no file or folder"),
        ("notebooks: [3_none]", r"no notebooks \['3_none'\]"),
    ],
)
def test_mistakes_in_the_form_are_named(study, line, said):
    with open(study / "study.yaml", "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(mk.MediakitError, match=said):
        run_folder(study)
    with pytest.raises(mk.MediakitError, match="is no study"):
        read_study(study / "data")


def test_a_stranger_makes_the_same_tables_without_the_texts(study, tmp_path):
    report, tables = derive_study(study, tmp_path / "derived")
    assert tables["state"].tolist() == ["stored", "stored"]
    assert tables["differ"].tolist() == [0, 0]
    assert report["kept"].sum() == 40
    far = shutil.move(tmp_path / "derived", tmp_path / "far away" / "päckchen")
    shutil.rmtree(study)
    checked = mk.verify(far)
    assert checked["ok"].all()
    assert sum(checked["check"].str.startswith("tables/")) == 2
    own = pd.read_csv(far / "tables" / "1_chosen-chosen_words.csv")
    assert set(own["item"]) == {"tax", "tax ferry"}


def test_what_was_withheld_of_a_study_is_told_per_side(study, tmp_path):
    frame = pd.read_csv(study / "data" / "articles.csv")
    frame.loc[[1, 3], "text"] = ["tax tax tax", "tax tax"]
    frame.to_csv(study / "data" / "articles.csv", index=False)
    run_folder(study)
    report, tables = derive_study(study, tmp_path / "derived")
    told = [{"outlet": "East", "why": "short", "rows": 2}]
    assert report.attrs["mediakit"]["dropped"] == told
    assert (tables["differ"] > 0).all()
    index = json.loads((tmp_path / "derived" / "datapackage.json").read_text("utf-8"))
    assert index["mediakit"]["dropped"] == told
    said = index["mediakit"]["protocol"]["tables_of_the_report"]
    assert [one["differ"] for one in said] == tables["differ"].tolist()
    assert "| East | short | 2 |" in (tmp_path / "derived" / "README.md").read_text()


def test_other_articles_are_asked_the_same(study, tmp_path):
    derive_study(study, tmp_path / "derived")
    write_articles(tmp_path / "other.csv", 60)
    other = mk.tokenize(mk.read_articles(tmp_path / "other.csv"))
    tables = mk.replicate(other, tmp_path / "derived")
    asked = mk.count_patterns(other, ["tax", "tax ferry"])
    expected = mk.compare(asked, by="outlet", a="East", b="West")
    pd.testing.assert_frame_equal(
        tables["1_chosen-chosen_words"], expected, check_exact=True
    )


def test_a_derived_corpus_can_be_studied(study, tmp_path):
    derive_study(study, tmp_path / "derived")
    other = new_study(tmp_path / "again")
    assert other
    for path in (tmp_path / "again" / "notebooks").glob("*"):
        path.unlink()
    write_notebook(tmp_path / "again" / "notebooks" / "1_chosen.ipynb", CODE)
    form = "articles: ../derived\nwords: [tax]\n"
    (tmp_path / "again" / "study.yaml").write_text(form)
    page, _ = run_folder(tmp_path / "again")
    assert "counts without texts" in page.read_text("utf-8")


def test_the_commands_and_their_exit_codes(run, study, tmp_path, monkeypatch):
    monkeypatch.chdir(study)
    code, out, _ = run("study")
    assert (code, out.splitlines()[0]) == (0, "Run anew: nothing, all of it was known.")
    code, out, _ = run("derive", "--json")
    assert code == 0
    assert [one["state"] for one in json.loads(out)["tables"]] == ["stored", "stored"]
    code, out, _ = run("verify", "derived")
    assert (code, "DIFFERS" in out) == (0, False)
    code, out, _ = run("verify", "derived", "--articles", "data", "--json")
    assert (code, {one["ok"] for one in json.loads(out)["rows"]}) == (0, {True})
    assert run("diff", "report", "derived")[0] == 0
    with open("derived/vocabulary.csv", "a", encoding="utf-8") as file:
        file.write("x,1,1\n")
    code, out, _ = run("verify", "derived")
    assert code == 1
    assert "DIFFERS 1 vocabulary.csv: was changed" in out
    code, _, err = run("verify", "data")
    assert (code, err.count("\n")) == (2, 1)
    assert run("new", study)[0] == 2
    code, out, _ = run("new", tmp_path / "more")
    assert code == 0
    assert "Articles go into" in out
    monkeypatch.chdir(tmp_path)
    code, _, err = run("derive")
    assert code == 2
    assert "`mediakit new` makes" in err


def test_the_first_notebook_goes_on_where_cleaning_labelled_copies():
    notebook = read_notebook(notebook_paths()["05_one_story"])
    (source,) = [one.source for one in notebook.cells if one.id == "when-run"]
    labelled = mk.label_duplicates(mk.load_sample("strait").articles)
    names = {"mk": mk, "by": "outlet", "display": lambda _: None}
    names["corpus"] = mk.tokenize(labelled)
    exec(source, names)
    assert names["labelled"]["duplicate_of"].notna().any()
