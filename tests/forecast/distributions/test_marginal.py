from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import lognorm, norm

from forecast.distributions import SCALES, Distribution
from forecast.errors import InputError
from forecast.quantiles import LEVELS, Floats, Forecasts

CENTRES = {"real": 0.0, "positive": 50.0, "share": 0.4, "percent": 40.0, "growth": 8.0}


@st.composite
def distributions(draw: st.DrawFn, support: str | None = None) -> Distribution:
    """Knots of any spacing on the line of the support."""
    kind = support or draw(st.sampled_from(sorted(SCALES)))
    steps = draw(st.lists(st.floats(0.01, 0.5), min_size=len(LEVELS) - 1, max_size=len(LEVELS) - 1))
    start = draw(st.floats(-3, 1))
    line = start + np.concatenate([[0.0], np.cumsum(steps)]) * draw(st.floats(0.05, 1.0))
    return Distribution(SCALES[kind].back(line), LEVELS, kind)


@settings(max_examples=30)
@given(distributions(), st.floats(1e-6, 1 - 1e-6))
def test_the_cdf_undoes_the_quantile_in_the_middle_and_in_the_tails(one: Distribution, level: float) -> None:
    assert one.cdf(one.quantile(level)) == pytest.approx(level, rel=1e-6, abs=1e-9)


@settings(max_examples=30)
@given(distributions(), st.lists(st.floats(1e-6, 1 - 1e-6), min_size=2, max_size=9))
def test_quantiles_ascend_and_stay_inside_the_support(one: Distribution, levels: list[float]) -> None:
    found = one.quantile(np.sort(levels))
    assert (np.diff(found) >= 0).all()
    assert np.isfinite(found).all()
    assert found.min() >= SCALES[one.support].low
    assert found.max() <= SCALES[one.support].high


@settings(max_examples=30)
@given(distributions(), st.lists(st.floats(-200, 400), min_size=2, max_size=9))
def test_the_cdf_ascends_from_nothing_to_certainty(one: Distribution, values: list[float]) -> None:
    found = one.cdf(np.sort(values))
    assert (np.diff(found) >= 0).all()
    assert ((found >= 0) & (found <= 1)).all()
    assert one.cdf(np.array([-np.inf, np.inf])).tolist() == [0.0, 1.0]


@settings(max_examples=30)
@given(distributions(), st.floats(-200, 400))
def test_above_and_below_are_everything_where_there_is_no_atom(one: Distribution, value: float) -> None:
    assert one.cdf(value) + one.exceeds(value) == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=30)
@given(distributions())
def test_the_knots_are_kept_and_the_mean_is_finite_and_between_far_quantiles(one: Distribution) -> None:
    assert one.quantile(LEVELS) == pytest.approx(one.quantiles, rel=1e-12, abs=1e-12)
    low, high = one.quantile([1e-9, 1 - 1e-9])
    assert low <= one.mean <= high


@pytest.mark.parametrize("score", [-4.0, -1.0, 0.3, 3.5])
def test_normal_and_lognormal_quantiles_are_read_back_everywhere(score: float) -> None:
    bell = Distribution(norm.ppf(LEVELS, 3.0, 2.0), LEVELS)
    skew = Distribution(lognorm.ppf(LEVELS, 0.7, scale=5.0), LEVELS, "positive")
    assert bell.exceeds(3 + 2 * score) == pytest.approx(norm.sf(score), abs=1e-9)
    assert skew.exceeds(5 * np.exp(0.7 * score)) == pytest.approx(norm.sf(score), abs=1e-9)
    assert bell.mean == pytest.approx(3.0)
    assert skew.mean == pytest.approx(5 * np.exp(0.7**2 / 2))


def test_the_mean_of_a_share_is_that_of_its_logistic_normal() -> None:
    share = Distribution(SCALES["percent"].back(norm.ppf(LEVELS, 0.5, 0.8)), LEVELS, "percent")
    exact = np.mean(100 / (1 + np.exp(-norm.ppf((np.arange(100000) + 0.5) / 100000, 0.5, 0.8))))
    assert share.mean == pytest.approx(exact, rel=1e-4)


def test_equal_quantiles_are_an_atom() -> None:
    certain = Distribution(np.full(len(LEVELS), 5.0), LEVELS, "positive")
    assert certain.cdf([4.9, 5.0, 5.1]).tolist() == [0.0, 1.0, 1.0]
    assert certain.exceeds([4.9, 5.0, 5.1]).tolist() == [1.0, 1.0, 0.0]
    assert certain.mean == pytest.approx(5.0)
    assert certain.quantile(0.999) == pytest.approx(5.0)


def test_amounts_cut_at_zero_have_their_atom_there() -> None:
    cut = Distribution(np.maximum(norm.ppf(LEVELS), 0.0), LEVELS, "positive")
    assert cut.cdf([-1.0, 0.0]).tolist() == pytest.approx([0.0, 0.5])
    assert cut.exceeds([0.0, 1.0]).tolist() == pytest.approx([1.0, norm.sf(1.0)], abs=0.01)
    assert cut.mean == pytest.approx(1 / np.sqrt(2 * np.pi), rel=0.01)
    assert cut.quantile(0.0001) == 0.0


def test_a_batch_answers_as_its_cells_do_and_refused_rows_answer_nothing() -> None:
    cells = np.exp(norm.ppf(LEVELS) * np.array([[[0.1], [0.3]], [[0.2], [0.5]], [[np.nan], [np.nan]]]))
    answer = Forecasts(cells, LEVELS, ("theta", "theta", ""), ("", "", "3 observations"))
    batch = Distribution.of(answer, "positive")
    assert batch.shape == (3, 2)
    found: list[Floats] = [batch.cdf(1.2), batch.exceeds(1.2), batch.mean, batch.quantile(0.9)]
    for cell in np.ndindex(2, 2):
        one = batch[cell]
        assert [each[cell] for each in found] == [one.cdf(1.2), one.exceeds(1.2), one.mean, one.quantile(0.9)]
    assert all(np.isnan(each[2]).all() for each in found)
    grid = batch.cdf(np.array([0.5, 1.0, 2.0])[:, None, None])
    assert grid.shape == (3, 3, 2)
    assert batch.quantile([0.1, 0.9]).shape == (3, 2, 2)


def test_average_growth_is_the_amount_read_as_growth() -> None:
    amount = Distribution(lognorm.ppf(LEVELS, 0.3, scale=200.0), LEVELS, "positive")
    growth = amount.average_growth(100.0, 6)
    assert growth.quantile(0.5) == pytest.approx(100 * (2 ** (1 / 6) - 1))
    for rate in (-5.0, 3.0, 11.3, 40.0):
        assert growth.exceeds(rate) == pytest.approx(amount.exceeds(100 * (1 + rate / 100) ** 6), abs=1e-12)


def test_the_average_growth_of_each_step_counts_its_own_years() -> None:
    amounts = Distribution(np.array([[[90.0, 110.0, 130.0]] * 3]), np.array([0.1, 0.5, 0.9]), "positive")
    growth = amounts.average_growth(100.0, np.arange(1, 4))
    assert growth.quantile(0.5) == pytest.approx(100 * (1.1 ** (1 / np.arange(1, 4)) - 1)[None])


def test_a_known_amount_shifts_the_distribution() -> None:
    amount = Distribution(lognorm.ppf(LEVELS, 0.3, scale=200.0), LEVELS, "positive")
    assert amount.shifted(50.0).exceeds(250.0) == pytest.approx(amount.exceeds(200.0))
    assert amount.shifted(50.0).support == "positive"


@pytest.mark.parametrize(
    ("quantiles", "levels", "support", "said"),
    [
        ([2.0, 1.0], [0.1, 0.9], "real", "ascending"),
        ([1.0, np.inf], [0.1, 0.9], "real", "finite"),
        ([1.0, np.nan], [0.1, 0.9], "real", "finite"),
        ([-1.0, 1.0], [0.1, 0.9], "positive", "outside 0"),
        ([0.5, 1.5], [0.1, 0.9], "share", "outside 0..1"),
        ([0.5, 1.5], [0.1, 0.9], "shares", "share"),
        ([0.5, 1.5], [0.0, 0.9], "real", "levels"),
        ([0.5, 1.5], [0.9, 0.1], "real", "levels"),
        ([0.5, 1.5, 2.0], [0.1, 0.9], "real", r"\[\.\.\., 2\]"),
    ],
)
def test_what_is_no_distribution_is_refused(
    quantiles: list[float], levels: list[float], support: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        Distribution(np.array(quantiles), np.array(levels), support)


def test_impossible_questions_are_refused() -> None:
    one = Distribution(np.array([1.0, 2.0, 3.0]), np.array([0.1, 0.5, 0.9]))
    with pytest.raises(InputError, match="levels"):
        one.quantile(1.0)
    with pytest.raises(InputError, match="missing"):
        one.cdf(np.nan)
    with pytest.raises(InputError, match="amounts"):
        one.average_growth(1.0, 3)
    amount = Distribution(np.array([1.0, 2.0, 3.0]), np.array([0.1, 0.5, 0.9]), "positive")
    with pytest.raises(InputError, match="above zero"):
        amount.average_growth(0.0, 3)


FIVE = Distribution(10 + norm.ppf(LEVELS) * np.arange(1.0, 6)[:, None], LEVELS)


def test_lists_are_taken_for_quantiles_and_levels() -> None:
    given: Any = [1, 2, 4]
    assert Distribution(given, [0.1, 0.5, 0.9]).quantile(0.5) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quantiles", "levels", "support", "said"),
    [
        (["a", "b"], [0.1, 0.9], "real", r"quantiles \['a', 'b'\] holds something else than numbers"),
        ([[1, 2], [1]], [0.1, 0.9], "real", "quantiles .* holds something else than numbers"),
        ([1, 2], "ab", "real", "levels 'ab' holds something else than numbers"),
        ([1, 2], [[0.1, 0.9]], "real", "got"),
        (3, [0.1], "real", "got"),
        ([1, 2], [0.1, np.nan], "real", "levels must ascend"),
        ([1, 2], [0.1, 0.9], 3, "support '3' is unknown"),
        ([1, 2], [0.1, 0.9], None, "support 'None' is unknown"),
    ],
)
def test_what_is_no_distribution_is_refused_in_a_line(quantiles: Any, levels: Any, support: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        Distribution(quantiles, levels, support)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [
        ("quantile", ("a",), "levels 'a' holds something else than numbers"),
        ("cdf", ("a",), "value 'a' holds something else than numbers"),
        ("cdf", ([1, 2, 3],), r"value of shape \(3,\) does not fit distributions of shape \(5,\); give one number"),
        ("exceeds", ([1, 2, 3],), "does not fit"),
        ("shifted", (np.ones(3),), r"amount of shape \(3,\) does not fit"),
        ("shifted", ("a",), "amount 'a' holds"),
        ("shifted", (np.nan,), "a known amount is missing or infinite"),
        ("shifted", ([1, 2, np.inf, 4, 5],), "a known amount is missing or infinite"),
        ("average_growth", ("x", 1), "base 'x' holds"),
        ("average_growth", (1, "x"), "years 'x' holds"),
        ("average_growth", ([1, 2, 3], 1), r"base of shape \(3,\) does not fit"),
    ],
)
def test_what_a_distribution_cannot_be_asked_is_refused_in_a_line(method: str, given: Any, said: str) -> None:
    amounts = Distribution(np.exp(FIVE.quantiles / 10), LEVELS, "positive")
    with pytest.raises(InputError, match=said) as caught:
        getattr(amounts, method)(*given)
    assert "\n" not in str(caught.value)
