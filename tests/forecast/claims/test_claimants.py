from __future__ import annotations

from forecast.claims import claimants
from forecast.claims.records import load


def test_everyone_who_claims_in_the_ledger_is_named_and_nobody_else() -> None:
    assert set(claimants.load()) == {claim.claimant for claim in load().values()}


def test_a_name_nobody_has_translated_stays_as_it_is() -> None:
    assert claimants.called("KPMG") == {"en": "KPMG", "zh": "毕马威"}
    assert claimants.called("Somebody") == {"en": "Somebody", "zh": "Somebody"}


def test_an_official_has_a_name_in_both_languages() -> None:
    assert claimants.called("Hu Bin, MOFCOM") == {"en": "Hu Bin, MOFCOM", "zh": "胡斌，商务部"}
