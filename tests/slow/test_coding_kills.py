"""Coders killed at forty random moments: what was kept stays, in order."""

import subprocess
import sys
import time

import numpy as np
import pytest
from coding_helpers import coding
from test_coding_journal import CODER, records

from mediakit.text.read_codes import read_codes

pytestmark = pytest.mark.slow


def test_forty_sittings_killed_in_one_folder_lose_nothing(tmp_path):
    coding(tmp_path)
    random = np.random.default_rng(1)
    told = 0
    for _ in range(40):
        run = [sys.executable, "-c", CODER, str(tmp_path)]
        with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
            said = len(process.stdout.readline()) > 0
            time.sleep(random.exponential(0.05))
            process.kill()
            told += said + len(process.stdout.read().splitlines())
    kept = len(records(tmp_path))
    assert told <= kept <= told + 40
    assert len(read_codes(tmp_path)) == 4
