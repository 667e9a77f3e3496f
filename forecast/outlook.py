"""Outlook: the forecasts of several models for some series, with how they did before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast import backtest, longform, panels, plots
from forecast.arguments import read_count, read_flag, read_horizon, read_text
from forecast.backtest import gaps
from forecast.calibration import evidence
from forecast.compositions import joining
from forecast.errors import EvidenceError, InputError, near
from forecast.hierarchies import reconciling
from forecast.hierarchies.errors import Told
from forecast.hierarchies.structure import Hierarchy
from forecast.models import AMOUNTS_ONLY, DEFAULT, chosen, leaning, predict_all, refusals
from forecast.panels import Panel
from forecast.quantiles import LEVELS, Floats, Forecasts, check_levels
from forecast.tables.columns import Columns
from forecast.windows import Windows
from series import ledger as ledgers
from series.periods import Period

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Outlook:
    """What the models say about each series of a panel from its newest value on.

    Attributes:
        panel: the series that could be forecast.
        answers: by model, one row a series.
        horizon: steps ahead of the series that needs most of them.
        steps: steps ahead, for each series.
        engine: reference or batch.
        as_of: what was known when, or None for everything.
        ranking: how the models did in a backtest, best first.
        failures: series that could not be forecast, with the reason.
        warnings: what a reader has to know.
        hierarchy: what adds up to what, where forecasts were reconciled.
        choice: the model to use, the default unless another is better with enough probability, and why.
    """

    panel: Panel
    answers: dict[str, Forecasts]
    horizon: int
    steps: tuple[int, ...]
    engine: str
    as_of: dt.date | None
    ranking: list[dict[str, Any]] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    hierarchy: Hierarchy | None = None
    choice: dict[str, Any] | None = None

    def __repr__(self) -> str:
        many = f"{len(self.names)} {self.panel.frequency} series" if len(self.names) > 1 else self.names[0]
        return f"<Outlook of {many} by {', '.join(self.answers)}, {self.horizon} ahead: .forecasts, .ranking, .plot()>"

    @property
    def origins(self) -> tuple[Period, ...]:
        """The last known period of each series."""
        return tuple(one.known[-1].period for one in self.panel.series)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the series."""
        return tuple(one.id for one in self.panel.series)

    @property
    def forecasts(self) -> pd.DataFrame:
        """The forecasts as a frame in the long form."""
        import pandas as pd

        return pd.DataFrame(self.rows)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The forecasts in the long form, each series up to its own last step."""
        ends = dict(zip(self.names, self.steps, strict=True))
        return [
            row
            for name, answer in self.answers.items()
            for row in longform.records(name, self.names, self.origins, answer)
            if row["horizon"] <= ends[row["series"]]
        ]

    def plot(self, series: str | None = None, model: str | None = None) -> Any:
        """Return an altair fan chart of one series (the first without a name) by one model.

        Without a name that is the default, or the first model where that was not asked.
        """
        usual = DEFAULT if DEFAULT in self.answers else next(iter(self.answers))
        model = usual if model is None else read_text(model, "model", usual)
        name = self.names[0] if series is None else read_text(series, "series", self.names[0])
        if name not in self.names:
            raise InputError(f"there is no series '{name}' here.{near(name, self.names)}")
        return plots.fan(self.panel.series[self.names.index(name)], self.forecasts, model)

    @property
    def forecast(self) -> tuple[str, ...]:
        """The ids of the series that some model answers."""
        told = zip(*(answer.refusals for answer in self.answers.values()), strict=True)
        return tuple(name for name, refusals in zip(self.names, told, strict=True) if not all(refusals))

    def document(self, rows: bool = True) -> dict[str, Any]:
        """Return the JSON document of the command `run`, without its forecasts if no `rows` are wanted."""
        return {
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "engine": self.engine,
            "horizon": self.horizon,
            "forecasts": self.rows if rows else [],
            "produced": [
                {"model": model, "series": name, "produced": made, "refusal": refused or None}
                for model, answer in self.answers.items()
                for name, made, refused in zip(self.names, answer.produced, answer.refusals, strict=True)
            ],
            "ranking": self.ranking,
            "choice": self.choice,
            "findings": [asdict(one) for one in self.panel.findings],
            "warnings": list(self.warnings),
            "failures": [{"series": name, "reason": reason} for name, reason in self.failures.items()],
        }


def make(
    panel: Panel,
    models: str | Iterable[str] | None = None,
    horizon: int | None = None,
    to: Period | None = None,
    as_of: dt.date | None = None,
    levels: Floats = LEVELS,
    engine: str = "reference",
    rank: bool = True,
    seed: int = 0,
    reconcile: bool = False,
    sums: str | None = None,
) -> Outlook:
    """Forecast a panel by several models, and rank them by a backtest of the same series unless `rank` is false.

    Where forecasts are to add up, the wholes of the hierarchy (`sums` declares it, or ids tell) are forecast with the
    parts and reconciled; the horizon then counts from the newest value of all. Levels ascend within 0..1.

    Series that every model refuses are among the failures.

    Raises:
        InputError: if a model or engine is unknown, the horizon or last period is out of range, or levels are none.
        EvidenceError: if no series can be forecast.
    """
    names, warnings = chosen(models, panel.supports)
    reconcile, rank = read_flag(reconcile, "reconcile"), read_flag(rank, "rank")
    seed = read_count(seed, "seed")
    sums = None if sums is None else read_text(sums, "sums", "whole=part+part")
    levels = check_levels(levels)
    asked = np.union1d(levels, LEVELS)  # what is joined, reconciled or stretched needs whole distributions
    if horizon is not None and to is not None:
        raise InputError("both a horizon and a last period are given; give one of them")
    hierarchy = None
    if reconcile or sums is not None:
        kept, hierarchy, failures = reconciling.with_wholes(panel, sums)
        to = to or max(one.known[-1].period for one in kept.series).step(panels.horizon_of(kept, horizon))
        horizon = None
    else:
        kept, failures = panels.fit_part(panel)
    steps = _steps(kept, horizon, to)
    windows = Windows.of_series(kept.series, seed)
    answers = predict_all(names, windows, max(steps), asked, kept.supports, engine)
    unasked = AMOUNTS_ONLY if models is None else ()
    ranked = _ranked(kept, names, max(steps), seed, unasked, hierarchy is not None) if rank else _Ranked()
    if hierarchy is not None:
        answers, joined = reconciling.reconcile(kept, hierarchy, answers, min(steps), seed, ranked.told)
    else:
        answers, joined = joining.join(kept, answers, max(steps), asked, engine, seed)
    spoken = {name: answer for name, answer in answers.items() if name not in unasked}
    ids = [one.id for one in kept.series]
    silent = refusals.unanswered(ids, spoken)
    if len(silent) == len(ids):
        raise EvidenceError("; ".join(f"series {name}: {reason}" for name, reason in list(silent.items())[:3]))
    failures = failures | silent
    notes = [*kept.warnings, *warnings, *joined, *refusals.lines(ids, spoken, silent), *leaning.lines(ids, spoken)]
    notes += ranked.notes
    if ranked.weighed is not None:
        answers[DEFAULT], told = _stretched(kept, answers[DEFAULT], ranked.weighed)
        notes += told
    if len(asked) > len(levels):
        answers = {name: answer.at(np.searchsorted(asked, levels)) for name, answer in answers.items()}
    ranking, choice = ranked.ranking, ranked.choice
    return Outlook(
        kept, answers, max(steps), tuple(steps), engine, as_of, ranking, failures, tuple(notes), hierarchy, choice
    )


def ask(
    ids: Sequence[str] | None = None,
    data: Path | None = None,
    models: Sequence[str] | None = None,
    horizon: int | None = None,
    to: str | None = None,
    as_of: dt.date | None = None,
    engine: str = "reference",
    rank: bool = True,
    seed: int = 0,
    columns: Columns | None = None,
    sheet: str | None = None,
    reconcile: bool = False,
    sums: str | None = None,
    ledger: Path | None = None,
) -> Outlook:
    """Return the outlook of subjects of the ledger (or of the folder), or of a file of the user's.

    Its `failures` name the series that could not be forecast while others could: the command `run` then ends with 3.
    """
    last = None if to is None else Period.parse(to)
    if horizon is not None:
        read_horizon(horizon)
    held = None if ledger is None else ledgers.load(ledger)
    panel = panels.collect(ids, data, as_of, columns, sheet, held)
    return make(
        panel, models, horizon, last, as_of, engine=engine, rank=rank, seed=seed, reconcile=reconcile, sums=sums
    )


def run(*asked: Any, **named: Any) -> dict[str, Any]:
    """Return the document of the command `run`; see `ask`."""
    return ask(*asked, **named).document()


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What a backtest of the panel says: the ranking, what a reader has to know, and what else is learnt from it."""

    ranking: list[dict[str, Any]] = field(default_factory=list)
    choice: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    weighed: evidence.Evidence | None = None
    told: Told | None = None


def _ranked(
    panel: Panel, names: Sequence[str], steps: int, seed: int, unasked: Collection[str], joint: bool
) -> _Ranked:
    """Backtest what is forecast, so far ahead as is usual; for `joint` forecasts keep what reconciling learns from."""
    try:
        tested = backtest.make(panel, names, horizon=min(steps, panels.horizon_of(panel, None)), seed=seed)
    except EvidenceError as error:
        return _Ranked(notes=(f"no ranking: {error}",))
    heard = {name: answer for name, answer in tested.answers.items() if name not in unasked}
    weighed = _weighed(tested) if DEFAULT in names and not joint else None
    told = Told.of(tested) if joint else None
    return _Ranked(tested.ranking, tested.choice, tuple(gaps.lines(panel.series, tested.rolling, heard)), weighed, told)


def _weighed(before: backtest.Backtest) -> evidence.Evidence:
    supports = [before.panel.supports[row] for row in before.rolling.rows]
    return evidence.weigh(before.answers[DEFAULT], before.rolling.truth, before.rolling.rows, supports)


def _stretched(panel: Panel, answer: Forecasts, found: evidence.Evidence) -> tuple[Forecasts, list[str]]:
    """Stretch the default's intervals as far as a long backtest of the same series says, and say so."""
    if found.factor == 1.0:
        return answer, []
    told = (
        f"the error atlas is updated by these series' own backtest: {found.blocks} independent blocks ask for "
        f"intervals {found.ratio:.2f} times as wide, they are stretched by {found.factor:.2f}"
    )
    return evidence.stretched(answer, panel.supports, found), [told]


def _steps(panel: Panel, horizon: int | None, to: Period | None) -> list[int]:
    if to is None:
        return [panels.horizon_of(panel, horizon)] * len(panel.series)
    steps = []
    for one in panel.series:
        last = one.known[-1].period
        months = to.end - last.end
        if to.frequency != panel.frequency and to.frequency != "annual":
            raise InputError(f"'{to}' is no {panel.frequency} period; write it as the series does, like {last}")
        if months <= 0:
            raise InputError(f"series {one.id} ends in {last}; give a last period after it, not {to}")
        steps.append(read_horizon(-(-months // last.length)))
    return steps
