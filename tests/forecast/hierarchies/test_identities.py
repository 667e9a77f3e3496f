from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forecast import outlook
from forecast.errors import InputError
from forecast.hierarchies.identities import declared_sums
from forecast.hierarchies.reconciling import with_wholes
from forecast.panels import from_series

TOTAL, OFFSHORE, ONSHORE = (f"cn.{scope}.execution.usd" for scope in ("total", "offshore", "onshore"))
TYPES = [f"cn.offshore.execution.{part}.usd" for part in ("ito", "bpo", "kpo")]
GROWTH = [100 + 7.0 * year + 5 * (year % 3) for year in range(14)]


def test_the_total_is_its_two_scopes_in_whatever_order_they_are_given() -> None:
    wanted = f"{TOTAL}={OFFSHORE}+{ONSHORE}"
    assert declared_sums([OFFSHORE, ONSHORE, TOTAL]) == wanted
    assert declared_sums([ONSHORE, OFFSHORE]) == wanted


def test_parts_of_a_part_reach_the_total() -> None:
    found = declared_sums([TOTAL, ONSHORE, *TYPES, OFFSHORE])
    assert found is not None
    assert set(found.split(";")) == {f"{OFFSHORE}={'+'.join(TYPES)}", f"{TOTAL}={OFFSHORE}+{ONSHORE}"}


def test_of_two_ways_to_split_a_whole_scopes_come_first() -> None:
    types = [f"cn.total.execution.{part}.usd" for part in ("ito", "bpo", "kpo")]
    assert declared_sums([TOTAL, *types]) == f"{TOTAL}={'+'.join(types)}"
    assert declared_sums([TOTAL, *types, OFFSHORE, ONSHORE]) == f"{TOTAL}={OFFSHORE}+{ONSHORE}"


def test_ids_of_others_are_read_as_they_were() -> None:
    assert declared_sums(["CN/Dalian", "CN/Xiamen"]) is None
    assert declared_sums([OFFSHORE, "mine"]) is None
    assert declared_sums([]) is None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([OFFSHORE, TOTAL], f"{TOTAL} is {OFFSHORE} + {ONSHORE}; give {ONSHORE} too, or declare what adds up"),
        ([OFFSHORE, "cn.offshore.contract.usd"], "declare what does with --sums WHOLE=A+B"),
        (["world.ito_gartner.usd", "cn.wuhan.employees"], "declare what does with --sums WHOLE=A+B"),
    ],
)
def test_what_does_not_add_up_is_refused_with_what_would(names: list[str], said: str) -> None:
    with pytest.raises(InputError, match="nothing adds up among") as caught:
        declared_sums(names)
    assert said in str(caught.value)


def test_no_whole_is_invented_above_a_total_of_the_ledger(made: Callable[..., Any]) -> None:
    off, on = made(GROWTH, OFFSHORE), made([value * 2 for value in GROWTH], ONSHORE)
    whole = made([value * 3 for value in GROWTH], TOTAL)
    found = outlook.make(from_series([off, on, whole]), ["naive"], 2, rank=False, engine="batch", reconcile=True)
    assert found.names == (TOTAL, OFFSHORE, ONSHORE)
    total, *parts = found.answers["naive"].median
    assert total == pytest.approx(sum(parts))


def test_a_subject_in_no_identity_is_left_out_and_told(made: Callable[..., Any]) -> None:
    names = [OFFSHORE, ONSHORE, TYPES[0]]
    panel, hierarchy, _ = with_wholes(from_series([made(GROWTH, name) for name in names]))
    assert hierarchy.names == (TOTAL, OFFSHORE, ONSHORE)
    assert f"1 series are in no sum and are left out: {TYPES[0]}" in panel.warnings
