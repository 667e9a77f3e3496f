from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from series.resolver.modes import MODES, variants
from series.resolver.readings import read
from series.statements import Statement

OFFSHORE = "cn.offshore.execution.usd"


def _modes(statement: Statement, solve: Callable) -> dict[str, set[str]]:
    """What each way would have the statement speak of."""
    structure = solve(statement).structure
    found: dict[str, set[str]] = {}
    for reading in read(statement, structure):
        for variant in variants(statement, reading, structure):
            found.setdefault(variant.mode, set()).add(str(variant.quantity))
    return found


def test_a_level_can_be_of_the_year_before_or_another_scope_or_currency(say: Callable, solve: Callable) -> None:
    found = _modes(say("s", OFFSHORE, "2019", "968.9"), solve)
    assert found["base-year value"] == {f"{OFFSHORE} 2018"}
    assert "cn.total.execution.usd 2019" in found["scope"]
    assert found["currency"] == {"cn.offshore.execution.cny 2019"}
    assert "sign" not in found
    assert found.keys() <= MODES.keys()


def test_growth_can_have_lost_its_sign_or_refer_to_another_base(say: Callable, solve: Callable) -> None:
    statement = say("s", OFFSHORE, "2019", "9.3", "growth")
    assert f"{OFFSHORE} 2019 / {OFFSHORE} 2017" in _modes(statement, solve)["another base"]
    structure = solve(statement).structure
    (reading,) = read(statement, structure)
    (sign,) = (one for one in variants(statement, reading, structure) if one.mode == "sign")
    assert (sign.interval.low, sign.interval.high) == (Fraction("0.9065"), Fraction("0.9075"))


def test_a_share_can_be_of_another_whole(say: Callable, solve: Callable) -> None:
    told = say("s", "cn.offshore.execution.kpo.share", "2019", "40", "share")
    assert "cn.offshore.execution.kpo.usd 2019 / cn.total.execution.usd 2019" in _modes(told, solve)["another whole"]
