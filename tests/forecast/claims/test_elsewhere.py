from __future__ import annotations

import datetime as dt

import pytest

from forecast import claims
from forecast.claims.elsewhere import Court
from forecast.errors import InputError
from series import ledger


@pytest.mark.parametrize("name", [pytest.param("C02", marks=pytest.mark.slow), "D08"])
def test_the_shipped_ledger_gives_the_verdicts_of_the_court(name: str) -> None:
    assert Court(ledger.load()).check(name, engine="batch") == claims.check(name, engine="batch")


def test_another_ledger_gives_another_verdict() -> None:
    court = Court(ledger.load().as_of(dt.date(2020, 1, 31)))
    assert claims.check("C23", engine="batch")["verdict"] == "entailed"
    assert court.check("C23", engine="batch")["verdict"] == "probability"


def test_an_unknown_claim_is_told() -> None:
    with pytest.raises(InputError, match="C999"):
        Court(ledger.load()).check("C999")
