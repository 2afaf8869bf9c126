"""Figures of guesses: scikit-learn, alpha of two coders, laws, planted truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from mediakit.formulas.agreement import alpha
from mediakit.formulas.classification import (
    accuracy,
    auc,
    class_scores,
    cluster_weights,
    confusion,
    nominal_alpha,
    one_against_rest,
    pair_alpha,
)
from mediakit.formulas.logistic import fit_logistic

pairs = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3)),
    min_size=2,
    max_size=15,
)


def one_row(rows):
    coded, found, times = np.array(rows).T
    return coded, found, times[None].astype(float)


def repeated(rows):
    """Return the same units written out as often as their weight says."""
    return [row for row in rows for _ in range(row[2])]


@settings(max_examples=30)
@given(pairs)
def test_weights_are_repeated_units_and_alpha_is_that_of_two_coders(rows):
    coded, found, weights = one_row(rows)
    written = repeated(rows)
    if not written:
        return
    counts = np.zeros((len(written), 5))
    for unit, (code, guess, _) in enumerate(written):
        counts[unit, code] += 1
        counts[unit, guess] += 1
    values = np.arange(5.0)
    ours = {
        level: pair_alpha(
            coded.astype(float), found.astype(float), weights, level=level
        )
        for level in ("ordinal", "interval", "ratio")
    }
    ours["nominal"] = nominal_alpha(confusion(coded, found, 5, weights))
    for level, value in ours.items():
        theirs = alpha(counts, values, level=level)
        np.testing.assert_allclose(value[0], theirs, atol=1e-9, err_msg=level)


@settings(max_examples=30)
@given(pairs)
def test_scikit_learn_finds_the_same(rows):
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is an extra")
    written = repeated(rows)
    if not written:
        return
    coded, found, weights = one_row(rows)
    table = confusion(coded, found, 5, weights)
    codes, guesses, _ = np.array(written).T
    np.testing.assert_array_equal(
        table[0], metrics.confusion_matrix(codes, guesses, labels=range(5))
    )
    assert accuracy(table)[0] == pytest.approx(metrics.accuracy_score(codes, guesses))
    scores = class_scores(table)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        codes, guesses, labels=range(5), zero_division=np.nan
    )
    np.testing.assert_allclose(scores["precision"][0], precision)
    np.testing.assert_allclose(scores["recall"][0], recall)
    there = np.isin(range(5), [*codes, *guesses])
    np.testing.assert_allclose(scores["f1"][0][there], f1[there])
    assert np.isnan(scores["f1"][0][~there]).all()
    yes = coded > 2
    ours = auc(yes, found.astype(float), weights)[0]
    if len(set(codes > 2)) == 2:
        assert ours == pytest.approx(metrics.roc_auc_score(codes > 2, guesses))
    else:
        assert np.isnan(ours)


def test_auc_is_the_chance_to_be_higher_ties_counting_half():
    coded = np.array([True, True, False, False, False])
    scores = np.array([3.0, 1.0, 1.0, 0.0, 2.0])
    naive = np.mean(
        [(a > b) + (a == b) / 2 for a in scores[coded] for b in scores[~coded]]
    )
    assert auc(coded, scores, np.ones((1, 5)))[0] == pytest.approx(naive)


def test_one_class_against_the_rest_keeps_every_unit():
    table = np.arange(9.0).reshape(3, 3)
    two = one_against_rest(table, 1)
    assert two.tolist() == [[16, 8], [8, 4]]
    assert two.sum() == table.sum()


def test_weights_draw_whole_clusters_as_many_as_there_are():
    clusters = np.array([5, 5, 9, 7, 9])
    weights = np.concatenate([*cluster_weights(clusters, 50, np.random.default_rng(1))])
    assert weights.shape == (50, 5)
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, [0, 2, 3]].sum(axis=1) == 3).all()
    assert weights[:, 3].std() > 0.5


def test_nothing_gives_missing_and_not_zero():
    none = np.empty(0, int)
    weights = np.ones((1, 0))
    table = confusion(none, none, 2, weights)
    assert np.isnan(class_scores(table)["f1"]).all()
    assert np.isnan(accuracy(table)).all()
    assert np.isnan(nominal_alpha(table)).all()
    assert np.isnan(auc(none == 1, none.astype(float), weights)).all()
    empty = none.astype(float)
    for level in ("ordinal", "interval", "ratio"):
        assert np.isnan(pair_alpha(empty, empty, weights, level=level)).all()


@pytest.mark.parametrize("size", [2, 3])
def test_logistic_regression_is_scikit_learns(size):
    linear = pytest.importorskip(
        "sklearn.linear_model", reason="scikit-learn is an extra"
    )
    rng = np.random.default_rng(3)
    features = sparse.random_array((150, 30), density=0.3, rng=rng, format="csr")
    classes = (features.toarray()[:, :size] + rng.random((150, size))).argmax(axis=1)
    coefficients, base = fit_logistic(features, classes, size, cost=2.0)
    logs = features @ coefficients + base
    ours = np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)
    cost = 4.0 if size == 2 else 2.0  # scikit-learn gives two classes one coefficient
    options = {"class_weight": "balanced", "tol": 1e-9, "max_iter": 5000}
    model = linear.LogisticRegression(C=cost, **options).fit(features, classes)
    np.testing.assert_allclose(ours, model.predict_proba(features), atol=2e-3)


def test_a_class_without_units_is_never_guessed():
    features = sparse.csr_array(np.eye(4))
    _, base = fit_logistic(features, np.array([0, 0, 2, 2]), 3, cost=1.0)
    assert base[1] == -np.inf
    assert np.isfinite(base[[0, 2]]).all()
