"""The reach of label_events: how it is told that one long story fills the news."""

import numpy as np
import pandas as pd
import pytest
from test_events import FILLER, reports

import mediakit as mk
from mediakit.clean.events_threshold import chance_threshold
from mediakit.clean.events_words import word_vectors


def test_reach_is_the_part_of_pairs_beyond_chance_above_the_threshold():
    frame = mk.load_sample("strait").articles
    frame = frame.sort_values("published", ignore_index=True)
    vectors, _ = word_vectors(frame)
    day = (frame["published"] - frame["published"].min()).dt.days.to_numpy(float)
    found = chance_threshold(vectors, day, 3)
    alike, gap = (vectors @ vectors.T).toarray(), np.abs(day[:, None] - day)
    np.fill_diagonal(gap, np.inf)
    near, far = alike[gap <= 3], alike[(gap > 7) & (gap <= 31)]
    beyond = [
        (near >= cut).mean() - (far >= cut).mean()
        for cut in np.arange(found.threshold / 2, 1, 0.005)
    ]
    above = (near >= found.threshold).mean() - (far >= found.threshold).mean()
    assert found.reach == pytest.approx(above / max(beyond), abs=0.005)
    assert found.reach > 0.9


def test_a_long_story_that_fills_the_news_is_told():
    rng, rows = np.random.default_rng(8), []
    for day in range(60):
        matter = [f"matter{day // 7}x{number}" for number in range(20)]
        texts = [rng.choice([*FILLER, *matter], 40) for _ in range(8)]
        texts.append(texts[0])  # one report is copied, so that there is an event
        date = pd.Timestamp("2020-01-06") + pd.Timedelta(days=day)
        rows += [(f"d{day}-{n}", "A", date, " ".join(t)) for n, t in enumerate(texts)]
    with pytest.warns(mk.MediakitWarning, match="long stories may fill these days"):
        labelled = mk.label_events(reports(*rows))
    assert 0 < labelled.attrs["mediakit"]["events"]["reach"] < 0.5
    given = mk.label_events(reports(*rows), threshold=0.3)
    assert given.attrs["mediakit"]["events"]["reach"] is None
