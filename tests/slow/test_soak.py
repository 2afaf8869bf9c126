"""Round after round of the same work: memory stays, files stay, numbers stay."""

import gc
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mediakit as mk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory as Linux tells it"),
]
ROUNDS, WARM, GROWTH = 40, 10, 60


def resident():
    """Return the memory of this process that is its own, in MB."""
    said = Path("/proc/self/status").read_text()
    return int(said.split("RssAnon:")[1].split()[0]) / 1024


def one_round(place, articles):
    """Tokenize, measure, compare, find, save and open; return what was found."""
    corpus = mk.tokenize(articles, folder=place / "corpus")
    marked = mk.mark_quotations(mk.open_corpus(place / "corpus"))
    measure = mk.count_terms(marked)
    table = mk.compare(measure, by="outlet", a="A", b="B")
    mk.save_table(table, place / "a.csv")
    measure.save(place / "measure")
    passages = mk.find_passages(marked, "w7 [0-3] w9")
    tone = mk.score_sentiment(corpus, method="vader").values.sum()
    return len(mk.read_table(place / "a.csv")), len(passages), float(tone)


def test_forty_rounds_leave_no_memory_and_no_files_behind(tmp_path):
    random = np.random.default_rng(1)
    words = np.array([f"w{number}" for number in range(500)])
    texts = [" ".join(random.choice(words, 400)) + "." for _ in range(400)]
    frame = pd.DataFrame({"text": texts, "title": "T", "outlet": ["A", "B"] * 200})
    articles = mk.read_articles(frame.assign(published="2022-04-03"))
    found, memory = set(), []
    for _ in range(ROUNDS):
        found.add(one_round(tmp_path, articles))
        gc.collect()
        memory.append(resident())
    print([round(one) for one in memory])
    assert len(found) == 1
    assert max(memory[WARM:]) - memory[WARM] < GROWTH
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["a.csv", "a.csv.json", "corpus", "measure"]
    assert len(list(Path("/proc/self/fd").iterdir())) < 200
