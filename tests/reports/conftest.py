"""A small, complete set of inputs: three series, their forecasts, scores and one claim."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import pytest

from forecast.archive.changes import Altered, Changes, Moved, Surprise
from forecast.archive.scoring import Scored, score, tally
from forecast.quantiles import LEVELS
from reports import inputs as nouns
from reports.page import Day, Literally
from series.ledger import Decision
from series.observations import Observation, Series
from series.periods import Period
from series.statements import Statement
from series.vintages import Revision, Vintage

OFFSHORE = {
    2008: "46.9", 2009: "100.9", 2010: "144.5", 2011: "238.3", 2012: "336.4", 2013: "454.1", 2014: "559.2",
    2015: "646.4", 2016: "704.1", 2017: "796.5", 2018: "886.5", 2019: "968.9", 2020: "1057.8", 2021: "1303.2",
    2022: "1368.5", 2023: "1513.9", 2024: "1643", 2025: "1634.3",
}  # fmt: skip
TOTAL = {2016: "7385", 2017: "8501.6", 2018: "9597.4", 2019: "10695.7", 2020: "12113.4", 2021: "14972", 2022: "16514.5"}
KPO = {2015: "36.4", 2016: "36.0", 2017: "37.4", 2018: "37.9", 2019: "38.4", 2020: "40.1", 2021: "41.7", 2022: "42.2"}
DERIVED = {2009: (0.5, 0.5), 2017: (0.4, 0.4), 2021: (0.6, 0.6)}


def make_series(name: str, unit: str, values: dict[int, str]) -> Series:
    observations = []
    for year, text in values.items():
        below, above = DERIVED.get(year, (0.0, 0.0)) if name.endswith("usd") else (0.0, 0.0)
        status = "derived" if below else "published"
        value = float(text)
        ids = (f"st-{name}-{year}",) if not below else (f"st-{name}-{year}", f"st-{name}-{year - 1}")
        observations.append(Observation(Period.year(year), value, value - below, value + above, status, ids))
    return Series(name, unit, "annual", None, tuple(observations))


def make_statements(series: Series) -> dict[str, Statement]:
    return {
        f"st-{series.id}-{o.period}": Statement(
            id=f"st-{series.id}-{o.period}",
            source=f"src{int(str(o.period)) % 7}",
            subject=series.id,
            period=o.period,
            kind="level",
            printed=f"{o.value:g}",
            value=Decimal(repr(o.value)),
            exponent=-1,
            unit=series.unit,
            hedge="exact",
            rounding="nearest",
            digits="printed",
            base=None,
            basis="",
            currency_basis="",
            whole="",
            original="",
            relation="",
            paraphrase=f"{series.id} was {o.value:g} in {o.period}.",
        )
        for o in series.observations
    }


def make_forecast(series: Series, model: str, growth: float, spread: float) -> nouns.Forecast:
    origin = series.observations[-1]
    steps = {}
    for step in range(1, 2030 - int(str(origin.period)) + 1):
        middle = math.log(origin.value) + growth * step
        steps[origin.period.step(step)] = {
            round(float(level), 6): math.exp(middle + NormalDist().inv_cdf(float(level)) * spread * step**0.5)
            for level in LEVELS
        }
    return nouns.Forecast(series.id, model, origin.period, steps)


def make_scores(series: Series) -> list[nouns.Score]:
    rows = []
    for rank, model in enumerate(("combination", "theta", "ets", "arima", "naive", "drift", "prophet")):
        for metric, value in (("mase", 0.61), ("rmsse", 0.7), ("smape", 6.2), ("crps", 0.05), ("coverage_80", 0.7)):
            rows.append(nouns.Score(model, series.id, "all", metric, value * (1 + rank / 9), 24))
    return rows


def make_outlook(probability: float, low: float, high: float, required: float, median: float) -> dict[str, object]:
    runs = {"years": 5, "count": 16, "reached": 8, "best": 83.8, "latest": 9.1, "newest_reached": 2017}
    return {
        "as_of": None,
        "latest": {"period": "2025", "value": 1634.3},
        "required": required,
        "probability": probability,
        "interval": [low, high],
        "members": {"drift": high, "ets": low},
        "median": median,
        "growth": 9.2,
        "views": {"inside": {"probability": probability}, "outside": {"probability": 0.09}, "weight_inside": 0.5},
        "runs": runs,
    }


def make_reading(subject: str, unit: str, base: float, statement: str) -> dict[str, object]:
    demanded = base * 1.113**8
    return {
        "subject": subject,
        "unit": unit,
        "base": {"period": "2022", "value": base, "low": base, "high": base},
        "demanded": {"period": "2030", "value": demanded, "low": demanded, "high": demanded, "threshold": demanded},
        "implied": [{"period": str(2022 + step), "value": base * 1.113**step} for step in range(9)],
        "then": make_outlook(0.31, 0.02, 0.6, 11.25, base * 1.6),
        "now": make_outlook(0.17, 0.01, 0.42, 14.46, base * 1.5),
        "outcome": None,
        "gaps": [],
        "statements": [statement],
    }


CLAIM: dict[str, Any] = {
    "id": "C02",
    "claimant": "Zhang Xiangchen, WTO",
    "by": {"en": "Zhang Xiangchen, WTO", "zh": "张向晨，世贸组织"},
    "made": "2023",
    "source": "src1",
    "kind": "growth",
    "as_of": None,
    "engine": "reference",
    "claim": {"en": "The market would grow by 11.3% a year until 2030.", "zh": "到2030年市场年均增长11.3%。"},
    "verdict": "probability",
    "probability": 0.17,
    "interval": [0.01, 0.6],
    "statements": ["st-cn.offshore.execution.usd-2022"],
    "reasons": ["the text leaves open what is meant; 2 readings are judged apart"],
    "grounds": [{"key": "open", "figures": {"readings": 2}}],
    "readings": [
        make_reading("cn.offshore.execution.usd", "USD 100m", 1368.5, "st-cn.offshore.execution.usd-2022"),
        make_reading("cn.total.execution.cny", "CNY 100m", 16514.5, "st-cn.total.execution.cny-2022"),
    ],
    "text": {
        "en": "For offshore work in dollars the claim would now need 14.5% a year, every year until 2030.",
        "zh": "按离岸美元口径，该声称如今需要到2030年每年增长14.5%。",
    },
}


SETTLED = CLAIM | {
    "id": "C01",
    "claimant": "Gu Xueming, CAITEC",
    "by": {"en": "Gu Xueming, CAITEC", "zh": "顾学明，商务部研究院"},
    "claim": {"en": "Offshore outsourcing would reach USD 100 bn in 2020.", "zh": "离岸服务外包2020年达到1000亿美元。"},
    "verdict": "entailed",
    "probability": 1.0,
    "readings": [
        CLAIM["readings"][0]
        | {
            "now": None,
            "implied": [],
            "demanded": {"period": "2020", "value": 1000.0, "low": 999.5, "high": 1000.5, "threshold": 1000.0},
            "outcome": {
                "period": "2020",
                "value": 1057.8,
                "low": 1057.75,
                "high": 1057.85,
                "pinned": True,
                "verdict": "entailed",
                "growth": None,
                "statements": ["st-cn.offshore.execution.usd-2020"],
            },
        }
    ],
    "text": {"en": "It came to USD 105.8 bn: met.", "zh": "实际为1058亿美元，已达到。"},
}
UNTESTED = CLAIM | {
    "id": "C04",
    "verdict": "not checkable",
    "probability": None,
    "readings": [],
    "reasons": ["no published series of the digital economy"],
    "grounds": [{"key": "lacking", "figures": {"lack": {"en": "no published series", "zh": "没有数字经济的序列"}}}],
    "statements": [],
}


@pytest.fixture(scope="session")
def inputs() -> nouns.Inputs:
    return make_inputs()


def make_changes(series: Series) -> Changes:
    newest = series.observations[-1]
    year, end, statements = newest.period, Period.year(2030), newest.statements
    moved = Moved(series.id, end, 2290.0, 2040.0, -260.0, 10.0, (year.step(-1), year))
    return Changes(
        since="20260101T0100Z-outlook-1a2b3c4d",
        since_day=dt.date(2026, 1, 1),
        statements=("elsewhere", *statements),
        decisions=("d1",),
        altered=(Altered(series.id, year, None, newest, statements),),
        surprises=(Surprise(series.id, year, 1634.3, 1760.0, (1650.0, 1900.0), 0.05, statements),),
        moved=(moved,),
    )


@pytest.fixture(scope="session")
def changed(inputs: nouns.Inputs) -> nouns.Inputs:
    """The inputs, an earlier run to compare with, conflicts, and archived forecasts that met their outcome."""
    ids = [statement_of(2012), statement_of(2013)]
    conflict = {"id": "c1", "statements": ids, "resolved_by": "d1", "act": "exclude"}
    return dataclasses.replace(
        inputs,
        changes=make_changes(inputs.series[0]),
        conflicts=(conflict | {"repairs": [{"statements": ids[:1], "bounds": [336.2, 336.6]}]},),
        archived=inputs.replayed[:4],
    )


def statement_of(year: int) -> str:
    return f"st-cn.offshore.execution.usd-{year}"


def make_replayed(series: Series) -> tuple[Scored, ...]:
    rows = []
    for year, model in ((year, model) for year in range(2012, 2025) for model in ("combination", "naive")):
        outcome = series.observations[year - 2008]
        quantiles = outcome.value * (0.9 if model == "combination" else 0.8) * (1 + (LEVELS - 0.5) / 2)
        origin = Period.year(year - 1)
        rows.append(score(model, series.id, f"{year}-06-30", origin, quantiles, LEVELS, outcome, 80.0))
    return tuple(rows)


def make_inputs() -> nouns.Inputs:
    series = (
        make_series("cn.offshore.execution.usd", "USD 100m", OFFSHORE),
        make_series("cn.total.execution.cny", "CNY 100m", TOTAL),
        make_series("cn.offshore.execution.kpo.share", "percent", KPO),
    )
    statements = {name: statement for one in series for name, statement in make_statements(one).items()}
    sources = {
        f"src{i}": nouns.Document(
            f"src{i}",
            "商务部",
            f"来源标题{i}",
            Day(dt.date(2016 + i, 1, 31), "month"),
            f"https://example.org/{i}",
            "zh",
            "originator",
        )
        for i in range(7)
    }
    replayed = make_replayed(series[0])
    first = Vintage(Period.year(2018), dt.date(2019, 1, 31), 886.5, 886.4, 886.6, statement_of(2018), "src2")
    revision = Revision(
        series[0].id,
        Period.year(2018),
        "implied",
        first,
        dt.date(2020, 2, 1),
        884.0,
        886.0,
        -0.2,
        (statement_of(2019),),
    )
    decision = Decision(
        "d1", dt.date(2026, 1, 1), statement_of(2012), "reinterpret", "value", "344.6", "336.4", "Digits were swapped."
    )
    return nouns.Inputs(
        as_of=None,
        replayed=replayed,
        tallies=tally(replayed),
        revisions={series[0].id: (revision,)},
        decisions=(decision,),
        sources=sources,
        statements=statements,
        titles={
            "cn.offshore.execution.usd": Literally("Offshore execution", "离岸执行额"),
            "cn.total.execution.cny": Literally("Total execution", "服务外包执行额"),
            "cn.offshore.execution.kpo.share": Literally("KPO share of offshore execution", "离岸KPO占比"),
        },
        series=series,
        forecasts=tuple(
            make_forecast(one, "combination", growth, spread)
            for one, growth, spread in zip(series, (0.05, 0.09, 0.01), (0.05, 0.04, 0.02), strict=True)
        ),
        scores=tuple(score for one in series for score in make_scores(one)),
        claims=(CLAIM, SETTLED, UNTESTED),
    )
