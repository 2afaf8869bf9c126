"""From any ARTICLES to a table on disk and back: laws that hold whatever came in."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk

WORDS = st.sampled_from(
    [
        *("war", "Peace", "talks", "=1+1", "@you", "’s", "“No", "more.”", "1,000"),
        *("\u202eevil", "\x1b[2J", "<b>", "日本", "Ünder", "\x00", "a\u0301", "\ud7ff"),
        *("--", "\r\n\r\n", "\u2028"),
    ]
)
TEXT = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=20) | st.none()
TEXT = TEXT.map(lambda one: one and one.encode("utf-8", "ignore").decode())
ROW = st.fixed_dictionaries(
    {
        "text": TEXT,
        "title": TEXT,
        "outlet": st.sampled_from(["A", "=B", "\x1b[31m", "A " * 3, None]) | TEXT,
        "published": st.sampled_from(["2020-02-29", "1899-01-01", "soon", "", None])
        | st.dates().map(str),
        "article_id": st.sampled_from(["x", "y", "-1", None, ""]),
        "stars": st.sampled_from(["1", "NaN", "inf", "-0", "", None]),
    }
)


def plainly(function, *args, **kwargs):
    """Return what a verb returns, or None where it says in words that it cannot."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", mk.MediakitWarning)
        try:
            return function(*args, **kwargs)
        except mk.MediakitError as error:
            said = str(error)
    assert len(said) > 20, "it should say what to do"
    return None


@given(st.lists(ROW, min_size=1, max_size=14))
@settings(max_examples=20)
def test_any_articles_end_in_a_table_that_reads_back_or_in_words(
    tmp_path_factory, rows
):
    place = tmp_path_factory.mktemp("pipeline")
    articles = plainly(mk.read_articles, pd.DataFrame(rows))
    if articles is None:
        return
    corpus = plainly(mk.tokenize, articles)
    for view in (corpus, corpus.only("title"), mk.mark_quotations(corpus)):
        measure = plainly(mk.count_terms, view)
        exposure = measure.exposure.sum()
        assert measure.values.sum() == exposure == view.totals().sum()
        table = plainly(mk.summarise, measure, by="outlet")
        known = articles["outlet"].notna().to_numpy()
        if table is not None and known.any():
            assert table["value"].sum() == measure.values[known].sum()
            mk.save_table(table, place / "a.csv")
            pd.testing.assert_frame_equal(mk.read_table(place / "a.csv"), table)
        names = articles["outlet"].dropna().unique()
        if len(names) > 1:
            told = plainly(
                mk.compare, measure, by="outlet", a=str(names[0]), b=str(names[1])
            )
            if told is not None:
                mk.save_table(told, place / "b.csv")
                pd.testing.assert_frame_equal(mk.read_table(place / "b.csv"), told)
        plainly(mk.find_passages, view, "war")
        plainly(mk.trend, measure, items=["war"])
        measure.save(place / "m")
        assert (mk.open_measure(place / "m").values != measure.values).nnz == 0
    corpus.save(place / "c")
    pd.testing.assert_frame_equal(mk.open_corpus(place / "c").articles, corpus.articles)
    plainly(mk.derive, corpus, place / "d")


STEPS = """
import sys, warnings
import mediakit as mk
warnings.simplefilter("ignore")
source, folder, measured, table, page = sys.argv[1:]
articles = mk.read_articles(source)
first = articles["text"].tolist()[0].replace("\\r", "")
assert first == "Ünder “war”\\nnow", ascii(first)
corpus = mk.tokenize(articles, folder=folder)
measure = mk.count_terms(corpus)
measure.save(measured)
mk.save_table(mk.summarise(measure, by="outlet"), table)
again = mk.read_table(table)
assert set(again["group"]) == {"Zürcher", "日本"}, ascii(again["group"].tolist())
assert len(mk.find_passages(mk.open_corpus(folder), "war")) == 2
mk.show_audit(mk.audit_articles(articles)).save(page)
"""
NAMES = ("Zürich ✓/a b.csv", "Körpus ✓ 1", "Maß 1", "Tabelle ü.csv", "Prüfung 日.html")
BARE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_no_locale_name_or_line_end_changes_anything(tmp_path):
    (tmp_path / NAMES[0]).parent.mkdir(exist_ok=True)
    rows = 'outlet,text\nZürcher,"Ünder “war”\nnow"\n日本,war\n'.replace("\n", "\r\n")
    (tmp_path / NAMES[0]).write_bytes(rows.encode())
    (tmp_path / "steps.py").write_text(STEPS, encoding="utf-8")
    run = [sys.executable, "steps.py", *NAMES]
    done = subprocess.run(
        run, env=os.environ | BARE, capture_output=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-800:]


def test_two_processes_write_one_corpus_and_one_of_them_is_whole(tmp_path):
    code = (
        "import sys, pandas as pd, mediakit as mk\n"
        "n = int(sys.argv[2])\n"
        "frame = pd.DataFrame({'text': ['war now'] * n, 'outlet': 'A'})\n"
        "corpus = mk.tokenize(mk.read_articles(frame))\n"
        "for _ in range(20):\n"
        "    corpus.save(sys.argv[1])\n"
    )
    run = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "c")]
    both = [subprocess.Popen([*run, n], stderr=subprocess.PIPE) for n in "35"]
    said = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert len(mk.open_corpus(tmp_path / "c", verify=True)) in (3, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the superuser may write everywhere, and Windows marks folders otherwise",
)
def test_a_folder_that_may_only_be_read_is_named(tmp_path):
    corpus = mk.tokenize(mk.read_articles(pd.DataFrame({"text": ["war"]})))
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    for write in (corpus.save, mk.count_terms(corpus).save):
        with pytest.raises(mk.MediakitError, match="may not be written"):
            write(shut / "it")
    with pytest.raises(mk.MediakitError, match="cannot write"):
        mk.save_table(pd.DataFrame({"a": [1]}), shut / "a.csv")
    assert np.array(list(shut.iterdir())).size == 0
