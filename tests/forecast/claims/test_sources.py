from __future__ import annotations

from forecast.claims import records, sources
from series import ledger


def test_every_claim_stands_in_a_known_document() -> None:
    known = sources.load().keys() | ledger.load().sources.keys()
    assert {claim.source for claim in records.load().values()} <= known


def test_a_document_says_where_it_is() -> None:
    assert sources.load()["itpro-2007"].publisher == "ITPro (IDC)"
    assert sources.load()["itpro-2007"].published == "2007"
