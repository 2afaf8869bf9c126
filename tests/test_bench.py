"""The benchmarks' harness on 200 articles, with the peers that this Python has."""

import json
import subprocess
import sys

import numpy as np
import pytest
from bench_helpers import (
    clock,
    engines,
    large,
    make_articles,
    materials,
    million,
    peers,
    plot,
    report,
    run,
    targets,
)
from scipy.stats import chi2_contingency

import mediakit as mk

CHOSEN = ("mediakit", "NLTK")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_articles(200, tmp_path_factory.mktemp("made") / "articles")


@pytest.fixture(scope="module")
def field(folder):
    chosen = [engine for engine in engines.ENGINES if engine.name in CHOSEN]
    broken = engines.Engine("broken", "speed.no_such_module", "all")
    gone = engines.Engine("gone", "speed.peers", "polars", ("no-such-peer",))
    return run.measure([*chosen, broken, gone], folder, None, rounds=1)


def test_what_ran_has_a_cost_and_what_did_not_says_why(field):
    for name in CHOSEN:
        for task, cost in field[name]["tasks"].items():
            assert task in targets.TASKS
            assert "absent" in cost or min(cost["cpu"], cost["peak"]) > 0
    assert {"ids", "count", "compare", "open"} <= set(field["mediakit"]["tasks"])
    assert field["NLTK"]["tasks"]["ids"]["note"].startswith("on every 20th article")
    assert field["gone"] == {"absent": "not installed"}
    assert "no_such_module" in field["broken"]["absent"]


def test_the_report_names_every_engine_and_keeps_the_rest_of_the_file(field, tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    machine = {"date": "d", "processor": "p", "cores": 2, "memory_gb": None}
    machine |= {"load": None, "system": "s", "python": "3", "versions": {}}
    about = {"articles": 200, "machine": machine, "engines": field, "alt": "dots"}
    report.write(page, report.generated(about, {}))
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| all | gone | not installed |" in text
    assert "quanteda: not run" in text
    report.write(page, report.generated(about, {}))
    assert page.read_text() == text


def told(**cpu):
    task = {"wall": 1.0, "grew": 1.0, "part": 1}
    return {
        name.replace("_", "-"): {"tasks": {"ids": {**task, "cpu": value}}}
        for name, value in cpu.items()
    }


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(3.9, "missed"), (4.0, "held"), (8.9, "held"), (9.0, "held, stretch too")],
)
def test_a_target_is_held_from_its_limit_on(seconds, expected):
    target = targets.Target("ids", "scikit-learn", 4, 9)
    field = told(mediakit=1.0, scikit_learn=seconds)
    assert targets.measured(target, field, "mediakit") == seconds
    assert targets.verdict(target, field, "mediakit") == expected


def test_a_limit_in_seconds_and_missing_figures():
    limit = targets.Target("ids", "1 s", 1.0, 0.3, "seconds")
    assert targets.verdict(limit, told(mediakit=1.1), "mediakit") == "missed"
    assert targets.verdict(limit, told(mediakit=0.3), "mediakit") == "held, stretch too"
    gone = {**told(mediakit=1.0), "quanteda": {"absent": "not installed"}}
    other = targets.Target("ids", "quanteda", 15)
    assert targets.verdict(other, gone, "mediakit") == "quanteda: not installed"
    memory = targets.Target("ids", "polars", 2, figure="grew")
    sampled = told(mediakit=1.0, polars=1.0)
    sampled["polars"]["tasks"]["ids"]["part"] = 10
    assert targets.measured(memory, sampled, "mediakit") is None


def test_a_failure_in_a_later_round_keeps_the_figures_before(monkeypatch, folder):
    answers = iter([{"ids": {"cpu": 2.0, "note": ""}}, {"absent": "failed: killed"}])
    monkeypatch.setattr(run, "session", lambda *_: next(answers))
    kept = []
    engine = engines.Engine("one", "speed.own", "all")
    run.measure([engine], folder, None, 2, lambda told: kept.append(json.dumps(told)))
    assert json.loads(kept[0]) == {"one": {"versions": {}}}
    assert kept[1] == kept[2]
    assert json.loads(kept[2])["one"]["tasks"]["ids"]["cpu"] == 2.0


def test_medians_over_rounds():
    rounds = [{"ids": {"cpu": cpu, "note": ""}} for cpu in (5.0, 1.0, 2.0)]
    assert run.medians(rounds)["ids"]["cpu"] == 2.0


@pytest.mark.parametrize("power", [0.9, 1.0, 1.3])
def test_slope_is_the_power_of_growth(power):
    sizes = {
        str(n): {"steps": {"tokenize": {"cpu": 3e-5 * n**power}}}
        for n in (10_000, 100_000, 1_000_000)
    }
    small = {"1000": {"steps": {"tokenize": {"cpu": 99.0}}}}
    assert report.slope({**small, **sizes}, "tokenize") == pytest.approx(power)
    assert report.slope(small, "tokenize") is None


def test_pictures_are_drawn_and_described(tmp_path):
    field = told(mediakit=2.0, re=6.0)
    alt = plot.peers(field, 200, tmp_path / "peers.png")
    assert "find words: re 3" in alt
    steps = {"cpu": 1.0, "peak": 300.0}
    sizes = {n: {"steps": {"open": steps}} for n in ("1000", "10000")}
    assert "1,000, 10,000 articles" in plot.growth(sizes, tmp_path / "growth.png")
    for name in ("peers.png", "growth.png"):
        assert 5_000 < (tmp_path / name).stat().st_size < 200_000
    assert plot.peers({}, 0, tmp_path / "none.png").startswith("No task")


def test_the_clock_multiplies_samples_and_tells_failures():
    watch, calls = clock.Clock(), []
    watch.step("sampled", lambda: calls.append(sum(range(200_000))), part=10)
    assert len(calls) > 1
    assert watch.steps["sampled"]["note"] == "on every 10th article, times 10"
    watch.step("once", lambda: calls.clear(), once=True)
    assert calls == []
    watch.attempt("bad", lambda: 1 / 0)
    assert watch.steps["bad"] == {
        "absent": "failed: ZeroDivisionError: division by zero"
    }


@pytest.mark.skipif(not clock.STATUS.exists(), reason="peaks by step need /proc")
def test_the_peak_is_that_of_the_step():
    """In a process of its own: what other tests held may be given back meanwhile."""
    code = (
        "import json; import numpy as np; from speed import clock; c = clock.Clock();"
        "c.step('large', lambda: np.ones(8_000_000).sum(), once=True);"
        "c.step('small', lambda: 1, once=True); print(json.dumps(c.steps))"
    )
    command = [sys.executable, "-c", code]
    steps = json.loads(subprocess.check_output(command, cwd=run.BENCHMARKS, text=True))
    assert 60 < steps["large"]["grew"] < 130
    assert steps["small"]["grew"] < 10


def test_the_peers_keyness_is_the_log_likelihood_of_the_table():
    a, b = np.array([10, 0, 90]), np.array([30, 5, 165])
    scores, ratio = peers.g2(np, a, b)
    for word in range(3):
        table = [[a[word], b[word]], [a.sum() - a[word], b.sum() - b[word]]]
        expected = chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert scores[word] == pytest.approx(expected.statistic)
    assert ratio[1] < 0 < ratio[2]


def test_the_dictionary_is_the_same_and_has_all_kinds(folder):
    concepts = materials.dictionary_of(folder)
    assert concepts == materials.dictionary_of(folder)
    patterns = [one for many in concepts.values() for one in many]
    assert len(concepts) == materials.CONCEPTS
    assert len(patterns) == 5_000
    assert sum("*" in one for one in patterns) == materials.WILDCARDS
    assert sum(" " in one for one in patterns) == materials.PHRASES


@pytest.mark.filterwarnings("ignore:.*hold a word that the corpus does not")
def test_every_step_of_a_large_run_asks_the_corpus(folder):
    articles = mk.read_articles(materials.first_of(folder, 200))
    corpus, watch = mk.tokenize(articles), clock.Clock()
    for step in [*large.STEPS][2:]:
        large.run(step, watch, corpus)
        cost = watch.steps[step]
        assert "cpu" in cost or cost["absent"] == large.NOT_BUILT


def test_a_large_run_is_taken_up_where_it_stopped(tmp_path, folder, monkeypatch):
    work, results = tmp_path / "work", tmp_path / "growth.json"
    work.mkdir()
    (work / "parquet").symlink_to(folder)
    (work / "generated").write_text("200")
    ran = []
    real = million.run_step

    def run_step(step, *args):
        ran.append(step)
        if step == "tokenize":
            return real(step, *args)
        return {"absent": "failed: stopped"} if len(ran) < 11 else {"cpu": 1.0}

    monkeypatch.setattr(million, "run_step", run_step)
    size = million.measure(200, work, results)
    assert size["steps"]["tokenize"]["cpu"] > 0
    assert size["corpus_bytes"] > 0
    million.measure(200, work, results)
    assert ran == [*million.STEPS, *list(million.STEPS)[1:]]
    steps = json.loads(results.read_text())["200"]["steps"]
    assert all("cpu" in cost for cost in steps.values())
    with pytest.raises(SystemExit, match="holds 200 articles, not 300"):
        million.measure(300, work, results)
