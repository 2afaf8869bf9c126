"""Kills at random moments of everything that writes: nothing lost, nothing half."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kills import contents
from study_cases import CODE as CELL
from study_cases import write_articles, write_notebook

import mediakit as mk
from mediakit import folders

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(folders.fcntl is None, reason="kills as POSIX knows them"),
]
SEED, KILLS = 1, 40
LONGEST = {"derive": 4}

START = """
import os, random, sys, warnings
import pandas as pd
import mediakit as mk
warnings.simplefilter("ignore")
place = sys.argv[1]
words = [f"w{number}" for number in range(300)]
random.seed(1)
table = pd.DataFrame({"outlet": ["A", "B"] * 60, "published": "2020-05-01", "text": [
    " ".join(random.choices(words, k=90)) for _ in range(120)]})
articles = mk.read_articles(table)
corpus = mk.tokenize(articles)
measure = mk.count_terms(corpus)
frame = measure.to_frame()
"""
SERVE = """
{work}
print(0, flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        while True:
            {work}
            os.write(1, b".")
    print(child, flush=True)
    os.waitpid(child, 0)
"""
WORK = {
    "save": 'corpus.save(f"{place}/it")',
    "derive": 'mk.derive(corpus, f"{place}/it", measures=[measure])',
    "measure": 'measure.save(f"{place}/it")',
    "table": 'mk.save_table(frame, f"{place}/it.csv")',
}
CHECK = {
    "save": lambda place: len(mk.open_corpus(place / "it", verify=True)),
    "derive": lambda place: mk.verify(place / "it", rerun=False)["ok"].all(),
    "measure": lambda place: len(mk.open_measure(place / "it")),
    "table": lambda place: len(mk.read_table(place / "it.csv")),
}


@pytest.mark.parametrize("work", WORK)
def test_what_was_there_before_a_kill_is_there_after_it(work, tmp_path):
    """A process that knows all forks one that writes again and again until killed."""
    moments, done = random.Random(SEED), 0
    code = START + SERVE.format(work=WORK[work])
    run = [sys.executable, "-c", code, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(run, bufsize=0, **pipes) as server:
        assert server.stdout.readline() == b"0\n"
        before = contents(tmp_path)
        for _ in range(KILLS):
            server.stdin.write(b"again\n")
            said = server.stdout.readline()
            done += said.count(b".")
            time.sleep(moments.uniform(0, LONGEST.get(work, 0.5)))
            os.kill(int(said.strip(b".\n")), signal.SIGKILL)
            assert CHECK[work](tmp_path)
            left = [one for one in tmp_path.glob(".*") if any(one.iterdir())]
            assert len(left) <= 1, "what an earlier kill left was not swept up"
        server.stdin.close()
    assert done > KILLS // 4, "it was killed before it wrote anything"
    once = [sys.executable, "-c", START + WORK[work], str(tmp_path)]
    subprocess.run(once, check=True)
    after = contents(tmp_path)
    assert {n: d for n, d in after.items() if not n.startswith(".")} == before
    assert not {n for n in after if n.startswith(".")}


STUDY = """
import sys
sys.path.insert(0, sys.argv[2])
from mediakit.share import cache
from mediakit.share.folder import run_folder
from study_cases import run_here
cache.run_notebook = run_here
print("ready", flush=True)
run_folder(sys.argv[1])
"""


def test_a_study_killed_again_and_again_ends_as_one_never_killed(tmp_path):
    from mediakit.share.new import new_study

    for name in ("whole", "killed"):
        folder = tmp_path / name / "ferries"
        new_study(folder)
        write_articles(folder / "data" / "articles.csv")
        for path in (folder / "notebooks").glob("*"):
            path.unlink()
        said = (folder / "study.yaml").read_text("utf-8") + "words: ['tax']\n"
        (folder / "study.yaml").write_text(said.replace("clean: true", "clean: false"))
        for number in range(4):
            write_notebook(folder / "notebooks" / f"{number}.ipynb", CELL)
    run = [sys.executable, "-W", "ignore", "-c", STUDY]
    tests = str(Path(__file__).resolve().parents[1])
    whole, killed = (tmp_path / name / "ferries" for name in ("whole", "killed"))
    subprocess.run([*run, str(whole), tests], check=True, stdout=subprocess.DEVNULL)
    moments, kills = random.Random(SEED), 0
    for _ in range(KILLS // 4):
        process = subprocess.Popen(
            [*run, str(killed), tests], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(moments.uniform(0, 4))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        process.stdout.close()
    subprocess.run([*run, str(killed), tests], check=True, stdout=subprocess.DEVNULL)
    assert kills
    one, two = (
        {n: d for n, d in contents(f / "report").items() if n.endswith(".csv")}
        for f in (whole, killed)
    )
    assert one == two
    assert one
    assert sorted(os.listdir(killed)) == sorted(os.listdir(whole))
