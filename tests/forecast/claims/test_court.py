"""The court on a made-up series whose answers can be checked on paper."""

import datetime as dt
from decimal import Decimal

import pytest

from forecast.claims.court import judge
from forecast.claims.readings import enumerate_readings, path, required_growth
from forecast.claims.records import Claim
from forecast.claims.sentences import amount, chance, paragraph, percent, with_article
from forecast.claims.verdict import document
from series.observations import Observation, Series
from series.periods import Period

SUBJECT = "cn.offshore.execution.usd"


def claim(**changes: object) -> Claim:
    fields: dict[str, object] = {
        "id": "T1",
        "claimant": "an official",
        "made": dt.date(2021, 6, 30),
        "printed_date": "2021-06-30",
        "source": "S1",
        "kind": "growth",
        "subjects": (SUBJECT,),
        "bases": (Period.year(2020),),
        "end": Period.year(2025),
        "value": Decimal("10.0"),
        "unit": "percent a year",
        "hedge": "exact",
        "wording": "",
        "statements": (),
        "settled_by": "",
        "not_checkable": "",
        "en": "An official expects ten percent a year.",
        "zh": "某官员预计年均增长10%。",
    }
    return Claim(**(fields | changes))  # type: ignore[arg-type]


def show(subject: str, as_of: dt.date | None) -> Series:
    """Answer 100 in 2013 growing 5 % a year; each year is published in the next January."""
    last = 2022 if as_of is None else min(2022, as_of.year - 1)
    observations = tuple(
        Observation(Period.year(year), value, value - 0.05, value + 0.05, "published", (f"s{year}",))
        for year in range(2013, last + 1)
        for value in [round(100 * 1.05 ** (year - 2013), 1)]
    )
    return Series(subject, "USD 100m", "annual", as_of, observations)


def never(subject: str, year: int, as_of: dt.date | None) -> None:
    """Know no months of a running year."""


def test_a_growth_claim_names_a_level() -> None:
    readings, missing = enumerate_readings(claim(), show, None)
    assert not missing
    base = round(100 * 1.05**7, 1)
    assert readings[0].demanded == pytest.approx(base * 1.1**5)
    assert readings[0].threshold == pytest.approx(base * 1.0995**5)
    assert readings[0].low < readings[0].threshold < readings[0].demanded < readings[0].high


def test_a_floor_is_taken_at_its_word() -> None:
    readings, _ = enumerate_readings(claim(kind="level", value=Decimal(200), hedge="over"), show, None)
    assert readings[0].threshold == 200.0
    readings, _ = enumerate_readings(claim(kind="level", value=Decimal(200)), show, None)
    assert readings[0].threshold == 199.5


def test_what_is_still_required_is_hand_arithmetic() -> None:
    latest = Observation(Period.year(2022), 100, 100, 100, "published", ())
    assert required_growth(latest, 121, Period.year(2024)) == pytest.approx(10)
    assert required_growth(latest, 121, Period.year(2022)) is None
    steps = path(latest, 121, Period.year(2024))
    assert [step["period"] for step in steps] == ["2022", "2023", "2024"]
    assert [step["value"] for step in steps] == pytest.approx([100, 110, 121])


def test_then_uses_only_what_was_known_then() -> None:
    judged, _ = judge(claim(), show, None, "batch", never)
    then, now = judged[0].then, judged[0].now
    assert then is not None
    assert now is not None
    assert (then.latest, now.latest) == ("2020", "2022")
    assert then.required < now.required
    assert 0 <= now.probability < 0.2
    assert now.lowest <= now.probability <= now.highest


def test_a_claim_whose_end_is_known_is_settled_by_arithmetic() -> None:
    verdict = document(
        claim(kind="level", end=Period.year(2022), value=Decimal("155.0")), show, None, "batch", running=never
    )
    assert verdict["verdict"] == "entailed"  # 100 x 1.05^9 = 155.1
    assert verdict["probability"] == 1.0
    assert verdict["readings"][0]["now"] is None
    refuted = document(
        claim(kind="level", end=Period.year(2022), value=Decimal("160.0")), show, None, "batch", running=never
    )
    assert (refuted["verdict"], refuted["probability"]) == ("refuted", 0.0)


def test_a_threshold_inside_the_bounds_cannot_be_told() -> None:
    close = claim(kind="level", end=Period.year(2022), value=Decimal("155.14"), hedge="over")
    told = document(close, show, None, "batch", running=never)
    assert told["verdict"] == "consistent"
    assert told["probability"] is None
    assert told["interval"] == [0.0, 1.0]  # nobody can tell


def test_a_base_that_is_missing_is_said() -> None:
    verdict = document(claim(bases=(Period.year(2001),)), show, None, "batch", running=never)
    assert verdict["verdict"] == "not checkable"
    assert "no value for the base year 2001" in verdict["reasons"][0]


def test_the_paragraph_says_the_figures_in_both_languages() -> None:
    judged, _ = judge(claim(), show, None, "batch", never)
    english, chinese = paragraph(claim(), judged, "en"), paragraph(claim(), judged, "zh")
    assert "USD 22.7 bn in 2025" in english
    assert "227亿美元" in chinese
    assert " " not in chinese
    assert "%" in english


def test_words_for_chances_have_fixed_borders_and_percent_is_never_a_false_certainty() -> None:
    assert [chance(p, "en") for p in (0.0, 0.05, 0.5, 1.0)] == [
        "almost none",
        "very small",
        "about even",
        "near certain",
    ]
    assert [percent(p) for p in (0.001, 0.25, 0.999)] == ["<1%", "25%", ">99%"]


def test_a_fall_is_met_by_staying_below() -> None:
    fall = claim(kind="level", value=Decimal("120.0"), hedge="under")
    rise = claim(kind="level", value=Decimal("120.0"), hedge="over")
    below, above = (document(one, show, None, "batch", running=never) for one in (fall, rise))
    assert below["probability"] == pytest.approx(1 - above["probability"])
    settled = claim(kind="multiple", value=Decimal("0.9"), end=Period.year(2022), bases=(Period.year(2020),))
    assert document(settled, show, None, "batch", running=never)["verdict"] == "refuted"


def test_amounts_keep_the_digits_that_they_have_in_both_languages() -> None:
    offshore = "cn.offshore.execution.usd"
    assert amount(Decimal("144.5"), offshore, "en") == "USD 14.45 bn"
    assert amount(Decimal("144.5"), offshore, "zh") == "144.5亿美元"
    assert amount(Decimal("36.0"), offshore, "en") == "USD 3.60 bn"
    assert amount(Decimal("36.0"), offshore, "zh") == "36.0亿美元"
    assert amount(Decimal("3.89E+4"), "cn.total.execution.cny", "en") == "CNY 3,890 bn"
    assert amount(Decimal("3.89E+4"), "cn.total.execution.cny", "zh") == "38900亿元"


@pytest.mark.parametrize(("probability", "said"), [(0.0099, "<1%"), (0.9901, ">99%"), (0.27499, "28%"), (0.125, "12%")])
def test_a_chance_is_never_a_false_certainty(probability: float, said: str) -> None:
    assert percent(probability) == said


def test_a_country_of_its_own_needs_no_article() -> None:
    assert with_article("China's share") == "China's share"
    assert with_article("execution value") == "the execution value"


def test_a_level_that_is_settled_has_no_later_base() -> None:
    past = claim(kind="level", bases=(), end=Period.year(2021), value=Decimal(100))
    reading = document(past, show, None, "batch", running=never)["readings"][0]
    assert reading["base"] is None
    assert reading["implied"] == []
