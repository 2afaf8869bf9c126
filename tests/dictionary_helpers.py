"""A few texts counted by a dictionary."""

import warnings

import pandas as pd

import mediakit as mk
from mediakit.errors import MediakitWarning


def tokenized(*texts):
    table = pd.DataFrame({"outlet": ["A"] * len(texts), "text": texts})
    return mk.tokenize(mk.read_articles(table))


def counted(texts, dictionary, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        corpus = tokenized(*texts) if isinstance(texts, list) else texts
        measure = mk.count_dictionary(corpus, dictionary, **options)
    return dict(zip(measure.items["item"], measure.values.toarray().T, strict=True))
