"""A stranger's path with real articles and kernels: study, derive, move, verify."""

import csv
import gzip
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

import mediakit as mk

COMMAND = [sys.executable, "-m", "mediakit.cli"]
FORM = """
words: ['peace*', 'human rights']
a: KCNA
notebooks: [40_which_words, 50_when]
"""


def stories(path, many):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row.get("language") == "en"]
    rows = [row for row in rows if row["story"] and row["date"]]
    chosen = rows[:: len(rows) // many][:many]
    return [["KCNA", row["date"], "", row["story"]] for row in chosen]


def newspapers(path, many):
    table = pd.read_csv(path).dropna(subset=["text"])
    table = table[~table["text"].str.startswith("...")]
    table = table.groupby("source").head(many)
    return table[["source", "date", "title", "text"]].to_numpy().tolist()


@pytest.mark.slow
def test_a_stranger_gets_the_same_tables_without_the_texts(shared, tmp_path):
    study, data = tmp_path / "peninsula", shared / "data"
    subprocess.run([*COMMAND, "new", str(study)], check=True)
    rows = stories(data / "kcna" / "kcna_stories_2011_2012.csv.gz", 100)
    rows += newspapers(data / "chinadaily_nyt" / "articles.csv.gz", 100)
    frame = pd.DataFrame(rows, columns=["outlet", "published", "title", "text"])
    frame.to_csv(study / "data" / "articles.csv", index=False)
    with open(study / "study.yaml", "a", encoding="utf-8") as file:
        file.write(FORM)
    executed = study / ".mediakit" / "executed"
    process = subprocess.Popen([*COMMAND, "study"], cwd=study, start_new_session=True)
    while not list(executed.glob("*.ipynb")):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (study / "report").exists()
    again = subprocess.run(
        [*COMMAND, "study"], cwd=study, capture_output=True, text=True
    )
    assert again.returncode == 0, again.stderr
    assert "Run anew: 50_when." in again.stdout
    assert sorted(path.name for path in study.glob(".*")) == [".gitignore", ".mediakit"]
    subprocess.run([*COMMAND, "derive"], cwd=study, check=True)
    far = shutil.move(study / "derived", tmp_path / "far away")
    shutil.rmtree(study)
    report = mk.verify(far)
    assert report["ok"].all()
    assert report["check"].str.startswith("tables/").sum() >= 5
    end = subprocess.run([*COMMAND, "verify", str(far)], cwd=tmp_path, check=False)
    assert end.returncode == 0
