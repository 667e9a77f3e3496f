"""The tables of the claims benchmark, from made-up scores and verdicts."""

from forecast.bench import claims
from forecast.bench.records import kept
from forecast.claims import check, load

SCORE = {
    "claims": [
        {
            "claim": "C1", "claimant": "who", "made": "2012-01-01",
            "subject": "cn.offshore.execution.usd", "end": "2015",
            "threshold": 900.0, "value": 646.4, "outcome": "missed", "first_value": 901.0, "first": "met",
            "probability": 0.12, "inside": None, "outside": 0.12, "method": "class", "weight": 1.0,
        }
    ],
    "scores": [{"way": "court", "brier": 0.0144, "log": 0.1278, "n": 1}],
    "calibration": [{"low": 0.0, "high": 0.2, "claims": 1.0, "mean": 0.12, "met": 0.0}],
    "claimants": [{"claimant": "who", "claims": 1, "met": 0.0, "ranked": False}],
    "left_out": ["C2: 2030 of cn.total.execution.usd is not known yet"],
}  # fmt: skip


def test_a_claim_that_the_first_print_settles_otherwise_is_shown() -> None:
    row = claims.scored(SCORE)[0].rows[0]
    assert row["outcome"] == "missed (first print: met)"
    assert (row["inside"], row["outside"]) == ("–", "12%")


def test_every_table_of_the_record_has_rows() -> None:
    tables = claims.scored(SCORE)
    assert all(table.title.startswith("Record") and table.rows for table in tables)
    assert tables[-1].rows[0] == {"claim": "C2", "why": "2030 of cn.total.execution.usd is not known yet"}


def test_a_verdict_says_why_in_a_line_a_reading() -> None:
    reading = {
        "subject": "cn.total.execution.usd", "sense": "times more", "demanded": {"value": 183.0},
        "then": None, "now": None,
        "outcome": {"low": 181.16, "high": 181.3, "verdict": "refuted"}, "gaps": [],
    }  # fmt: skip
    verdict = {
        "id": "D1", "claim": {"en": "Who said so."}, "verdict": "refuted", "probability": 0.0,
        "text": {"en": "Who said so. It was not so.", "zh": "并非如此。"}, "reasons": [], "readings": [reading],
    }  # fmt: skip
    missing = verdict | {"verdict": "not checkable", "probability": None, "reasons": ["names no figure"]}
    counts, rows, printed = claims.judged([verdict, missing])
    assert [row["why"] for row in rows.rows] == [
        "cn.total.execution.usd times more: 181.16 to 181.3 against 183, refuted",
        "names no figure",
    ]
    assert {row["verdict"]: row["claims"] for row in counts.rows} == {"refuted": 1, "not checkable": 1}
    assert [row["中文"] for row in printed.rows] == ["并非如此。"]


def test_the_record_holds_every_claim_and_still_tells_the_same() -> None:
    rows = {table["title"]: table["rows"] for table in kept("claims")["tables"]}
    verdicts = {row["claim"]: row["verdict"] for row in rows[claims.VERDICTS]}
    assert list(verdicts) == list(load())
    for claim in ("C14", "C20", "D02", "D05", "D07"):
        assert check(claim, engine="batch")["verdict"] == verdicts[claim]
    brier = {row["way"]: row["brier"] for row in rows[claims.SCORES]}
    assert brier["court"] < min(brier["base rate"], brier["base rate then"], brier["claimant"])
