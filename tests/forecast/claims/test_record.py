"""The record of settled claims, scored by hand."""

import datetime as dt
from itertools import pairwise

import pytest

from forecast.claims import check, score
from forecast.claims.record import BINS, Entry, calibrated, claimants, scored
from forecast.claims.settlement import Settled


def entry(claim: str, probability: float, outcome: str, weight: float = 1.0) -> Entry:
    settled = Settled(1.0, outcome, 1.0, outcome)  # type: ignore[arg-type]
    return Entry(
        claim, "who", dt.date(2012, 1, 1), "s", "2015", 1.0, settled, probability, None, None, "models", weight
    )


TWO = [entry("A", 0.8, "met"), entry("B", 0.4, "missed")]


def test_scores_are_hand_arithmetic() -> None:
    ways = {row["way"]: row for row in scored(TWO)}
    assert ways["court"]["brier"] == pytest.approx((0.2**2 + 0.4**2) / 2)
    assert ways["claimant"]["brier"] == pytest.approx(0.5)
    assert ways["base rate"]["brier"] == pytest.approx(1.0)  # each is given what the other one did
    assert ways["base rate of all"]["brier"] == pytest.approx(0.25)


def test_readings_of_one_claim_share_its_weight() -> None:
    split = [entry("A", 0.8, "met", 0.5), entry("A", 0.8, "met", 0.5), entry("B", 0.4, "missed")]
    assert scored(split)[0]["brier"] == pytest.approx(scored(TWO)[0]["brier"])


def test_every_chance_falls_into_one_bin() -> None:
    found = [entry(str(p), p, "met") for p in (0.0, 0.2, 0.999, 1.0)]
    assert sum(row["claims"] for row in calibrated(found)) == 4
    assert [(row["low"], row["high"]) for row in calibrated(found)] == list(pairwise(BINS))


def test_a_claimant_with_few_claims_is_not_ranked() -> None:
    assert claimants(TWO) == [{"claimant": "who", "claims": 2, "met": 1.0, "ranked": False}]


def test_the_target_of_2020_was_likely_in_september_and_was_met() -> None:
    verdict = check("C01", engine="batch")
    then = verdict["readings"][0]["then"]
    assert then["probability"] > 0.8
    assert then["views"]["inside"]["method"] == "nowcast"
    assert verdict["verdict"] == "entailed"
    plan = check("C23", dt.date(2020, 9, 30), "batch")["readings"][0]
    assert plan["now"]["probability"] > 0.8  # the plan itself is of 2017
    assert plan["then"]["views"]["inside"]["method"] == "models"


@pytest.mark.slow
def test_the_record_knows_nothing_from_after_the_claim() -> None:
    found = score("batch")
    assert len({one["claim"] for one in found["claims"]}) >= 10
    assert all(0 < one["probability"] < 1 for one in found["claims"])
    assert all(one["made"] < f"{one['end']}-12-31" for one in found["claims"])
    assert any("C14" in line for line in found["left_out"])
