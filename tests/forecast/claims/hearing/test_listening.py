"""A table of sentences, half of them Chinese: what is understood of each, or why it is refused."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from forecast.claims.hearing import listen, summon
from forecast.errors import EvidenceError, InputError

with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def day(row: dict[str, str]) -> dt.date | None:
    return dt.date.fromisoformat(row["made"]) if row["made"] else None


@pytest.mark.parametrize("row", [row for row in ROWS if row["exit"] == "0"], ids=lambda row: row["text"])
def test_a_sentence_is_understood(row: dict[str, str]) -> None:
    claim, heard = summon(row["text"], day(row))
    assert (claim.kind, f"{claim.value:f}", str(claim.end)) == (row["kind"], row["value"], row["end"])
    assert f"{claim.hedge} {claim.wording}".strip() == row["how"]
    assert " ".join(str(base) for base in claim.bases) == row["bases"]
    assert " ".join(claim.subjects) == row["subjects"]
    assert str(heard)


@pytest.mark.parametrize("row", [row for row in ROWS if row["exit"] != "0"], ids=lambda row: row["text"])
def test_a_sentence_is_refused_with_what_was_understood_and_what_is_missing(row: dict[str, str]) -> None:
    with pytest.raises({"2": InputError, "4": EvidenceError}[row["exit"]]) as caught:
        summon(row["text"], day(row))
    assert row["says"] in str(caught.value)


def test_half_of_the_sentences_are_chinese() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(texts) == len(set(texts)) >= 160
    assert sum(any("\u4e00" <= c <= "\u9fff" for c in text) for text in texts) >= 80


def test_the_ends_of_a_range_are_two_claims_and_a_change_is_none() -> None:
    low, high = listen("Offshore outsourcing will grow 8-10% a year from 2025 to 2030.")
    assert (low.hedge, str(low.value), high.hedge, str(high.value)) == ("over", "8", "under", "10")
    (change,) = listen("KPO占比从40%提升到50%，预计2028年实现。")
    assert (change.kind, str(change.value)) == ("share", "50")


@pytest.mark.parametrize("words", ["will not exceed", "won't surpass", "will never top", "will be no more than"])
def test_a_figure_that_is_not_passed_is_an_upper_limit(words: str) -> None:
    (one,) = listen(f"Offshore execution {words} $200 billion in 2030.")
    assert (one.hedge, one.missing) == ("under", ())


def test_one_claim_of_several_can_be_picked() -> None:
    text = "到2025年离岸执行额达到1800亿美元，年均增长8%，占比达到60%。"
    assert [one.kind for one in listen(text)] == ["level", "growth", "share"]
    assert summon(text, None, 3)[0].kind == "share"
    with pytest.raises(InputError, match="not among the 3"):
        summon(text, None, 4)


def test_growth_over_years_without_a_rate_is_growth_in_all() -> None:
    claim, heard = summon("Offshore outsourcing grew 63.6% between 2015 and 2020.")
    assert (claim.kind, float(claim.value or 0)) == ("multiple", 1.636)
    assert "over the whole span" in " ".join(heard.notes)


@pytest.mark.parametrize(("printed", "noted"), [("四成", "40%"), ("六成", "60%"), ("七成五", "75%")])
def test_a_note_prints_tenths_as_percent(printed: str, noted: str) -> None:
    (one,) = listen(f"2030年离岸执行额将比2023年增长{printed}。")
    assert f"{noted} without 'a year' is read as growth over the whole span" in one.notes


@pytest.mark.parametrize(
    "text",
    [
        "Offshore execution will rise from $151 billion in 2023 to $240 billion in 2030, a CAGR of 6.8%.",
        "离岸执行额将由2023年的1510亿美元增至2030年的2400亿美元，年均增长6.8%。",
    ],
)
def test_a_level_that_growth_ends_at_is_no_claim_but_is_said(text: str) -> None:
    (one,) = listen(text)
    assert (one.kind, str(one.value)) == ("growth", "6.8")
    assert "USD 240 bn is read as where the growth ends, not as a claim of its own" in one.notes


def test_two_measures_that_share_a_figure_are_two_claims() -> None:
    claims = listen("2026年离岸合同额和执行额均增长5%。")
    assert [one.subjects[0] for one in claims] == ["cn.offshore.contract.usd", "cn.offshore.execution.usd"]
    assert summon("2026年离岸合同额和执行额均增长5%。", None, 2)[0].subjects[0] == "cn.offshore.execution.usd"


def test_a_figure_of_another_matter_is_beyond_the_evidence_and_the_next_is_not() -> None:
    foreign, own = listen("Services trade will grow 6% in 2026, while onshore outsourcing will grow 9%.")
    assert (foreign.subjects, foreign.beyond) == ((), ("a series of 'services trade', which the ledger does not hold",))
    assert (own.subjects[0], own.beyond) == ("cn.onshore.execution.usd", ())


@pytest.mark.parametrize("words", ["不太可能超过", "不大可能突破", "恐难达到", "很难超过", "难以突破"])
def test_what_is_hardly_passed_is_an_upper_limit(words: str) -> None:
    (one,) = listen(f"2026年离岸执行额{words}2000亿美元。")
    assert (one.hedge, one.missing) == ("under", ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Offshore execution was $151.4 billion in 2023 and will rise as much again by 2033.", "as much again"),
        ("离岸执行额2023年为1514亿美元，2026年将再增加同样多。", "再增加同样多"),
        ("Offshore execution will reach $200 billion (1.4 trillion yuan) in 2030.", "1.4 trillion yuan"),
        ("Offshore execution will reach $200 billion by 2030, up from $151 billion in 2023.", ""),
        ("离岸执行额将由2023年的1514亿美元增至2030年的2000亿美元。", ""),
    ],
)
def test_a_figure_that_is_left_over_is_said(text: str, left: str) -> None:
    (one,) = listen(text)
    assert [note for note in one.notes if "not read" in note] == ([f"'{left}' is not read as a claim"] if left else [])


def test_a_range_beside_years_with_prepositions_is_read() -> None:
    text = "Offshore execution will grow 8% in 2026 and in 2028 by 9%, and onshore execution 6% to 8% a year to 2030."
    assert [str(one.value) for one in listen(text)] == ["8", "9", "6", "8"]


@pytest.mark.parametrize(
    ("text", "moved", "hedge"),
    [
        ("2028年信息技术外包占离岸执行额的比重将下降2个百分点至38%。", "-2", "under"),
        ("2028年知识流程外包占离岸执行额的比重将提高3个百分点至45%。", "3", "exact"),
    ],
)
def test_a_percentage_that_a_share_comes_to_by_points_is_a_share(text: str, moved: str, hedge: str) -> None:
    points, share = listen(text, dt.date(2026, 3, 1))
    assert (points.kind, str(points.value)) == ("points", moved)
    assert (share.kind, share.hedge, share.missing) == ("share", hedge, ())


def test_growth_of_some_months_on_a_whole_year_is_asked_about() -> None:
    (one,) = listen(
        "Offshore execution grew at a compound 6% a year to the first quarter of 2026.", dt.date(2026, 6, 1)
    )
    assert "growth on as many months before: 2025 and 2026Q1 are not alike" in one.missing


def test_a_figure_that_another_takes_the_place_of_is_no_claim_but_is_said() -> None:
    (one,) = listen("Offshore execution will come to $185 billion in 2028 rather than the $205 billion planned.")
    assert (f"{one.value:f}", one.notes[-1]) == ("1850", "'$205 billion' is not read as a claim")


def test_points_beside_a_share_are_of_that_share() -> None:
    share, points = listen(
        "KPO will take 45% of offshore execution in 2028, up 2 points from 2025.", dt.date(2026, 3, 1)
    )
    assert (share.kind, points.kind, points.subjects, points.missing) == ("share", "points", share.subjects, ())
