"""Time a dictionary of 5,000 entries on a saved corpus.

Run: python benchmarks/dictionaries.py CORPUS [seed]; CORPUS is a folder that
`Corpus.save` wrote, for the figure of record 100,000 articles of `corpus.py` (45
million words). Of the entries 3,500 are words, 750 wildcards and 750 phrases of two
words, drawn from the corpus' vocabulary at random and from its 2,000 commonest words;
they lie in 50 categories of 10. Prints seconds of the first count and of a second.
"""

import sys
import time
from collections import defaultdict
from functools import partial

import numpy as np

import mediakit as mk
from mediakit.text.pattern_syntax import literal

ENTRIES = {"word": 3_500, "wild": 750, "phrase": 750}
COMMON, CATEGORIES, ABOVE = 2_000, 50, 10


def made(corpus: mk.Corpus, seed: int) -> dict:
    """Return nested categories with patterns from the words of a corpus."""
    random = np.random.default_rng(seed)
    words = mk.count_terms(corpus.subset(np.arange(len(corpus)) < 2_000))
    counts = np.asarray(words.values.sum(axis=0)).ravel()
    names = [literal(word) for word in words.items["item"]]
    common = [names[number] for number in np.argsort(-counts)[:COMMON]]
    draw = partial(random.choice, replace=False)
    patterns = [*draw(common, COMMON // 4), *draw(names, ENTRIES["word"] - COMMON // 4)]
    patterns += [f"{word[:6]}*" for word in draw(names, ENTRIES["wild"])]
    halves = draw(common, ENTRIES["phrase"]), draw(names, ENTRIES["phrase"])
    patterns += [" ".join(pair) for pair in zip(*halves, strict=True)]
    nested: dict = defaultdict(lambda: defaultdict(list))
    for number, pattern in enumerate(patterns):
        category = number % CATEGORIES
        nested[f"area {category % ABOVE}"][f"category {category}"].append(str(pattern))
    return {area: dict(inner) for area, inner in nested.items()}


def main(folder: str, seed: int = 1) -> None:
    """Count twice and say how long it took."""
    corpus = mk.open_corpus(folder)
    dictionary = made(corpus, seed)
    print(f"{len(corpus):,} articles, {corpus.totals().sum():,} words")
    for unit in ("token", "token", "sentence", "article"):
        began = time.perf_counter(), time.process_time()
        measure = mk.count_dictionary(corpus, dictionary, unit=unit)
        hits = measure.values.sum()
        wall = time.perf_counter() - began[0]
        used = time.process_time() - began[1]
        print(f"{unit}: {wall:.1f} s, processors {used:.1f} s; {hits:,} in categories")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
