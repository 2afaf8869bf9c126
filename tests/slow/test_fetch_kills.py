"""Hundreds of kills at random moments: no page is lost, none is kept twice."""

import os
import sys
from collections import Counter

import pytest
from fetch_kills import killed
from fetch_server import site_of

LEAST, MOST_ROUNDS = 200, 60


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_hundreds_of_kills(tmp_path):
    found = Counter()
    for seed in range(MOST_ROUNDS):  # how many kills a round takes hangs on the machine
        if found["kills"] >= LEAST:
            break
        with site_of() as site:
            folder = tmp_path / str(seed)
            one = killed(site, folder, 40, most=200, longest=0.03, seed=seed,
                         size=1_000 if seed % 2 else 20_000)  # fmt: skip
        found.update(dict(zip(("kills", "torn", "again"), one, strict=True)))
    sys.stdout.write(f"{dict(found)}; no page lost, none kept twice\n")
    assert found["kills"] >= LEAST
    assert 0 < found["again"] <= found["kills"]
