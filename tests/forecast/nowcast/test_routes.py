from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from forecast.nowcast.records import of_series
from forecast.nowcast.routes import REST, annual_quantiles, departure, distribution, find, joined, uncertainty
from forecast.quantiles import LEVELS
from series.observations import Series

Made = Callable[..., Series]
FLAT = [10.0] * 60


def test_routes_weigh_one_together_and_growth_weighs_its_months(made: Made) -> None:
    record = of_series(made([*FLAT, *[11.0] * 9], "mine", "2015-01"))
    part = record.latest(2020)
    assert part is not None
    found, share = find(record, part, None)
    assert {route.kind: route.weight for route in found} == pytest.approx({"share": 0.25, "growth": 0.75})
    assert share.value == pytest.approx(0.75, abs=0.02)
    assert {route.kind: route.value for route in found} == pytest.approx({"share": 132, "growth": 132}, rel=0.03)


def test_without_last_year_there_is_no_growth_route(made: Made) -> None:
    record = of_series(made([10.0] * 12 + [11.0] * 2, "mine", "2019-01"))
    later = of_series(made([11.0] * 5, "mine", "2021-01"))
    found, _ = find(record, later.parts[-1], None)
    assert [route.kind for route in found] == ["share"]


def test_the_spread_of_the_whole_lies_between_those_of_its_routes(made: Made) -> None:
    values = [*(10.0 * 1.05 ** (k // 12) * (1 + 0.1 * (k % 5)) for k in range(72)), 15.0, 16.0, 17.0]
    record = of_series(made(values, "mine", "2014-01"))
    part = record.latest(2020)
    assert part is not None
    annual = annual_quantiles(record, 2020, "batch")
    assert annual is not None
    found, _ = find(record, part, annual[0])
    assert [route.kind for route in found] == ["share", "annual", "growth"]
    _, spread = joined(found)
    assert 0 < spread <= max(route.spread for route in found)
    quantiles = distribution(found, 1.0, part.value)
    assert np.all(np.diff(quantiles) >= 0)
    assert len(quantiles) == len(LEVELS)


def test_no_quantile_lies_below_what_has_been_reached(made: Made) -> None:
    record = of_series(made([*FLAT, *[10.0] * 11], "mine", "2015-01"))
    part = record.latest(2020)
    assert part is not None
    found, _ = find(record, part, None)
    assert distribution(found, 50.0, part.value).min() == part.value


def test_growth_that_always_held_narrows_the_growth_route(made: Made) -> None:
    record = of_series(made(FLAT, "mine", "2015-01"))
    assert uncertainty(record, 2020) == pytest.approx(REST * (4 / 8) ** 0.5)


def test_a_part_takes_from_its_whole_what_the_rest_of_the_year_is_like(made: Made) -> None:
    whole = of_series(made([*np.repeat(10 * 1.1 ** np.arange(5), 12), *[30.0] * 9], "whole", "2015-01"))
    alone = of_series(made([*FLAT[:24], *[11.0] * 9], "part", "2018-01"))
    part = alone.latest(2020)
    assert part is not None
    more = departure(whole, part, "batch")
    assert more is not None
    assert more < 0  # the whole's earlier years call such growth a surge
    routes = {route.kind: route for route in find(replace(alone, whole=whole), part, None)[0]}
    assert routes["whole"].value == pytest.approx(routes["growth"].value * np.exp(more))
    assert (routes["growth"].weight, routes["whole"].weight) == pytest.approx((0, 0.875))
    assert sum(route.weight for route in routes.values()) == pytest.approx(1)


def test_a_whole_without_the_same_months_changes_nothing(made: Made) -> None:
    record = of_series(made([*FLAT, *[11.0] * 9], "part", "2015-01"))
    part = record.latest(2020)
    assert part is not None
    behind = of_series(made([*FLAT, *[11.0] * 8], "whole", "2015-01"))
    assert departure(behind, part, "batch") is None
    assert find(replace(record, whole=behind), part, None)[0] == find(record, part, None)[0]
