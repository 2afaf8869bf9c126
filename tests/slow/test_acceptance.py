"""The acceptance table on full texts: runs benchmarks/acceptance.py and judges it."""

import pytest

WITHIN = 0.9  # of the figures that are judged; nearly all misses are on the safe side
UNITS = ("compare", "compare by week", "compare by event", "by week", "by event")
UNEQUAL = "compare, lengths 4 to 1"


@pytest.fixture(scope="module")
def table(shared, tmp_path_factory):
    """Run the whole acceptance once, beside the committed results."""
    import acceptance

    acceptance.OUT = tmp_path_factory.mktemp("acceptance")
    return acceptance.main(repeats=40)


def figures(table, quantity, *tests, least=1):
    rows = table[table["quantity"].str.startswith(quantity) & table["test"].isin(tests)]
    assert set(rows["test"]) == set(tests)
    return rows.loc[rows["tests"] >= least, "value"]


@pytest.mark.slow
def test_most_figures_lie_within_their_limits(table):
    judged = table[table["held"] != ""]
    assert (judged["held"] == "yes").mean() > WITHIN


@pytest.mark.slow
def test_false_alarms_stay_within_their_limits(table):
    assert (figures(table, "p < .05", *UNITS, UNEQUAL) <= 0.062).all()
    assert (figures(table, "p < .001", *UNITS, UNEQUAL) <= 0.002).all()
    assert (figures(table, "splits with any q", *UNITS, UNEQUAL) <= 0.15).all()
    planted = ("compare", "by week", "by event", "within weeks")
    assert (figures(table, "false among found", *planted) <= 0.05).all()


@pytest.mark.slow
def test_intervals_hold_also_where_few_weeks_lie_on_a_side(table):
    tests = ("compare", "by week", "by event", "within weeks")
    assert (figures(table, "coverage of ratio", *tests, least=500) >= 0.93).all()


@pytest.mark.slow
def test_shares_means_and_drawn_tests_find_little_by_chance(table):
    tests = ("shares", "means", "shares by week", "means by week")
    # few words are so rare that a pair of them stands in under twenty articles
    assert (figures(table, "p < .05", *tests, least=1000) <= 0.065).all()
    assert figures(table, "splits with any q", *tests).mean() <= 0.08
    assert (figures(table, "p < .05", "permutation", "bootstrap") <= 0.08).all()


@pytest.mark.slow
def test_claims_of_outlets_halves_topics_and_parts(table):
    tests = ("by outlet, outlets of habits", "chance, confirmed")
    assert (figures(table, "p < .05", *tests, least=1000) <= 0.06).all()
    left = figures(table, "left of one outlet's", "leave one outlet out")
    assert (left < 0.5).all()
    left = figures(table, "left of a whole side's", "leave one outlet out")
    assert (left > 0.7).all()
    false = figures(table, "false words found", "within topics")
    assert (50 * false < figures(table, "false words found", "not matched").max()).all()
    held = figures(table, "coverage of", "decompose", least=500)
    assert held.between(0.92, 0.985).all()


@pytest.mark.slow
def test_dates(table):
    assert figures(table, "days from the date", "change_points").tolist() == [0]
    assert figures(table, "days before", "change_points").item() <= 7
    assert figures(table, "series with p", "change_points", "bursts").mean() <= 0.06


@pytest.mark.slow
def test_the_headline(table):
    assert (figures(table, "found", "compare") <= 0.5).all()
    times = table[table["outlet"] == "New York Times"]
    assert (figures(times, "found", "G2, two-term") > 200).all()
