from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from forecast.distributions import Dependence, Distribution, dependence_of, draw, total
from forecast.errors import InputError
from forecast.quantiles import LEVELS

BELLS = Distribution(10 + norm.ppf(LEVELS) * np.sqrt(np.arange(1.0, 6))[:, None], LEVELS)


@pytest.mark.parametrize("exponent", [0.0, 0.25, 0.5, 2.0])
def test_the_sum_of_normal_steps_has_the_variance_of_its_correlation(exponent: float) -> None:
    dependence = Dependence(exponent)
    spread = np.sqrt(np.arange(1.0, 6))
    exact = np.sqrt(spread @ dependence.correlation(5) @ spread)
    found = total(BELLS, dependence)
    assert (found.quantile(0.9) - found.quantile(0.1)) / 2.5631 == pytest.approx(exact, rel=0.01)
    assert found.mean == pytest.approx(50.0, abs=0.05)


@settings(max_examples=15)
@given(st.floats(0, 3), st.lists(st.floats(0.05, 0.6), min_size=2, max_size=6))
def test_a_sum_spreads_less_than_if_all_steps_were_one_and_has_the_same_mean(
    exponent: float, spreads: list[float]
) -> None:
    steps = Distribution(np.exp(norm.ppf(LEVELS) * np.array(spreads)[:, None]), LEVELS, "positive")
    one, other = total(steps, Dependence(exponent)), total(steps, Dependence(0.0))
    assert one.mean == pytest.approx(steps.mean.sum(), rel=0.01)
    inner = np.arange(0.005, 1, 0.01)
    sums, most = one.quantile(inner), other.quantile(inner)
    for bound in most[::10]:  # the comonotone sum is the largest in convex order
        assert np.maximum(sums - bound, 0).mean() <= np.maximum(most - bound, 0).mean() + 0.005 * most.mean()


def test_a_comonotone_sum_adds_quantiles() -> None:
    found = total(BELLS, Dependence(0.0))
    assert found.quantile(LEVELS) == pytest.approx(BELLS.quantiles.sum(axis=0), abs=0.05)


def test_paths_keep_every_margin() -> None:
    drawn = draw(BELLS, Dependence(0.5))
    even = (np.arange(drawn.shape[1]) + 0.5) / drawn.shape[1]
    assert np.sort(drawn, axis=1) == pytest.approx(BELLS.quantile(even))
    assert np.corrcoef(drawn) == pytest.approx(Dependence(0.5).correlation(5), abs=0.01)


def test_sums_do_not_depend_on_the_batch() -> None:
    many = Distribution(np.repeat(BELLS.quantiles[None], 70, axis=0), LEVELS)
    assert (total(many, Dependence(0.5)).quantiles == total(BELLS, Dependence(0.5)).quantiles).all()


def test_weights_choose_steps_and_known_amounts_are_added() -> None:
    steps = Distribution(np.exp(BELLS.quantiles / 10), LEVELS, "positive")
    found = total(steps, Dependence(0.5), weights=[0, 1, 0, 0, 0], known=3.0)
    assert found.support == "positive"
    assert found.quantile(0.5) == pytest.approx(steps[1].quantile(0.5) + 3.0, rel=1e-3)
    with pytest.raises(InputError, match="weights"):
        total(steps, Dependence(0.5), weights=[1.0])


def test_every_frequency_has_a_dependence() -> None:
    assert dependence_of(1).exponent > 0
    assert dependence_of(12).exponent > dependence_of(4).exponent > dependence_of(1).exponent
    assert dependence_of(52) == dependence_of(12)
    with pytest.raises(InputError, match="exponent"):
        Dependence(-1.0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weights": [1, 1, np.nan, 1, 1]}, "a weight of nan is impossible"),
        ({"weights": [1, 1, -2, 1, 1]}, "a weight of -2 is impossible; give one from 0 up for each step"),
        ({"weights": [1, 1, np.inf, 1, 1]}, "a weight of inf is impossible"),
        ({"weights": ["a"] * 5}, "weights .* holds something else than numbers"),
        ({"weights": 2}, "1 weights were given for 5 steps; give a list"),
        ({"known": np.nan}, "a known amount is missing or infinite"),
        ({"known": "x"}, "amount 'x' holds"),
        ({"dependence": 3}, r"a int is no dependence; give dependence_of\(1\)"),
        ({"steps": [1, 2]}, "a list is no distribution"),
    ],
)
def test_sums_that_cannot_be_are_refused_in_a_line(given: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        total(**({"steps": BELLS, "dependence": Dependence(0.5)} | given))
    assert "\n" not in str(caught.value)


def test_a_dependence_is_of_a_number_of_steps_in_a_year() -> None:
    for season, said in ((0, "season 0 is impossible"), (-1, "season -1"), (1.5, "no whole number"), ("a", "no whole")):
        with pytest.raises(InputError, match=said):
            dependence_of(season)  # type: ignore[arg-type]
    for exponent in ("a", None, [1]):
        with pytest.raises(InputError, match="is no number"):
            Dependence(exponent)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a str is no dependence"):
        draw(BELLS, "a")  # type: ignore[arg-type]
