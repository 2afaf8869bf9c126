"""Compile the loops before anyone waits for them."""

import tempfile
import time
import warnings
from pathlib import Path

from mediakit import kernels
from mediakit.infer.compare import compare
from mediakit.infer.trend import trend
from mediakit.measure.collocates import count_collocates
from mediakit.measure.patterns import count_patterns
from mediakit.measure.sentiment import score_sentiment
from mediakit.measure.terms import count_terms
from mediakit.text.passages import find_passages
from mediakit.text.samples import load_sample
from mediakit.text.store import open_corpus
from mediakit.text.tokenize import tokenize


def compile_loops() -> float:
    """Run every compiled loop once, in memory and on a saved corpus; return seconds.

    Numba keeps what it compiled beside the package. Arrays of a saved corpus are
    read-only, which is another type to it.
    """
    began, least = time.perf_counter(), kernels.PAYS_FROM
    kernels.PAYS_FROM = 0
    try:
        with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            articles = load_sample("strait").articles
            corpus = tokenize(articles)
            corpus.save(Path(place) / "saved")
            for one in (corpus, open_corpus(Path(place) / "saved")):
                words = count_terms(one, min_articles=10)
                compare(words, by="outlet", a="KELTA", cluster="week")
                trend(count_patterns(one, ["port", "the port"]), by="outlet")
                find_passages(one, "port")
                count_collocates(one, "port")
                for method in ("vader", "textblob"):
                    score_sentiment(one, method=method).values.sum()
    finally:
        kernels.PAYS_FROM = least
    return time.perf_counter() - began
