"""Years: periods that a sentence names by other words than the grammar's: the end of a plan, next year, durations."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from forecast.claims.hearing.patterns import compiled
from series.extract.numerals import WORDS, chinese_integer
from series.extract.tokens import lowered
from series.periods import Period

NEXT_YEAR = re.compile(r"\bnext year\b")
PLAN_END = re.compile(r"(?P<plan>十一|十二|十三|十四|十五)五\W?(?:规划|时期)?(?:期)?(?:末|收官)")
PLANS = {"十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}
TIMES_OF = re.compile(r"[\"'”]?的(?:约|近|逾|超过|至少)?[\d.一二两三四五六七八九十]+倍")
THIS_DECADE = re.compile(
    r"\b(?:by )?(?:the )?(?:end|close) of (?:the|this)(?: current)? decade\b|(?:这|本)(?:一|个)?十年(?:末|底|结束)"
)
DECADE_END = re.compile(r"\b(?:by )?(?:the )?(?:end|close) of the (?P<decade>20\d)0s\b")
DECADES = re.compile(r"\b20\d0(?=s\b)")
DECADE = 10


@dataclass(frozen=True, slots=True)
class When:
    """A period that is named: what is claimed for it (`end`), what growth starts from (`base`), or a span of years."""

    role: str  # end, base, range, or start: of a rate or share that is no longer so
    period: Period
    start: int
    stop: int
    plan: bool = False  # a five-year plan: growth over it starts from the year before


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of years that is not dated: the next five years, the past decade, within four years."""

    kind: str  # next, past, within, or mean: the average of so many
    years: int
    start: int


def durations(plain: str) -> tuple[str, tuple[Duration, ...]]:
    """Return the text with its durations blanked out, and these."""
    found: list[Duration] = []
    for kind, pattern in compiled().durations:
        for match in list(pattern.finditer(lowered(plain))):
            printed = match["n"]
            years = DECADE if printed == "decade" else int(printed) if printed.isdigit() else 0
            years = years or WORDS.get(printed) or chinese_integer(printed) or 0
            if years:
                found.append(Duration(kind, years, match.start()))
                plain = plain[: match.start()] + " " * (match.end() - match.start()) + plain[match.end() :]
    return plain, tuple(found)


def plan_ends(lower: str) -> list[When]:
    """Return the last years of five-year plans that are named as such."""
    return [
        When(
            "base" if _is_base(lower, found) else "end",
            Period.year(PLANS[found["plan"]]),
            found.start(),
            found.end(),
        )
        for found in PLAN_END.finditer(lower)
    ]


def relative_ends(lower: str, made: dt.date | None) -> tuple[list[When], list[str]]:
    """Return next year and the end of a decade, and those of them that need the day of the claim."""
    whens, undated = list[When](), list[str]()
    ends = [(found, None if made is None else made.year + 1) for found in NEXT_YEAR.finditer(lower)]
    ends += [
        (found, None if made is None else made.year // DECADE * DECADE + DECADE)
        for found in THIS_DECADE.finditer(lower)
    ]
    ends += [(found, (int(found["decade"]) + 1) * DECADE) for found in DECADE_END.finditer(lower)]
    for found, year in ends:
        if year is None:
            undated.append(found.group().removeprefix("by "))
        else:
            whens.append(When("end", Period.year(year), found.start(), found.end()))
    return whens, undated


def of_decade(lower: str, start: int, stop: int) -> bool:
    """Whether a year is only the name of a decade: "the 2020s"."""
    return any(start <= found.start() < stop for found in DECADES.finditer(lower))


def _is_base(lower: str, plan: re.Match[str]) -> bool:
    """Whether the end of a plan is what growth starts from: 较“十四五”末, “十三五”末的3倍."""
    before, after = lower[: plan.start()].rstrip("\"'“”"), lower[plan.end() :]
    return bool(compiled().base_before.search(before) or TIMES_OF.match(after))
