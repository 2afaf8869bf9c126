"""How many speakers no list knows stands under every table of voices."""

import warnings

import pandas as pd
import pytest

import mediakit as mk
from mediakit.errors import MediakitWarning
from mediakit.infer.unknown import OVER


def shares_of(groups):
    """Return articles in which officials and unknown people speak, so many of each."""
    rows = []
    for outlet, (official, unknown) in groups.items():
        texts = ["“We won it all,” the minister said."] * official
        texts += ["“We lost it all,” Zorro Blip said."] * unknown
        rows += [(outlet, f"{text} Number {n}.") for n, text in enumerate(texts)]
    frame = pd.DataFrame(rows, columns=["outlet", "text"])
    return mk.tokenize(mk.read_articles(frame))


@pytest.mark.parametrize("of", ["words", "speakers", "verbs"])
def test_unknown_speakers_are_told_per_side_and_warned_of(of):
    corpus = shares_of({"A": (18, 2), "B": (12, 8), "C": (19, 1)})
    voices = mk.count_voices(corpus, of=of)
    with pytest.warns(MediakitWarning, match="A 10 %, B 40 %.*The sides differ"):
        table = mk.compare(voices, by="outlet", a="A", b="B")
    said = f"{OVER[of]} that no list knows: A 10 %, B 40 %;"
    assert any(one.startswith(said) for one in table.attrs["mediakit"]["notes"])
    assert said in mk.describe(table)
    with warnings.catch_warnings():
        warnings.simplefilter("error", MediakitWarning)
        near = mk.compare(voices, by="outlet", a="A", b="C")
        summary = mk.summarise(voices, by="outlet")
        some = mk.summarise(voices.only_items(voices.items["item"].tolist()[:2]))
    assert "A 10 %, C 5 %" in mk.describe(near)
    assert "A 10 %, B 40 %, C 5 %" in mk.describe(summary)
    assert "no list knows" not in mk.describe(some)
