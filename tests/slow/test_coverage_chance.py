"""Where outlets choose alike, count_coverage finds no difference between them."""

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.schema import complete_articles

pytestmark = pytest.mark.slow
TRIALS, EVENTS = 200, 60


def chosen(rng, outlets):
    """Return a corpus of outlets that cover events by how big they are, and no more."""
    size = rng.beta(0.6, 0.9, EVENTS)
    outlet, event = np.nonzero(rng.random((outlets, EVENTS)) < size)
    articles = pd.DataFrame(
        {
            "article_id": [f"a{row}" for row in range(len(outlet))],
            "outlet": [f"o{code}" for code in outlet],
            "event_id": [f"e{code}" for code in event],
            "published": "2020-01-01",
            "published_precision": "day",
            "text": "word",
        }
    )
    return mk.tokenize(complete_articles(articles))


@pytest.mark.parametrize(("a", "b"), [(5, 5), (1, 9)])
def test_chance_is_not_called_a_difference(a, b):
    rng = np.random.default_rng(11)
    p = []
    for _ in range(TRIALS):
        covered = mk.count_coverage(chosen(rng, a + b))
        side = [f"o{code}" for code in range(a)]
        found = mk.compare(covered, by="outlet", a=side)
        p.append(found[["p", "p_cluster"]].to_numpy()[0])
    assert (np.array(p) < 0.05).mean(axis=0).max() < 0.09
