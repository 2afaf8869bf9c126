"""Names of files that are not UTF-8, and locales without the letters of a name."""

import os
import subprocess
import sys

import pytest
from load_helpers import quiet, read, told

import mediakit as mk
from mediakit import remote

CSV = "title,text,published\nDam opens,Flows.,2024-05-01\n"
POSIX = sys.platform == "linux"
LATIN = b"d\xe4mme 2024-05-01.csv"
SCRIPT = """
import warnings
import mediakit as mk
warnings.simplefilter("ignore")
articles = mk.read_articles({path!r})
corpus = mk.tokenize({path!r}, folder={folder!r})
print(len(articles), len(corpus), articles.attrs["mediakit"]["parameters"]["path"])
try:
    mk.read_articles({path!r} + "x")
except mk.MediakitError as error:
    print(error)
"""


def latin(folder):
    """Write one file under a name in Latin-1 and return its path."""
    path = os.path.join(os.fsencode(folder), LATIN)
    try:
        with open(path, "wb") as file:
            file.write(CSV.encode())
    except OSError as error:
        pytest.skip(f"this file system takes UTF-8 names only ({error})")
    return os.fsdecode(path)


@pytest.mark.skipif(not POSIX, reason="names are bytes on Linux only")
def test_a_name_in_latin_1_is_read_and_written_down(tmp_path):
    path = latin(tmp_path)
    articles = read(path)
    assert told(articles)["rows kept"] == 1
    assert (
        articles.attrs["mediakit"]["parameters"]["path"] == r"d\xe4mme 2024-05-01.csv"
    )
    (tmp_path / "b.csv").write_text(CSV)
    both = read(tmp_path)
    assert sorted(both["source_file"]) == ["b.csv", r"d\xe4mme 2024-05-01.csv"]
    with quiet():
        corpus = mk.tokenize(path, folder=tmp_path / "corpus")
    assert len(corpus) == 1


@pytest.mark.skipif(not POSIX, reason="names are bytes on Linux only")
def test_a_locale_without_letters_reads_what_lies_there(tmp_path):
    path = tmp_path / "dämme.csv"
    path.write_text(CSV)
    code = SCRIPT.format(path=str(path), folder=str(tmp_path / "corpus"))
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (tmp_path / "run.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, **plain, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    first, error = done.stdout.decode().splitlines()
    assert first == "1 1 dämme.csv"
    assert "There is no file or folder" in error
    assert "'dämme.csv'" in error


def test_usual_names_stay_as_they_are():
    for name in ("a.csv", "dämme.csv", "报纸.txt"):
        assert remote.readable(name) == remote.reachable(name) == name
