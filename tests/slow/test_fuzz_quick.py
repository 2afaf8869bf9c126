"""Two million small spoiled files: a table or a MediakitError, and nothing hangs."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import fuzz_quick as fuzz
import pytest
from load_helpers import quiet

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
INPUTS, SEED, SECONDS = 2_000_000, 12, 60
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="limits memory as Linux does"
)


@pytest.mark.slow
@linux
def test_two_million_small_spoiled_files():
    counts, failures = fuzz.run(INPUTS, SEED, workers=2)
    assert failures == []
    assert sum(counts.values()) == INPUTS
    assert all(counts[kind, "table"] for kind in fuzz.seeds())


@pytest.mark.slow
@pytest.mark.skipif(
    not importlib.util.find_spec("atheris"),
    reason="atheris is not installed here: benchmarks/fuzz_coverage.py says how",
)
def test_coverage_leads_the_spoiling(tmp_path):
    script = [sys.executable, str(BENCHMARKS / "fuzz_coverage.py")]
    asked = ["--seconds", str(SECONDS), "--found", str(tmp_path)]
    done = subprocess.run([*script, *asked], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]


def test_small_sound_files_are_read():
    for kind, (name, content, _) in fuzz.seeds().items():
        with quiet():
            assert fuzz.judge(0, name, content) == ("table", ""), kind


def test_an_input_is_the_same_for_its_seed_and_number():
    inputs = fuzz.Inputs(1)
    assert inputs.make(70) == fuzz.Inputs(1).make(70) != inputs.make(71)


@linux
def test_every_input_is_counted_though_a_worker_dies(monkeypatch):
    judge = fuzz.judge

    def dying(number, name, content):
        if number == 7:
            os._exit(3)
        if number == 9:
            return "failed", "as planted"
        return judge(number, name, content)

    monkeypatch.setattr(fuzz, "judge", dying)
    counts, failures = fuzz.run(60, 1)
    assert sum(counts.values()) == 60
    assert {failure["number"] for failure in failures} == {7, 9}
    assert failures[0]["why"] == "the process ended (code 3)"
    assert (
        counts.total() - sum(n for (_, o), n in counts.items() if o == "failed") == 58
    )
