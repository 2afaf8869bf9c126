import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.text.actors import KINDS, actor_names

TEXT = (
    "Beijing and South Korea talk; the U.S. and US troops wait. Give us time. "
    "Xi Jinping met North Koreans at the UN Security Council."
)


def spans(corpus, name="actor"):
    shard = corpus.parts[0].shard
    words, layer = shard.vocabulary.to_pylist(), shard.layers[name]
    return [
        (" ".join(words[one] for one in shard.ids[a:b]), layer.names[label])
        for a, b, label in zip(layer.starts, layer.ends, layer.labels, strict=True)
    ]


def test_the_longest_name_counts_and_case_matters():
    assert spans(mk.mark_actors(corpus_of([TEXT]))) == [
        ("Beijing", "China"),
        ("South Korea", "South Korea"),
        ("U.S", "United States"),
        ("US", "United States"),
        ("Xi Jinping", "China"),
        ("North Koreans", "North Korea"),
        ("UN Security Council", "United Nations"),
    ]


def test_overlapping_names_of_two_actors_are_one_mention():
    actors = {"A": ["Old York"], "B": ["York Times", "York"], "C": ["Old"]}
    marked = mk.mark_actors(corpus_of(["The Old York Times."]), actors=actors)
    assert spans(marked) == [("Old York", "A")]


def test_kinds_choose_the_names():
    marked = mk.mark_actors(corpus_of([TEXT]), kinds=["names"])
    assert [one for one, _ in spans(marked)][0] == "South Korea"
    assert "Beijing" not in dict(spans(marked))
    with pytest.raises(mk.MediakitError, match="kinds"):
        mk.mark_actors(corpus_of([TEXT]), kinds=["towns"])


def test_masked_names_leave_every_count():
    corpus = mk.mark_actors(corpus_of([TEXT], titles="China and Russia"))
    inside, outside = corpus.only("actor"), corpus.without("actor")
    assert inside.totals() + outside.totals() == corpus.totals()
    assert corpus.only("title").without("actor").totals().tolist() == [1]
    assert mk.count_patterns(outside, ["us"]).values.sum() == 1


def test_our_list_gives_each_name_to_one_actor():
    named = actor_names()
    assert len(named) >= 90
    assert set(KINDS) == {"names", "demonyms", "capitals", "leaders", "organs"}
    assert all(name == name.strip() for names in named.values() for name in names)


@pytest.mark.parametrize(
    ("actors", "message"),
    [
        ({"Norway": [False]}, "need quotation marks"),
        ({"A": ["x"], "B": ["x"]}, "give it to one of them"),
        ({"A": {"towns": ["x"]}}, "towns"),
        ({"A": []}, "no names"),
    ],
)
def test_errors_say_what_to_do(actors, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.mark_actors(corpus_of([TEXT]), actors=actors)


def test_counts_have_no_actors():
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        mk.mark_actors(mk.load_sample("democracy"))


def test_possessives_are_mentions():
    corpus = corpus_of(["China's plan, China’s army, Xi Jinping's visit.", "Chinas"])
    assert mk.mark_actors(corpus).only("actor").totals().tolist() == [4, 0]
