"""How claims turned out: every settled one with the chance it had when it was made, and the verdict on every claim.

`python -m forecast.bench.claims` records the tables that the documents show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from forecast import claims
from forecast.bench import Row, Table
from forecast.bench.records import keep

SETTLED = "Record: settled claims, with the chance they had when they were made"
SCORES = "Record: scores, each claim counting once; lower is better"
CALIBRATION = "Record: chance given and share that was met"
CLAIMANTS = "Record: claimants"
LEFT = "Record: claims about the future that are not scored"
VERDICTS = "Verdicts: every claim of the ledger"
PRINT = "Verdicts: in print"
COUNTS = "Verdicts: how many of each"
RULE = (
    "A claim is settled by the value in force today; the figure published first settles every one of them alike unless "
    "a row says otherwise. The chance is reckoned from what had been published by the day of the claim. Readings of "
    "one claim share its weight."
)


def tables() -> Sequence[Table]:
    """Judge every claim of the ledger and score the settled ones."""
    score = claims.score()
    verdicts = [claims.check(one) for one in claims.load()]
    return [*scored(score), *judged(verdicts)]


def scored(score: Mapping[str, Any]) -> Sequence[Table]:
    """Return the track record as tables."""
    return [
        Table(SETTLED, [_entry(one) for one in score["claims"]], RULE),
        Table(SCORES, [_rounded(one) for one in score["scores"]]),
        Table(
            CALIBRATION,
            [
                {
                    "chance": f"{row['low']:.0%} to {row['high']:.0%}",
                    **_rounded({k: row[k] for k in ("claims", "mean", "met")}),
                }
                for row in score["calibration"]
            ],
        ),
        Table(
            CLAIMANTS,
            [
                {
                    "claimant": row["claimant"],
                    "claims": row["claims"],
                    "met": row["met"],
                    "rank": "–" if not row["ranked"] else "",
                }
                for row in score["claimants"]
            ],
            "Nobody has made the five settled claims that a rank would need.",
        ),
        Table(LEFT, [{"claim": line.split(": ", 1)[0], "why": line.split(": ", 1)[1]} for line in score["left_out"]]),
    ]


def judged(verdicts: Sequence[Mapping[str, Any]]) -> Sequence[Table]:
    """Return the verdict on every claim as tables."""
    counts = Counter(str(one["verdict"]) for one in verdicts)
    rows: list[Row] = [
        {
            "claim": one["id"],
            "what": one["claim"]["en"],
            "verdict": one["verdict"],
            "chance": "–" if one["probability"] is None else f"{one['probability']:.0%}",
            "why": _why(one),
        }
        for one in verdicts
    ]
    printed = [
        {
            "claim": one["id"],
            "English": " ".join(one["text"]["en"].splitlines()),
            "中文": one["text"]["zh"].replace("\n", ""),
        }
        for one in verdicts
        if one["verdict"] != "not checkable"
    ]
    return [
        Table(COUNTS, [{"verdict": name, "claims": count} for name, count in counts.most_common()]),
        Table(VERDICTS, rows),
        Table(PRINT, printed),
    ]


def _entry(one: Mapping[str, Any]) -> Row:
    differs = one["first"] is not None and one["first"] != one["outcome"]
    return {
        "claim": one["claim"],
        "claimant": one["claimant"],
        "made": one["made"],
        "reading": f"{one['subject']} {one['end']}",
        "asked": round(one["threshold"], 1),
        "came": round(one["value"], 1),
        "outcome": f"{one['outcome']} (first print: {one['first']})" if differs else one["outcome"],
        "chance": f"{one['probability']:.0%}",
        "inside": "–" if one["inside"] is None else f"{one['inside']:.0%}",
        "outside": "–" if one["outside"] is None else f"{one['outside']:.0%}",
        "inside from": one["method"],
    }


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {key: "–" if value is None else value for key, value in row.items()}
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in shown.items()}


def _why(one: Mapping[str, Any]) -> str:
    if one["verdict"] == "not checkable":
        return "; ".join(one["reasons"])
    return "; ".join(_reading(reading) for reading in one["readings"])


def _reading(one: Mapping[str, Any]) -> str:
    """Return a reading in a line: what was asked, what came or is implied, or the chance."""
    name = f"{one['subject']} {one['sense']}".strip()
    asked, outcome, now = one["demanded"]["value"], one["outcome"], one["now"]
    if outcome:
        low, high = outcome["low"], outcome["high"]
        came = f"{low:,.5g}" if high is None or f"{low:,.5g}" == f"{high:,.5g}" else f"{low:,.5g} to {high:,.5g}"
        then = f", chance then {one['then']['probability']:.0%}" if one["then"] else ""
        return f"{name}: {came} against {asked:,.5g}, {outcome['verdict']}{then}"
    if now:
        then = f", then {one['then']['probability']:.0%}" if one["then"] else ""
        return f"{name}: {asked:,.5g} takes {now['required']:.1f}% a year, chance {now['probability']:.0%}{then}"
    return f"{name}: {'; '.join(one['gaps'])}"


if __name__ == "__main__":
    keep("claims", tables())
