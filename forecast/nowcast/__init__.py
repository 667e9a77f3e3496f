"""Nowcasts: the distribution of a year that has begun, given what is known of its first months.

Example:
    >>> import datetime as dt
    >>> year = nowcast("cn.offshore.execution.usd", 2020, dt.date(2020, 9, 30))
    >>> year.latest.months, year.latest.value
    (8, 516.5)
    >>> year.probability(1000) > 0.8
    True
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from forecast import panels, tables
from forecast.arguments import read_date, read_number, read_text, read_year
from forecast.errors import EvidenceError, InputError, named
from forecast.longform import shown
from forecast.nowcast.records import Part, Record, kind_of, of_ledger, of_series
from forecast.nowcast.routes import FACTORS, FARTHEST, Route, annual_quantiles, distribution, find
from forecast.nowcast.shares import Share
from forecast.quantiles import LEVELS, Floats
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Period

__all__ = ["Nowcast", "make", "nowcast", "of_data"]

Basis = Literal["nowcast", "annual forecast", "known"]


@dataclass(frozen=True)
class Nowcast:
    """What is to be expected of one year.

    Attributes:
        record: what was known of the amount.
        year: which year.
        basis: a nowcast from first months; the annual forecast, where none were known; or the year is known.
        method: how it was made, in words.
        quantiles: [Q] at the usual levels, in the unit of the amount.
        latest: the first months that it starts from.
        routes: the ways that were combined.
        share: the share of the year that those months were expected to carry.
        warnings: what was assumed while a series of the user's was read.
    """

    record: Record
    year: int
    basis: Basis
    method: str
    quantiles: Floats
    latest: Part | None = None
    routes: tuple[Route, ...] = ()
    share: Share | None = None
    warnings: tuple[str, ...] = ()

    @property
    def point(self) -> float:
        """The median."""
        return float(np.interp(0.5, LEVELS, self.quantiles))

    @property
    def interval(self) -> tuple[float, float]:
        """The 80 % interval."""
        low, high = np.interp([0.1, 0.9], LEVELS, self.quantiles)
        return float(low), float(high)

    @property
    def run_rate(self) -> float | None:
        """The first months times twelve over their number."""
        return None if self.latest is None else self.latest.value * 12 / self.latest.months

    @property
    def same_growth(self) -> float | None:
        """Last year's total times the growth of the first months, where both are known."""
        return next((route.value for route in self.routes if route.kind == "growth"), None)

    @cached_property
    def reached(self) -> Observation | None:
        """The year itself, where it is known."""
        return self.record.totals.get(self.year) if self.basis == "known" else None

    def probability(self, level: float) -> float:
        """Return the probability that the year reaches a level.

        Between quantiles the logarithm is taken linear in the normal score, and on beyond them.

        Raises:
            InputError: if the level is no number above zero.
        """
        from scipy.special import ndtr, ndtri

        level = read_number(level, "level")
        if not level > 0 or not np.isfinite(level):
            raise InputError(f"a level of {level} is impossible for an amount; it must be above zero")
        if self.latest is not None and level <= self.latest.value:
            return 1.0
        logs = np.log(np.maximum(self.quantiles, np.finfo(np.float64).tiny))
        rising = np.concatenate([[True], np.diff(logs) > 1e-12])
        logs, scores = logs[rising], ndtri(LEVELS)[rising]
        if len(logs) < 2:
            return float(level <= self.point)
        side = int(np.clip(np.searchsorted(logs, np.log(level)), 1, len(logs) - 1))
        slope = (scores[side] - scores[side - 1]) / (logs[side] - logs[side - 1])
        return float(1 - ndtr(scores[side] + slope * (np.log(level) - logs[side])))

    def document(self, reach: float | None = None) -> dict[str, Any]:
        """Return the JSON document of the command `nowcast`, with the probability of reaching a level if given one."""
        from forecast.nowcast.sentences import paragraph

        part = self.latest
        return {
            "id": self.record.id,
            "unit": self.record.unit,
            "year": self.year,
            "as_of": None if self.record.as_of is None else self.record.as_of.isoformat(),
            "basis": self.basis,
            "method": self.method,
            "point": shown(self.point),
            "interval_80": [shown(end) for end in self.interval],
            "quantiles": [
                {"quantile": float(level), "value": shown(float(value))}
                for level, value in zip(LEVELS, self.quantiles, strict=True)
            ],
            "year_to_date": None if part is None else _cell(part, None),
            "expected_share": None if self.share is None else shown(self.share.value),
            "routes": [
                {
                    "route": one.kind,
                    "value": shown(one.value),
                    "spread": shown(one.spread),
                    "weight": shown(one.weight),
                }
                for one in self.routes
            ],
            "baselines": {
                "run_rate": None if self.run_rate is None else shown(self.run_rate),
                "same_growth": None if self.same_growth is None else shown(self.same_growth),
            },
            "reach": None if reach is None else {"level": reach, "probability": shown(self.probability(reach))},
            "history": [
                _cell(one, self.record.totals.get(one.year))
                for one in self.record.parts
                if one.year != self.year or one == part
            ],
            "text": {language: paragraph(self, language, reach) for language in ("en", "zh")},
        }


def nowcast(
    subject: str,
    year: int | str,
    as_of: dt.date | str | None = None,
    ledger: Ledger | None = None,
    engine: str = "batch",
) -> Nowcast:
    """Return the distribution of one year of a subject, using only what had been published by `as_of`.

    Raises:
        InputError: if the subject is unknown, does not add up over months, or the year is too far ahead.
        EvidenceError: if too little was published.
    """
    subject, wanted = read_text(subject, "subject", panels.MAIN[0]), read_year(year)
    return make(of_ledger(subject, read_date(as_of), ledger), wanted, engine)


def of_data(data: Series | panels.Source, year: int | str, engine: str = "batch") -> Nowcast:
    """Return the distribution of one year of a user's monthly or quarterly series, from its months up to a gap.

    The series stands alone, or in a frame, series of pandas or file that holds no other.

    Raises:
        InputError: if there is not one series, it is annual or holds negative values, or the year is too far ahead.
        EvidenceError: if it is too short.
    """
    wanted = read_year(year)
    given, warnings = (data, ()) if isinstance(data, Series) else _alone(data)
    made = replace(make(of_series(given), wanted, engine), warnings=warnings)
    missing = next((period for period in given.missing if period.start // 12 == wanted), None)
    if missing is None or made.basis == "known":
        return made
    return replace(
        made, method=f"{made.method}; {missing} has no value, and what is known of the year after it is not used"
    )


def _alone(data: panels.Source) -> tuple[Series, tuple[str, ...]]:
    """Return the one series of the user's data, and what was assumed while it was read."""
    if isinstance(data, Sequence) and not (isinstance(data, str) and tables.is_path(data)):
        shown = f"'{data}'" if isinstance(data, str) else f"a {type(data).__name__}"
        raise InputError(
            f"{shown} is no data of your own; give a frame, a series of pandas or a file, "
            "and ask nowcast(id, year) of a subject of the ledger"
        )
    panel = panels.of(data)
    if len(panel.series) != 1:
        names = named([one.id for one in panel.series])
        raise InputError(f"the data hold {len(panel.series)} series, {names}; give one, with its periods")
    return panel.series[0], panel.warnings


def make(record: Record, year: int, engine: str = "batch") -> Nowcast:
    """Return the distribution of one year, given a record: known, from its first months, or from earlier years."""
    by = f" by {record.as_of.isoformat()}" if record.as_of else ""
    known = record.totals.get(year)
    if known is not None:
        spread = np.interp(LEVELS, [0, 0.5, 1], [known.low, known.value, known.high])
        return Nowcast(record, year, "known", f"the year is {known.status}: nothing to nowcast", spread)
    _refuse(record, year, by)
    part = record.latest(year)
    annual = annual_quantiles(record, year, engine)
    if part is not None and part.value > 0:
        found, share = find(record, part, annual[0] if annual else None, engine)
        factor = FACTORS[kind_of(record.id) if record.title is not None else "part"]
        method = " + ".join(f"{_ROUTES[route.kind]} ({100 * route.weight:.0f} %)" for route in found if route.weight)
        return Nowcast(record, year, "nowcast", method, distribution(found, factor, part.value), part, found, share)
    if annual is None and part is not None:
        raise EvidenceError(
            f"the months of {record.id} known of {year}{by} come to nothing, and too few years before it for a forecast"
        )
    if annual is None:
        raise EvidenceError(
            f"nothing of {record.id} in {year} is known{by}, and too few years before it for a forecast; "
            "give a later date, or a year that has begun"
        )
    told = "no figure for the first months" if part is None else "nothing but zeros for the first months"
    method = f"annual forecast: {told} of {year} is known{by} ({annual[1]})"
    return Nowcast(record, year, "annual forecast", method, annual[0])


_ROUTES = {
    "share": "share of the year that these months carry",
    "annual": "annual forecast of the same day",
    "growth": "last year's total and the growth of these months",
    "whole": "that growth, as the nowcast of the whole corrects it",
}


def _refuse(record: Record, year: int, by: str) -> None:
    if not record.totals:
        raise EvidenceError(f"no whole year of {record.id} is known{by}; a nowcast needs at least one before it")
    first, last = min(record.totals), max(record.totals)
    Period.year(year)
    if year < first:
        raise EvidenceError(
            f"{record.id} is known{by} from {first} on; give a year from {first + 1} to {last + FARTHEST}"
        )
    if year > last + FARTHEST:
        raise InputError(f"{year} is too far ahead of {last}, the last year known{by}; ask 'forecast run' to {year}")


def _cell(part: Part, total: Observation | None) -> dict[str, Any]:
    return {
        "year": part.year,
        "months": part.months,
        "period": str(part.period),
        "value": shown(part.value),
        "growth": part.growth if part.growth is None else shown(part.growth),
        "total": None if total is None else shown(total.value),
        "share": None if total is None or total.value <= 0 else shown(part.value / total.value),
        "derived": part.derived,
        "statements": list(part.statements),
    }
