from collections.abc import Sequence

import numpy as np

from forecast.models.answers import answer
from forecast.quantiles import LEVELS, Floats
from forecast.windows import Windows


def last_or_broken(windows: Windows) -> tuple[Floats, Sequence[str]]:
    """Repeat last values; the algebra breaks where one is negative."""
    if (windows.values < 0).any():
        raise np.linalg.LinAlgError("Matrix is not positive definite")
    found = np.broadcast_to(windows.values[:, -1, None, None], (len(windows), 2, len(LEVELS)))
    return np.array(found), ["last"] * len(windows)


def test_windows_that_break_the_algebra_fail_alone() -> None:
    pasts = [np.array([1.0, 2, 3, row]) for row in range(7)]
    pasts[2], pasts[5] = -pasts[2], -pasts[5]
    found = answer(Windows.of(pasts), 4, 2, LEVELS, last_or_broken)
    broken = "failed: Matrix is not positive definite"
    assert found.refusals == tuple(broken if row in (2, 5) else "" for row in range(7))
    assert found.quantiles[6, 1, 11] == 6
    assert np.isnan(found.quantiles[2]).all()
