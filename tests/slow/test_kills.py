"""Kills at random moments, many of them: the corpus made in the end is the same."""

import numpy as np
import pytest
from kills import contents, kill_after, news, start

KILLS = 40


@pytest.mark.slow
def test_random_kills_change_nothing(tmp_path):
    source, random = news(tmp_path / "sources", files=4, rows=3_000), np.random
    whole, target = tmp_path / "whole", tmp_path / "corpus"
    assert start(source, whole, 250).wait() == 0
    seconds = random.default_rng(1).uniform(0.2, 6, KILLS)
    killed = sum(
        kill_after(start(source, target, 250), target, 0, wait) for wait in seconds
    )
    assert killed > KILLS // 4
    assert start(source, target, 250).wait() == 0
    assert contents(target) == contents(whole)
