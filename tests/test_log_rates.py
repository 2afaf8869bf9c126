"""Quasi-Poisson against statsmodels, R's InsectSprays and refits without a week."""

import numpy as np
import pytest

from mediakit.formulas.log_rates import fit_log_rates

api = pytest.importorskip("statsmodels.api")

SPRAYS = {
    "A": [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    "B": [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    "C": [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    "D": [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    "E": [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    "F": [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
}


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    weeks = np.repeat(np.arange(40), 6)
    exposure = rng.integers(100, 900, 240).astype(float)
    design = np.column_stack([rng.normal(size=240), np.tile([0.0, 1], 120)])
    mean = exposure * 0.01 * np.exp(design @ [0.3, -0.5]) * rng.gamma(3, 1 / 3, 240)
    return rng.poisson(mean).astype(float), exposure, design, weeks


def glm(value, exposure, design):
    return api.GLM(value, design, api.families.Poisson(), exposure=exposure)


def test_insect_sprays_vary_one_and_a_half_times_as_much_as_poisson():
    value = np.concatenate(list(SPRAYS.values())).astype(float)
    design = np.kron(np.eye(6), np.ones((12, 1)))
    fitted = fit_log_rates(value, np.ones(72), design, np.arange(72))
    assert fitted.phi == pytest.approx(1.507713, abs=1e-6)
    assert fitted.df == 66
    np.testing.assert_allclose(np.exp(fitted.beta[:2]), [14.5, 184 / 12])


def test_agrees_with_statsmodels(rows):
    value, exposure, design, weeks = rows
    design = np.column_stack([np.ones(len(value)), design])
    fitted = fit_log_rates(value, exposure, design, weeks)
    expected = glm(value, exposure, design).fit(scale="X2")
    np.testing.assert_allclose(fitted.beta, expected.params, rtol=1e-8)
    np.testing.assert_allclose(fitted.model, expected.cov_params(), rtol=1e-6)
    assert fitted.phi == pytest.approx(expected.scale)


def test_a_stratum_is_a_dummy(rows):
    value, exposure, design, weeks = rows
    value = np.where(weeks == 3, 0, value)
    fitted = fit_log_rates(value, exposure, design, weeks, strata=weeks + 100)
    some = weeks != 3
    dummies = np.eye(40)[weeks[some]][:, np.arange(40) != 3]
    full = np.column_stack([design[some], dummies])
    expected = glm(value[some], exposure[some], full).fit(scale="X2")
    np.testing.assert_allclose(fitted.beta, expected.params[:2], rtol=1e-7)
    np.testing.assert_allclose(
        fitted.model, expected.cov_params()[:2, :2], rtol=1e-6, atol=1e-12
    )
    assert fitted.phi == pytest.approx(expected.scale)
    assert fitted.clusters == 39


def test_clustered_errors_are_those_of_leaving_weeks_out(rows):
    value, exposure, design, weeks = rows
    design = np.column_stack([np.ones(len(value)), design])
    fitted = fit_log_rates(value, exposure, design, weeks)
    moves = []
    for week in range(40):
        left = weeks != week
        refit = glm(value[left], exposure[left], design[left]).fit()
        moves.append(refit.params - fitted.beta)
    expected = np.array(moves).T @ np.array(moves) * 39 / 40
    np.testing.assert_allclose(
        np.sqrt(np.diag(fitted.clustered)), np.sqrt(np.diag(expected)), rtol=0.03
    )


def test_what_cannot_be_fitted_is_nothing():
    one, twice = np.ones(8), np.ones((8, 2))
    assert fit_log_rates(np.zeros(8), one, twice[:, :1], np.arange(8)) is None
    assert fit_log_rates(one, one, twice, np.arange(8)) is None
    apart = np.column_stack([one, np.repeat([0.0, 1], 4)])
    assert fit_log_rates(apart[:, 1], one, apart, np.arange(8)) is None
    assert fit_log_rates(one[:2], one[:2], twice[:2], np.arange(2)) is None
