"""The peers' ways from the same texts to the same numbers: prints costs as JSON.

Run by run.py as a module, in the peers' Python. Reading the texts is not timed, and
every peer does its work once on a hundred texts before.
"""

import json
import re
import sys
import warnings
from collections import Counter
from pathlib import Path

from speed.clock import Clock, pin
from speed.materials import (
    LINES,
    NODE,
    PATTERN,
    WINDOW,
    dictionary_of,
    frame_of,
    texts_of,
)


def plain_re(clock: Clock, folder: Path) -> None:
    find = re.compile(PATTERN).findall

    def ids(texts):
        numbers = {}
        return [
            [numbers.setdefault(w, len(numbers)) for w in find(t.lower())]
            for t in texts
        ]

    def passages(texts):
        node = re.compile(rf"\b{NODE}\b", re.IGNORECASE)
        return [
            (t[max(hit.start() - 40, 0) : hit.start()], t[hit.end() : hit.end() + 40])
            for t in texts
            for hit in node.finditer(t)
        ]

    texts = texts_of(folder)
    ids(texts[:100])
    clock.step("ids", ids, texts)
    clock.step("passages", passages, texts, note="40 characters on either side")
    words = [word for one in dictionary_of(folder).values() for word in one]
    ways = [re.escape(word).replace(r"\*", r"\w*") for word in sorted(words)[::-1]]
    any_word = re.compile(rf"\b(?:{'|'.join(ways)})\b")
    few = texts[::100]

    def counts():
        return Counter(hit for t in few for hit in any_word.findall(t.lower()))

    clock.step("dictionary", counts, part=100)


def pandas(clock: Clock, folder: Path) -> None:
    import pandas as pd

    def ids(texts):
        words = texts.str.lower().str.findall(PATTERN).explode()
        return pd.factorize(words)

    texts = pd.Series(texts_of(folder, 10), dtype=object)
    ids(texts[:100])
    clock.step("ids", ids, texts, part=10)


def scikit_learn(clock: Clock, folder: Path) -> None:
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    def ids(texts):
        return CountVectorizer(token_pattern=PATTERN).fit_transform(texts)

    frame = frame_of(folder)
    texts = frame["text"].tolist()
    ids(texts[:100])
    matrix = clock.step("ids", ids, texts)
    state = (frame["group"] == "state").to_numpy()

    def keyness():
        return g2(
            np, *(np.asarray(matrix[side].sum(axis=0))[0] for side in (state, ~state))
        )

    clock.step("keyness", keyness, note="log-likelihood and log ratio in NumPy")


def g2(np, a, b):
    """Return Dunning's log-likelihood and the log ratio of every word."""
    a, b = a.astype(float), b.astype(float)
    cells = np.stack([a, b, a.sum() - a, b.sum() - b])
    sides, rows = np.array([a.sum(), b.sum()]), np.stack([a + b, cells[2] + cells[3]])
    expected = np.stack([rows[i // 2] * sides[i % 2] / sides.sum() for i in range(4)])
    part = np.where(cells > 0, cells * np.log(np.maximum(cells, 1) / expected), 0)
    ratio = np.log2((a + 0.5) / sides[0] / ((b + 0.5) / sides[1]))
    return 2 * part.sum(axis=0), ratio


def polars(clock: Clock, folder: Path) -> None:
    import numpy as np
    import polars as pl

    def ids(texts):
        words = pl.Series("word", texts).str.to_lowercase().str.extract_all(PATTERN)
        return words.list.len(), words.explode().cast(pl.Categorical)

    table = frame_of(folder)
    texts = table["text"].tolist()
    ids(texts[:100])
    lengths, words = clock.step("ids", ids, texts)
    rows = np.repeat(np.arange(len(table)), np.maximum(lengths.to_numpy(), 1))
    western = (table["group"] == "western").to_numpy()[rows]
    dates = table["published"].astype("datetime64[ns]").dt
    month = (dates.year * 12 + dates.month).to_numpy(np.int32)[rows]
    frame = pl.DataFrame({"word": words, "western": western, "month": month})

    def keyness():
        side = pl.col("western").sum()
        counts = frame.group_by("word").agg(b=side, n=pl.len()).drop_nulls()
        b = counts["b"].to_numpy().astype(np.int64)
        return g2(np, counts["n"].to_numpy() - b, b)

    def trend():
        hits = (pl.col("word") == NODE).sum()
        return frame.group_by("western", "month").agg(hits, pl.len())

    clock.step("keyness", keyness, note="group_by, log-likelihood in NumPy")
    clock.step("trend", trend)


def nltk(clock: Clock, folder: Path) -> None:
    from nltk import BigramAssocMeasures, ConcordanceIndex
    from nltk.collocations import BigramCollocationFinder
    from nltk.tokenize import TreebankWordTokenizer

    split, part = TreebankWordTokenizer().tokenize, 20

    def ids(texts):
        numbers = {}
        return [[numbers.setdefault(w, len(numbers)) for w in split(t)] for t in texts]

    def collocates():
        finder = BigramCollocationFinder.from_words(words, window_size=WINDOW + 1)
        finder.apply_ngram_filter(lambda a, b: NODE not in (a, b))
        return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)

    texts = texts_of(folder, part)
    ids(texts[:100])
    clock.step("ids", ids, texts, part=part, note="TreebankWordTokenizer")
    words = [word.lower() for text in texts for word in split(text)]
    index = clock.step("index", ConcordanceIndex, words, part=part)
    clock.step("find", index.offsets, NODE, part=part, note="from a ConcordanceIndex")
    clock.step("passages", index.find_concordance, NODE, part=part)
    clock.step("lines", lambda: index.find_concordance(NODE)[:LINES], part=part)
    clock.step("collocates", collocates, part=part, note="all pairs, then the word's")


def textblob(clock: Clock, folder: Path) -> None:
    from textblob import TextBlob

    def scores(texts):
        return [TextBlob(text).sentiment for text in texts]

    texts = texts_of(folder, 50)
    scores(texts[:100])
    clock.step("textblob", scores, texts, part=50)


def vader(clock: Clock, folder: Path) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores

    def scores(texts):
        return [score(text) for text in texts]

    texts = texts_of(folder, 50)
    scores(texts[:20])
    clock.step("vader", scores, texts, part=50)


def scattertext(clock: Clock, folder: Path) -> None:
    import scattertext as st

    def ids(frame):
        parsed = frame.assign(parse=frame["text"].map(st.whitespace_nlp))
        return st.CorpusFromParsedDocuments(
            parsed, category_col="group", parsed_col="parse"
        ).build()

    frame = frame_of(folder, 20)
    ids(frame[:100])
    corpus = clock.step("ids", ids, frame, part=20, note="words and pairs")
    clock.step("keyness", corpus.get_scaled_f_scores, "state", part=20)


SESSIONS = {
    function.__name__: function
    for function in (
        *(plain_re, pandas, scikit_learn, polars, nltk),
        *(textblob, vader, scattertext),
    )
}


def main(session: str, folder: str, cores: str) -> None:
    pin(int(cores))
    warnings.simplefilter("ignore")
    clock = Clock()
    SESSIONS[session](clock, Path(folder))
    print(json.dumps(clock.steps))


if __name__ == "__main__":
    main(*sys.argv[1:])
