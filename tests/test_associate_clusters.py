"""associate over clusters: what one event repeats is evidence once."""

from dataclasses import replace

import pandas as pd
import pytest
from articles import corpus_of
from scipy import sparse
from test_associate import TEXTS

import mediakit as mk
from mediakit.errors import MediakitError
from mediakit.measure.blocks import Block


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(TEXTS)


COUNTS = {
    "near": lambda corpus: mk.count_collocates(corpus, "oil", window=(2, 3)),
    "phrases": mk.count_ngrams,
}


def threefold(one):
    """Return a paired measure with three times the uses in articles as many."""

    def more(half):
        whole = slice(0, len(half))
        values = sparse.csr_array(3 * half.values)
        return replace(half, stored=(Block(whole, values, 3 * half.exposure),))

    return replace(more(one), others=lambda: more(one.beside))


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS)
def test_events_are_evidence_once_however_often_they_are_told(corpus, count):
    texts = corpus.articles.reset_index(drop=True)
    event = pd.Series([f"event {row:04}" for row in texts.index], dtype="str")
    copies = [
        texts.assign(article_id=texts["article_id"] + f" {turn}", event_id=event)
        for turn in range(3)
    ]
    told = count(mk.tokenize(pd.concat(copies, ignore_index=True)))
    table = mk.associate(told, cluster="event_id").set_index("item")
    once = mk.associate(threefold(count(corpus))).set_index("item")
    known = once.index[once["p"].notna()]
    both, alone = table.loc[known], once.loc[known]
    assert len(known) > 5
    for name in ("low", "high", "p"):
        expected = alone[name].to_numpy()
        assert both[f"{name}_cluster"].to_numpy() == pytest.approx(expected, rel=1e-6)
    sure = alone["p"] < 0.05
    assert (both.loc[sure, "p"] < alone.loc[sure, "p"]).all()
    assert table.columns[-1] == "note"


def test_articles_as_clusters_change_nothing(corpus):
    near = COUNTS["near"](corpus)
    table = mk.associate(near, cluster="article")
    assert table["p_cluster"].to_numpy() == pytest.approx(
        table["p"].to_numpy(), nan_ok=True
    )
    assert table["q_cluster"].to_numpy() == pytest.approx(
        table["q"].to_numpy(), nan_ok=True
    )
    with pytest.raises(MediakitError, match="evnt"):
        mk.associate(near, cluster="evnt")
