from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from series.errors import EvidenceError, InputError
from series.ledger import Ledger
from series.periods import Period
from series.resolver import Resolution, resolve

Y = Period.parse
OFFSHORE, TOTAL, ONSHORE = (f"cn.{scope}.execution.usd" for scope in ("offshore", "total", "onshore"))


def test_a_level_is_bounded_by_its_last_digit(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2018", "886.5")).bounds(OFFSHORE, Y("2018"))
    assert (found.low, found.high) == (pytest.approx(886.45), pytest.approx(886.55))


def test_growth_bounds_the_base_when_the_level_is_missing(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2019", "110"), say("s2", OFFSHORE, "2019", "10", "growth"))
    bounds = found.bounds(OFFSHORE, Y("2018"))
    assert (bounds.low, bounds.high) == (pytest.approx(109.5 / 1.105), pytest.approx(110.5 / 1.095))


def test_a_fourth_quarter_is_a_difference(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2019", "100.0"), say("s2", OFFSHORE, "2019-01..2019-09", "60.0"))
    bounds = found.bounds(OFFSHORE, Y("2019Q4"))
    assert (bounds.low, bounds.high) == (pytest.approx(39.9), pytest.approx(40.1))


def test_a_part_is_bounded_by_whole_and_other_part(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", TOTAL, "2019", "200"), say("s2", ONSHORE, "2019", "80"))
    bounds = found.bounds(OFFSHORE, Y("2019"))
    assert (bounds.low, bounds.high) == (pytest.approx(119), pytest.approx(121))


def test_average_growth_is_compounded(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2010", "100"), say("s2", OFFSHORE, "2012", "10", "cagr", base="2010"))
    bounds = found.bounds(OFFSHORE, Y("2012"))
    assert (bounds.low, bounds.high) == (pytest.approx(99.5 * 1.095**2), pytest.approx(100.5 * 1.105**2))


def test_a_share_of_sums_is_bounded_as_a_ratio(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", TOTAL, "2019", "200"), say("s2", OFFSHORE, "2019", "100"))
    bounds = found.bounds("cn.offshore.execution.share", Y("2019"))
    assert (bounds.low, bounds.high) == (pytest.approx(100 * 99.5 / 200.5), pytest.approx(100 * 100.5 / 199.5))


def test_a_share_in_one_currency_says_nothing_of_the_other(say: Callable, solve: Callable) -> None:
    yuan = "cn.offshore.execution.cny"
    share = replace(say("s2", "cn.offshore.execution.kpo.share", "2019", "40", "share"), whole=OFFSHORE)
    found = solve(say("s1", OFFSHORE, "2019", "100"), share, say("s3", yuan, "2019", "700", unit="CNY 100m"))
    assert found.bounds("cn.offshore.execution.kpo.usd", Y("2019")).low == pytest.approx(99.5 * 0.395)
    assert found.bounds("cn.offshore.execution.kpo.cny", Y("2019")).low == 0


def test_a_share_is_bounded_in_the_currency_in_which_it_was_printed(say: Callable, solve: Callable) -> None:
    share = "cn.offshore.execution.share"
    told = [say("s1", OFFSHORE, "2019", "60.000"), say("s2", TOTAL, "2019", "100.000")]
    told += [say("s3", name.replace("usd", "cny"), "2019", f, unit="CNY 100m") for name, f in ((OFFSHORE, "61"),)]
    told += [say("s4", TOTAL.replace("usd", "cny"), "2019", "100", unit="CNY 100m")]
    assert solve(*told).bounds(share, Y("2019")).high == pytest.approx(60, abs=0.01)  # more is known in dollars
    printed = replace(say("s5", share, "2019", "61", "share"), whole="cn.total.execution.cny")
    assert solve(*told, printed).bounds(share, Y("2019")).low == pytest.approx(60.5)


def test_a_share_of_what_has_no_record_is_in_percent(say: Callable, solve: Callable) -> None:
    world = "world.offshore.execution.cn.share"
    found = solve(say("s1", world, "2014", "30.2", "share"))
    bounds = found.bounds(world, Y("2014"))
    assert (bounds.low, bounds.high) == (pytest.approx(30.15), pytest.approx(30.25))
    assert found.series(world, "annual").observations[0].value == 30.2


def test_what_nobody_spoke_of_is_unbounded(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2018", "886.5"))
    assert found.bounds(OFFSHORE, Y("2030")).high == float("inf")
    with pytest.raises(InputError, match="not a subject"):
        found.bounds("cn.offshore.exekution.usd", Y("2018"))
    with pytest.raises(EvidenceError, match="nothing published bounds"):
        found.explain(OFFSHORE, Y("2030"))


def test_growth_on_an_unknown_basis_yields_with_a_visible_mark(say: Callable, solve: Callable) -> None:
    figures = (say("s1", OFFSHORE, "2018", "100.0"), say("s2", OFFSHORE, "2019", "110.0"))
    found = solve(*figures, say("s3", OFFSHORE, "2019", "13.5", "growth", basis="unknown"))
    document = found.check()
    assert document["conflicts"] == []
    assert [(f["kind"], f["statements"]) for f in document["findings"]] == [("released", ["s3"])]


def test_growth_on_the_published_basis_is_a_conflict(say: Callable, solve: Callable) -> None:
    figures = (say("s1", OFFSHORE, "2018", "100.0"), say("s2", OFFSHORE, "2019", "110.0"))
    found = solve(*figures, say("s3", OFFSHORE, "2019", "-10.0", "growth"))
    (conflict,) = found.check()["conflicts"]
    assert (conflict["statements"], conflict["resolved_by"]) == (["s1", "s2", "s3"], None)
    best = conflict["repairs"][0]
    assert (best["statements"], best["hypothesis"]) == (["s3"], "sign")
    assert best["bounds"] == [pytest.approx(9.89505, abs=1e-3), pytest.approx(10.10505, abs=1e-3)]
    assert found.series(OFFSHORE, "annual").observations[1].status == "conflicting"


def test_figures_that_agree_only_at_an_end_are_tight(say: Callable, solve: Callable) -> None:
    found = solve(say("s1", OFFSHORE, "2018", "100"), say("s2", OFFSHORE, "2018", "101"))
    (finding,) = found.check()["findings"]
    assert (finding["kind"], finding["statements"]) == ("tight", ["s1", "s2"])


@pytest.mark.slow
def test_the_shipped_ledger_has_no_open_conflict_and_says_what_was_set_aside(
    shipped: Ledger, resolved: Resolution
) -> None:
    document = resolved.check()
    assert document["statements"] == len(shipped.statements)
    assert [c for c in document["conflicts"] if c["resolved_by"] is None] == []
    assert {d.statement for d in shipped.decisions} <= {
        key for f in document["findings"] for key in f["statements"] if f["kind"] in
        ("excluded", "released", "reinterpreted", "accepted")
    }  # fmt: skip
    explained = {c["repairs"][0]["statements"][0]: c["repairs"][0]["hypothesis"] for c in document["conflicts"]}
    assert explained["s1265"] == "digit doubled"  # 33.4 for the offshore contracts of January to August 2020
    assert explained["s0497"] == "base-year value"  # 22.69 bn of onshore contracts, January to August 2015
    assert "s0212" in explained  # 344.6 for 2012 against 336.4
    assert all(len(set(c["statements"])) == len(c["statements"]) for c in document["conflicts"])


def test_years_that_were_not_published_are_narrow(resolved: Resolution) -> None:
    found = resolved.bounds(OFFSHORE, Y("2017"))
    assert (round(found.low, 1), round(found.high, 1)) == (796.1, 796.9)
    assert resolved.bounds(OFFSHORE, Y("2021")).width < 0.002


@pytest.mark.slow
def test_the_known_conflicts_are_found_without_decisions(shipped: Ledger) -> None:
    spoken = {"cn.offshore.contract.usd", "cn.onshore.contract.usd", OFFSHORE, "cn.total.contract.usd"}
    raw = Ledger(shipped.sources, tuple(s for s in shipped.statements if s.subject in spoken), (), shipped.catalog)
    first = {}
    for conflict in resolve(raw).check()["conflicts"]:
        best = conflict["repairs"][0]
        first[tuple(best["statements"])] = best["hypothesis"]
    assert first["s1265",] == "digit doubled"
    assert first["s0497",] == "base-year value"
    assert any("s0212" in named for named in first)


@pytest.mark.parametrize("printed", ["5.85", "13.84", "886.5", "1057.8", "0.0335", "22197"])
def test_the_ends_of_a_print_are_written_as_people_write_them(say: Callable, solve: Callable, printed: str) -> None:
    bounds = solve(say("s1", OFFSHORE, "2018", printed)).bounds(OFFSHORE, Y("2018"))
    half = Decimal(5).scaleb(-len(printed.partition(".")[2]) - 1)
    ends = [float(Decimal(printed) - half), float(Decimal(printed) + half)]
    assert [bounds.low, bounds.high] == ends  # 5.845 and 5.855, and not 5.8549999999999995
