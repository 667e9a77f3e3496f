from __future__ import annotations

from forecast.claims import claimants
from forecast.claims.records import load


def test_everyone_who_claims_in_the_ledger_is_named_and_nobody_else() -> None:
    assert set(claimants.load()) == {claim.claimant for claim in load().values()}


def test_a_name_nobody_has_translated_stays_as_it_is() -> None:
    assert claimants.called("KPMG") == {"en": "KPMG", "zh": "毕马威"}
    assert claimants.called("Somebody") == {"en": "Somebody", "zh": "Somebody"}
