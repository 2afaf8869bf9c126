"""The study of sentiment runs to its end on counts of real outlets, without texts."""

import pytest

import mediakit as mk
from mediakit.resources import folder
from mediakit.share.own import OwnData
from mediakit.share.study import run_study


@pytest.mark.slow
def test_the_study_of_sentiment_runs_on_a_corpus_of_counts(tmp_path):
    place = folder("data") / "derived" / "democracy"
    assert mk.open_corpus(place).counts_only
    own = OwnData(str(place), by="outlet", a="China Daily")
    page = run_study(["sentiment_trends"], out=tmp_path / "report", own=own)
    said = page.read_text(encoding="utf-8")
    assert "The notebook stopped here" not in said
    assert "4 agree: the tone is higher in China Daily" in said
    assert said.count("Only counts are here, no texts") >= 2
    assert "not validated on this corpus" in said
