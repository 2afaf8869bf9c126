"""label_events on real news that no parameter was chosen on, and on a made-up lot."""

import sys

import pytest
from conftest import ROOT

if str(ROOT / "benchmarks") not in sys.path:
    sys.path.append(str(ROOT / "benchmarks"))
import events as benchmark  # noqa: E402


@pytest.fixture(scope="module")
def found(shared):
    with (
        pytest.warns(UserWarning, match="usual threshold"),  # NewsWCL50: one day
        pytest.warns(
            UserWarning, match="only 40% reach the threshold"
        ),  # American weeks
    ):
        return benchmark.quality(shared)


def test_american_news_held_out(found):
    held = found["American weeks, held out"]
    assert held["articles"] == 73
    assert held["B-cubed"][2] > held["B-cubed, each alone"][2] + 0.03
    assert held["B-cubed"][2] > 0.92
    assert held["nearest is of the event"] > 0.8


def test_american_weeks_thick_with_one_story(found):
    more = found["American weeks, twelve more weeks"]
    assert (more["articles"], more["true pairs"]) == (252, 51)
    assert more["B-cubed"][2] > 0.91
    # the docstring says so; whoever betters it corrects that as well
    assert more["B-cubed"][2] < more["B-cubed, each alone"][2]
    assert more["pairs"][1] < 0.5


def test_the_warning_says_what_was_found_in_all_american_weeks(found):
    weeks = [figures for name, figures in found.items() if "American" in name]
    true = sum(figures["true pairs"] for figures in weeks)
    right = [round(figures["pairs"][1] * figures["true pairs"]) for figures in weeks]
    together = [
        round(each / figures["pairs"][0])
        for each, figures in zip(right, weeks, strict=True)
    ]
    assert (sum(right), true, sum(together)) == (30, 86, 59)


def test_ten_events_of_five_outlets_without_dates(found):
    held = found["NewsWCL50, phrases, held out"]
    assert (held["articles"], held["true events"]) == (50, 10)
    assert held["B-cubed"][2] > 0.9
    assert held["nearest is of the event"] > 0.95


def test_the_constructed_half_held_out(found):
    held = found["strait, held out"]
    assert held["B-cubed"][0] > 0.98
    assert held["B-cubed"][2] > 0.88


def test_labels_have_an_article_each(shared):
    articles = benchmark.american(shared)
    assert articles["truth"].notna().sum() == 377
