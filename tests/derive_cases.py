"""Articles of random words, for the tests of derived corpora."""

import hashlib

import numpy as np
import pandas as pd

import mediakit as mk

WORDS = [f"word{number}" for number in range(40)]


def make_articles(size=40, *, seed=1, words=80):
    """Articles of random words; each has one word of its own, which is rare."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2020-01-01", periods=size, freq="D")
    return pd.DataFrame(
        {
            "outlet": np.where(np.arange(size) % 2, "East", "West"),
            "published": days.strftime("%Y-%m-%d"),
            "title": [f"Headline{number} of the day" for number in range(size)],
            "text": [
                " ".join([*rng.choice(WORDS, words), f"rare{number}"])
                for number in range(size)
            ],
        }
    )


def make_corpus(table):
    return mk.tokenize(mk.read_articles(table))


def hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in files
    }
