"""Thousands of spoiled files of every kind: a table or a MediakitError, in bounds."""

import sys

import fuzz_readers as fuzz
import pytest
from load_helpers import quiet

INPUTS, SEED = 5_000, 3


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_spoiled_files_give_a_table_or_an_error():
    counts, failures = fuzz.run(INPUTS, SEED)
    assert failures == []
    assert sum(counts.values()) == INPUTS
    assert all(counts[kind, "table"] for kind in fuzz.samples())


def test_sound_samples_are_read(tmp_path):
    for kind, (name, content) in fuzz.samples().items():
        path = tmp_path / name
        path.write_bytes(content)
        with quiet():
            assert fuzz.judge(path) == ("table", ""), kind
        path.unlink()


def test_an_input_is_the_same_for_its_seed_and_number():
    files = fuzz.samples()
    one, again, other = (fuzz.make(n, 1, files) for n in (70, 70, 71))
    assert one == again != other
