from __future__ import annotations

import pytest

from forecast.bench.resolver import measured, replicated
from series import ledger


def test_copies_share_nothing() -> None:
    shipped = ledger.load()
    statements, structure = replicated(shipped, 2)
    assert len(statements) == 2 * len(shipped.in_force)
    assert {item.subject.partition("-")[0] for item in statements} == {"r0", "r1"}
    assert len(structure.flows) % 2 == 0


@pytest.mark.slow
def test_twice_the_ledger_has_twice_the_components() -> None:
    statements, components, _, _, _ = measured(2)
    one, alone, _, _, _ = measured(1)
    assert (statements, components) == (2 * one, 2 * alone)
