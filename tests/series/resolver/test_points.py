from __future__ import annotations

from collections.abc import Callable

import pytest

import series
from series.ledger import Ledger
from series.resolver import Resolution

OFFSHORE = "cn.offshore.execution.cny"


def test_quarters_of_known_years_are_there_with_bounds(resolved: Resolution) -> None:
    found = {str(one.period): one for one in resolved.series(OFFSHORE, "quarterly").observations}
    quarters = [f"{year}Q{quarter}" for year in range(2019, 2024) for quarter in range(1, 5)]
    assert set(quarters) <= set(found)
    for quarter in quarters[:16]:  # 2019 to 2022 are known to half a percent
        one = found[quarter]
        assert one.status in ("published", "narrowed", "derived")
        assert one.high - one.low < 0.005 * one.value
    assert {found["2023Q3"].status, found["2023Q4"].status} == {"estimated"}


@pytest.mark.parametrize("subject", [OFFSHORE, "cn.offshore.execution.usd", "cn.total.execution.cny"])
def test_the_quarters_of_a_year_add_up_to_it(resolved: Resolution, shipped: Ledger, subject: str) -> None:
    years = {one.period: one.value for one in series.show(subject, ledger=shipped).observations}
    sums: dict[int, list[float]] = {}
    for one in resolved.series(subject, "quarterly").observations:
        sums.setdefault(one.period.start // 12, []).append(one.value)
    full = {year: sum(values) for year, values in sums.items() if len(values) == 4}
    assert len(full) >= 8
    for period, value in years.items():
        if period.start // 12 in full:
            assert full[period.start // 12] == pytest.approx(value, abs=1e-6)


def test_a_wide_quarter_is_estimated_from_the_usual_share(say: Callable, solve: Callable) -> None:
    told = [say("s0", OFFSHORE, "2018Q1", "10.0"), say("s1", OFFSHORE, "2018H1", "30.0")]
    told += [say("s2", OFFSHORE, "2018-01..2018-09", "60.0"), say("s3", OFFSHORE, "2018", "100.0")]
    told += [say("s4", OFFSHORE, "2019", "200.0"), say("s5", OFFSHORE, "2019H1", "70.0")]
    found = {str(one.period): one for one in solve(*told).series(OFFSHORE, "quarterly").observations}
    assert [round(found[f"2018Q{q}"].value, 1) for q in (1, 2, 3, 4)] == [10.0, 20.0, 30.0, 40.0]
    assert [found[f"2019Q{q}"].status for q in (1, 2, 3, 4)] == ["estimated"] * 4
    assert sum(found[f"2019Q{q}"].value for q in (1, 2)) == pytest.approx(70, abs=0.05 + 1e-9)
    assert sum(found[f"2019Q{q}"].value for q in (1, 2, 3, 4)) == pytest.approx(200)
    assert found["2019Q4"].value > found["2019Q3"].value
    assert found["2019Q1"].low == 0


def test_an_exact_print_stands_and_a_hedged_one_gives_way(say: Callable, solve: Callable) -> None:
    told = [say("s1", "cn.total.execution.cny", "2018", "150.0"), say("s2", "cn.onshore.execution.cny", "2018", "49.8")]
    # the others leave [100.1, 100.3]
    (one,) = solve(*told, say("s0", OFFSHORE, "2018", "100")).series(OFFSHORE, "annual").observations
    assert (one.value, one.low, one.high) == (100, 100, pytest.approx(100.3))
    assert one.status == "narrowed"
    (one,) = solve(*told, say("s0", OFFSHORE, "2018", "99", hedge="about")).series(OFFSHORE, "annual").observations
    assert one.value == one.low == pytest.approx(100.1)


def test_half_of_what_the_digits_allow_is_narrowed_whatever_the_level(say: Callable, solve: Callable) -> None:
    # a coarse and a fine print of one year share exactly half of what the fine one allows
    for coarse, fine in (
        ("144", "144.5"),
        ("646", "646.5"),
        ("1058", "1057.5"),
        ("1368", "1368.5"),
        ("8192", "8192.5"),
    ):
        told = [say("s0", OFFSHORE, "2018", coarse), say("s1", OFFSHORE, "2018", fine)]
        (one,) = solve(*told).series(OFFSHORE, "annual").observations
        assert one.value == float(fine)
        assert one.high - one.low == pytest.approx(0.05)
        assert one.status == "narrowed"


def test_years_are_there_that_no_single_figure_gives(say: Callable, solve: Callable) -> None:
    told = [say("s0", OFFSHORE, "2018H1", "30.0"), say("s1", OFFSHORE, "2018-07..2018-12", "70.0")]
    told += [say("s2", OFFSHORE, "2018", "25.0", "growth"), say("s3", OFFSHORE, "2017", "25.0", "growth")]
    found = {str(one.period): one for one in solve(*told).series(OFFSHORE, "annual").observations}
    assert {key: round(one.value, 1) for key, one in found.items()} == {"2016": 64.0, "2017": 80.0, "2018": 100.0}
    assert {one.status for one in found.values()} == {"derived"}
