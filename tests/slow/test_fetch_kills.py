"""Hundreds of kills at random moments: no page is lost, none is kept twice."""

import os
import sys

import pytest
from fetch_kills import killed
from fetch_server import site_of

ROUNDS = 12


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_hundreds_of_kills(tmp_path):
    kills = again = 0
    for seed in range(ROUNDS):
        with site_of() as site:
            folder = tmp_path / str(seed)
            one = killed(site, folder, 60, most=60, longest=0.12, seed=seed)
        kills, again = kills + one[0], again + one[1]
    assert kills > 200
    assert again <= kills
    sys.stdout.write(f"{kills} kills, {again} pages asked again, none lost or double\n")
