from __future__ import annotations

import doctest

import forecast


def test_the_example_runs() -> None:
    found = doctest.testmod(forecast)
    assert found.attempted == 5
    assert found.failed == 0
