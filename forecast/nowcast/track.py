"""Track record: every nowcast that the ledger allows, made from what was published by the day, beside what came.

A case is a printed sum of the first months of a year whose total was published later. The nowcast is made as of the
day on which that sum became known; nothing published afterwards is used, but for the factor on the spread. That factor
is learnt leave-one-year-out: from the cases of all other years, as the widening that makes the 80 % intervals of
national totals, and of everything else, hold four in five outcomes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecast.errors import EvidenceError
from forecast.nowcast.records import Class, kind_of, of_ledger
from forecast.nowcast.routes import TAIL, Route, annual_quantiles, distribution, find, joined
from forecast.quantiles import LEVELS, Floats
from forecast.scores.intervals import ranked_probability
from series import progress
from series import show as show_series
from series.ledger import Ledger

NOMINAL = 0.8


@dataclass(frozen=True)
class Case:
    """One nowcast before the factor, and what came.

    Attributes:
        id: the subject.
        year: the year nowcast.
        months: how many of its first months were known.
        as_of: the day.
        value: their sum.
        total: the year, as it was published first of all that the ledger takes for it.
        routes: what was combined.
    """

    id: str
    year: int
    months: int
    as_of: dt.date
    value: float
    total: float
    routes: tuple[Route, ...]

    @property
    def kind(self) -> Class:
        """Whether it is a national total or a part."""
        return kind_of(self.id)

    @cached_property
    def run_rate(self) -> float:
        """What scaling the months up to twelve would have said."""
        return self.value * 12 / self.months

    @cached_property
    def same_growth(self) -> float | None:
        """What last year's total and the same growth would have said."""
        return next((route.value for route in self.routes if route.kind == "growth"), None)

    @cached_property
    def stretch(self) -> float:
        """The error on the log scale over the spread before the factor."""
        centre, spread = joined(self.routes)
        return abs(float(np.log(self.total)) - centre) / spread


@dataclass(frozen=True, slots=True)
class Scored:
    """A nowcast scored, in percent of the outcome: errors of the median and of the two baselines, CRPS, coverage."""

    case: Case
    error: float
    run_rate: float
    same_growth: float | None
    crps: float
    covered: bool


def cases(ledger: Ledger, subjects: Sequence[str] | None = None) -> list[Case]:
    """Return every case of these subjects, or of all, by subject, year and months."""
    names = subjects or sorted({item.subject for item in ledger.in_force if item.kind == "level"})
    open_: list[tuple[progress.Progress, str, float]] = []
    for name in names:
        if ledger.catalog.entry(name).nature == "flow":
            parts = [one for one in progress.years_to_date(name, None, ledger) if not one.derived]
            totals = _published_totals(name, ledger) if parts else {}
            open_ += [(one, name, totals[one.year]) for one in parts if one.year in totals]
    found = []
    for day, group in itertools.groupby(sorted(open_, key=lambda row: row[0].published), lambda row: row[0].published):
        view = ledger.as_of(day)  # one reading of the ledger serves every subject of the day
        found += [_case(name, one, total, view) for one, name, total in group]
    return sorted((case for case in found if case), key=lambda case: (case.id, case.year, case.months))


def factor(known: Sequence[Case], kind: Class) -> float:
    """Return the factor on the spread with which 80 % intervals hold 80 % of these cases of one kind."""
    from scipy.special import stdtrit

    stretches = [case.stretch for case in known if case.kind == kind]
    if not stretches:
        return 1.0
    return float(np.quantile(stretches, NOMINAL) / stdtrit(TAIL, (1 + NOMINAL) / 2))


def score(known: Sequence[Case]) -> list[Scored]:
    """Score each case with the factor learnt from the other years."""
    years = sorted({case.year for case in known})
    kinds: tuple[Class, ...] = ("whole", "part")
    factors = {
        (year, kind): factor([case for case in known if case.year != year], kind) for year in years for kind in kinds
    }
    return [_scored(case, factors[case.year, case.kind]) for case in known]


def _published_totals(subject: str, ledger: Ledger) -> dict[int, float]:
    try:
        annual = show_series(subject, "annual", None, ledger)
    except EvidenceError:
        return {}
    return {one.period.start // 12: one.value for one in annual.observations if one.status in ("published", "narrowed")}


def _case(subject: str, one: progress.Progress, total: float, view: Ledger) -> Case | None:
    record = of_ledger(subject, None, view)
    part = record.latest(one.year)
    if part is None or part.months != one.months or one.year in record.totals or not record.totals:
        return None
    if part.value <= 0 or one.year < min(record.totals):
        return None
    annual = annual_quantiles(record, one.year, "batch")
    found, _ = find(record, part, annual[0] if annual else None)
    return Case(subject, one.year, one.months, one.published, part.value, total, found)


def _scored(case: Case, widening: float) -> Scored:
    quantiles: Floats = distribution(case.routes, widening, case.value)
    low, middle, high = np.interp([(1 - NOMINAL) / 2, 0.5, (1 + NOMINAL) / 2], LEVELS, quantiles)
    truth, scale = np.array([[case.total]]), np.array([case.total / 100])
    crps = float(ranked_probability(truth, quantiles[None, None], LEVELS, scale)[0, 0])
    same = case.same_growth
    return Scored(
        case,
        _off(float(middle), case.total),
        _off(case.run_rate, case.total),
        None if same is None else _off(same, case.total),
        crps,
        bool(low <= case.total <= high),
    )


def _off(value: float, truth: float) -> float:
    return 100 * abs(value / truth - 1)
