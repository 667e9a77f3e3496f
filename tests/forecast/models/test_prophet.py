from __future__ import annotations

import numpy as np
import pytest

from forecast.models import predict
from forecast.windows import Windows

RANDOM = np.random.default_rng(2)
PASTS = [np.exp(np.cumsum(0.1 + 0.15 * RANDOM.standard_normal(size))) for size in (6, 12, 20, 30)]


@pytest.mark.slow
def test_both_engines_have_one_median_and_nearly_one_spread() -> None:
    # prophet 1.5.0 draws 1000 futures; ours are reckoned
    windows = Windows.of(PASTS)
    batch, package = (predict("prophet", windows, 3, support="positive", engine=one) for one in ("batch", "reference"))
    ours, theirs = np.log(batch.quantiles), np.log(package.quantiles)
    scale = np.array([np.ptp(np.log(past)) for past in PASTS])
    assert (np.abs(ours[:, :, 11] - theirs[:, :, 11]).max(axis=1) < 0.01 * scale).all()
    widths = [one[:, :, 18] - one[:, :, 4] for one in (ours, theirs)]
    np.testing.assert_allclose(widths[0], widths[1], rtol=0.12)


def test_annual_data_has_no_season_and_monthly_data_has() -> None:
    months = 10 + np.tile(np.sin(2 * np.pi * np.arange(12) / 12), 4)
    answer = predict("prophet", Windows.of([months], season=12), 12, engine="batch")
    assert np.corrcoef(answer.median[0], months[:12])[0, 1] > 0.99
    flat = predict("prophet", Windows.of([months]), 12, engine="batch").median[0]
    np.testing.assert_allclose(np.diff(flat, 2), 0, atol=1e-9)
