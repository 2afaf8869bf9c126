"""The benchmarks' modules, and made-up articles for tests: few, of few words."""

import sys
from functools import cache

import pytest
from conftest import ROOT

if str(ROOT / "benchmarks") not in sys.path:
    sys.path.append(str(ROOT / "benchmarks"))
import corpus  # noqa: E402
import million  # noqa: E402, F401
from speed import (  # noqa: E402, F401
    clock,
    engines,
    large,
    materials,
    peers,
    plot,
    report,
    run,
    targets,
)

SMALL = {"BLOCK": 100, "SHARD": 300, "DRAWS": 1 << 18, "TYPES": 30_000, "TOPICS": 10}
MODEL = cache(corpus.Model)


def make_articles(number, folder, seed=1):
    """Write articles as corpus.py does, in small blocks and files."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SMALL, "Model": MODEL}.items():
            patch.setattr(corpus, name, value)
        corpus.main(number, folder, seed)
    return folder
