from __future__ import annotations

import logging

import numpy as np
import pytest

from forecast.models import prophet as batch
from forecast.models.reference import prophet as reference
from forecast.models.reference.prophet import changepoints, forecast
from forecast.quantiles import LEVELS
from forecast.windows import Windows

PAST = np.log([100.6, 144.5, 238.3, 336.4, 454.1, 559.2, 646.4, 704.1, 796.7, 886.5, 968.9, 1057.8])


def test_changepoints_are_few_in_short_windows() -> None:
    assert [changepoints(length) for length in (4, 20, 1000)] == [1, 6, 25]


@pytest.mark.slow
def test_its_uncertainty_depends_on_the_seed_of_the_window_alone_and_is_symmetric() -> None:
    np.random.seed(1)  # noqa: NPY002 - the state that must not matter, and must be left alone
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    one = forecast(Windows.of([PAST, PAST], seeds=[7, 8]), 3, LEVELS)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002
    again = forecast(Windows.of([PAST], seeds=[8]), 3, LEVELS)
    np.testing.assert_array_equal(one.quantiles[1], again.quantiles[0])
    np.testing.assert_array_equal(one.median[0], one.median[1])
    assert not np.array_equal(one.quantiles[0], one.quantiles[1])
    np.testing.assert_allclose(
        one.quantiles + one.quantiles[:, :, ::-1],
        np.broadcast_to(2 * one.median[:, :, None], one.quantiles.shape),
        rtol=1e-9,
    )


@pytest.mark.slow
def test_it_is_silent(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        forecast(Windows.of([PAST]), 2, LEVELS)
    assert capfd.readouterr() == ("", "")
    assert not [record for record in caplog.records if record.name.startswith(("prophet", "cmdstanpy"))]
    assert not logging.getLogger("cmdstanpy").disabled


@pytest.mark.slow
def test_a_missing_value_is_left_out_as_in_the_batch_engine() -> None:
    past = PAST.copy()
    past[[3, 7]] = np.nan
    one, other = (model.forecast(Windows.of([past]), 3, LEVELS) for model in (reference, batch))
    assert one.produced == other.produced == ("prophet",)
    np.testing.assert_allclose(one.median, other.median, rtol=2e-3)
