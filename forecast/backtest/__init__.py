"""Backtests: what the models would have said at past origins, scored against what came.

Rolling origin, expanding window: all (series, origin) windows are one batch through the same call as a live forecast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast import panels
from forecast.arguments import read_count
from forecast.backtest import gaps, reliability
from forecast.backtest.reliability import Reliability
from forecast.backtest.verdicts import STATED, Verdict, compare
from forecast.compositions.joining import join_past
from forecast.errors import EvidenceError, InputError
from forecast.models import DEFAULT, chosen, leaning, predict_all
from forecast.panels import Panel
from forecast.quantiles import LEVELS, Floats, Forecasts
from forecast.scores import TABLE, measure, naive_scale, summarise
from forecast.tables.columns import Columns
from forecast.windows import Rolling, roll

if TYPE_CHECKING:
    import pandas as pd

BESIDE = ("naive", "drift")
ORIGINS = 8
DETAILED = 50
ANEW = ("prophet", "growth")
"""Models that keep nothing between two fits."""
CRITERION = "crps"


@dataclass(frozen=True, eq=False, repr=False)
class Backtest:
    """All windows of a backtest, what each model said, and the scores.

    Attributes:
        panel: the series that were long enough.
        rolling: their windows and what followed.
        answers: by model.
        horizon: steps ahead.
        engine: reference or batch.
        failures: series that could not be backtested, with the reason.
        warnings: what a reader has to know.
    """

    panel: Panel
    rolling: Rolling
    answers: dict[str, Forecasts]
    horizon: int
    engine: str
    failures: dict[str, str]
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        many = f"{len(self.panel.series)} {self.panel.frequency} series, {len(self.rolling.windows)} windows"
        return f"<Backtest of {many} by {', '.join(self.answers)}: .ranking, .scores, .coverage, .verdicts, .forecasts>"

    @property
    def origins(self) -> int:
        """The largest number of origins that a series contributes."""
        return int(np.bincount(self.rolling.rows, minlength=1).max())

    @cached_property
    def cells(self) -> dict[str, dict[str, Floats]]:
        """Score cells [B, H] by model and metric."""
        windows = self.rolling.windows
        scale, squared = naive_scale(windows.values, windows.season)
        return {
            name: measure(self.rolling.truth, answer.quantiles, answer.levels, scale, squared)
            for name, answer in self.answers.items()
        }

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Scores in the long form: every model, series and horizon, and "all" of either.

        A panel of more than 50 series has the horizons over all series, and for each series all horizons together.
        """
        names = ["all", *(one.id for one in self.panel.series)]
        found = []
        for model, metrics in self.cells.items():
            tables = {
                score.name: summarise(score, metrics[score.name], self.rolling.rows, len(names) - 1) for score in TABLE
            }
            for place, series in enumerate(names):
                steps = self.horizon if place == 0 or len(self.panel.series) <= DETAILED else 0
                for metric, (values, counts) in tables.items():
                    for step in range(steps + 1):
                        n = int(counts[place, step])
                        found.append(
                            {
                                "model": model,
                                "series": series,
                                "horizon": step or "all",
                                "metric": metric,
                                "value": float(values[place, step]) if n else None,
                                "n": n,
                            }
                        )
        return found

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Whether each model is better than naive, drift and the default, over all series and each of at most 50."""
        groups: list[tuple[str, Any]] = [("all", slice(None))]
        if 1 < len(self.panel.series) <= DETAILED:
            groups += [(one.id, self.rolling.rows == row) for row, one in enumerate(self.panel.series)]
        return [
            compare(
                model, against, series,
                self.cells[model][CRITERION][rows], self.cells[against][CRITERION][rows], self.rolling.rows[rows],
                self.rolling.windows.season,
            )
            for series, rows in groups
            for against in (*BESIDE, DEFAULT)
            for model in self.answers
            if model != against and against in self.answers
        ]  # fmt: skip

    @cached_property
    def ranking(self) -> list[dict[str, Any]]:
        """Models from the best mean CRPS down, over all series, with the verdicts against naive and the default."""
        told = {(one.model, one.against): one for one in self.verdicts if one.series == "all"}
        score = next(score for score in TABLE if score.name == CRITERION)
        found: list[dict[str, Any]] = []
        for model, metrics in self.cells.items():
            value, n = score.summary(metrics[CRITERION])
            row: dict[str, Any] = {"model": model, "metric": CRITERION, "value": value if n else None, "n": n}
            row["verdict"] = told[model, BESIDE[0]].verdict if model != BESIDE[0] else "the yardstick"
            beside = told.get((model, DEFAULT))
            row["beats_default"] = None if beside is None else beside.probability
            row["against_default"] = "the default" if model == DEFAULT else None if beside is None else beside.verdict
            found.append(row)
        found.sort(key=lambda row: (row["value"] is None, row["value"], row["model"]))
        return [{"rank": place, **row} for place, row in enumerate(found, 1)]

    @cached_property
    def coverage(self) -> list[Reliability]:
        """Whether each model's intervals held what came as often as they say, over all series."""
        rolling, origins = self.rolling, np.array([one.end for one in self.rolling.origins])
        return [
            one
            for model, answer in self.answers.items()
            for one in reliability.judge(model, answer, rolling.truth, rolling.rows, origins)
        ]

    @cached_property
    def choice(self) -> dict[str, Any]:
        """The model to use: the default, unless one is better with the stated probability."""
        if DEFAULT not in self.answers:
            return {"model": None, "reason": f"{DEFAULT}, the default, was not among the models"}
        better = [row for row in self.ranking if row["against_default"] == "better"]
        if not better:
            return {"model": DEFAULT, "reason": f"no model is better than the default with probability {STATED:g}"}
        best = max(better, key=lambda row: row["beats_default"])
        said = f"better than {DEFAULT}, the default, with probability {best['beats_default']:.2f}"
        return {"model": best["model"], "reason": said}

    @property
    def scores(self) -> pd.DataFrame:
        """The scores as a frame in the long form; `horizon` is a text, "1" or "all"."""
        import pandas as pd

        return pd.DataFrame([row | {"horizon": str(row["horizon"])} for row in self.rows])

    @property
    def forecasts(self) -> pd.DataFrame:
        """Every quantile that was issued, with the truth where it is known, in the long form."""
        import pandas as pd

        from forecast.longform import frame

        truth = self.rolling.truth
        parts = [
            frame(name, [self.panel.series[row].id for row in self.rolling.rows], self.rolling.origins, answer)
            for name, answer in self.answers.items()
        ]
        table = pd.concat(parts, ignore_index=True)
        each = np.repeat(truth.reshape(-1), len(next(iter(self.answers.values())).levels))
        return table.assign(truth=np.tile(each, len(self.answers)))

    def document(self) -> dict[str, Any]:
        """Return the JSON document of the command `backtest`."""
        return {
            "origins": self.origins,
            "horizon": self.horizon,
            "engine": self.engine,
            "windows": len(self.rolling.windows),
            "scores": self.rows,
            "ranking": self.ranking,
            "choice": self.choice,
            "coverage": [one.document() for one in self.coverage],
            "verdict": [one.document() for one in self.verdicts],
            "findings": [asdict(one) for one in self.panel.findings],
            "warnings": list(self.warnings),
            "failures": [{"series": name, "reason": reason} for name, reason in self.failures.items()],
        }


def make(
    panel: Panel,
    models: str | Iterable[str] | None = None,
    origins: int | None = None,
    horizon: int | None = None,
    levels: Floats = LEVELS,
    engine: str = "batch",
    seed: int = 0,
    refit: int = 1,
) -> Backtest:
    """Backtest models on a panel, always beside naive and drift.

    Models are fitted at every origin, or at every `refit`-th: then theta, ets, arima and the combination keep their
    parameters in between and follow the new values; prophet and growth cannot, and are fitted at every origin all the
    same. An origin is a period with a value; what comes is scored where it has one, and the warnings count what is not.

    Raises:
        InputError: if a model or engine is unknown, origins or horizon are out of range, or levels do not ascend.
        EvidenceError: if no series leaves an origin with four values before it and one after.
    """
    names, warnings = chosen(models, panel.supports)
    names = list(dict.fromkeys([*names, *BESIDE]))
    horizon = panels.horizon_of(panel, horizon)
    origins = ORIGINS if origins is None else read_count(origins, "origins")
    refit, seed = read_count(refit, "refit"), read_count(seed, "seed")
    if not 1 <= origins <= 1000:
        raise InputError(f"{origins} origins are impossible; give a number within 1..1000")
    if not 1 <= refit <= 1000:
        raise InputError(f"a new fit every {refit} origins is impossible; give a number within 1..1000")
    kept, failures = panels.fit_part(panel)
    rolling = roll(kept.series, origins, horizon, panels.SHORTEST, seed, refit)
    if not len(rolling.windows):
        raise EvidenceError(
            f"no series has more than {panels.SHORTEST} observations; "
            f"a backtest needs {panels.SHORTEST} before an origin and one after"
        )
    supports = [kept.supports[row] for row in rolling.rows]
    answers = predict_all(names, rolling.windows, horizon, levels, supports, engine)
    answers, joined = join_past(kept, rolling, answers, horizon, levels, engine, seed)
    if refit > 1:
        again = [name for name in names if name in ANEW or (name == "arima" and engine == "reference")]
        warnings = [*warnings, *(f"{name} is fitted anew at every origin: it cannot follow without" for name in again)]
    warnings = [*warnings, *joined, *gaps.lines(kept.series, rolling, answers), *leaning.past_lines(answers)]
    return Backtest(kept, rolling, answers, horizon, engine, failures, (*panel.warnings, *warnings))


def run(
    ids: Sequence[str] | None = None,
    data: Path | None = None,
    models: Sequence[str] | None = None,
    origins: int | None = None,
    horizon: int | None = None,
    as_of: dt.date | None = None,
    engine: str = "batch",
    seed: int = 0,
    columns: Columns | None = None,
    sheet: str | None = None,
    refit: int = 1,
) -> dict[str, Any]:
    """Return the document of the command `backtest` for subjects of the ledger, or a file of the user's."""
    panel = panels.collect(ids, data, as_of, columns, sheet)
    return make(panel, models, origins, horizon, engine=engine, seed=seed, refit=refit).document()
