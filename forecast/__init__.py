"""Series to forecasts: models, backtests, claims, and the command line above them.

Example:
    >>> import forecast, pandas as pd
    >>> frame = pd.DataFrame({"period": range(2010, 2022), "exports": [3, 4, 6, 7, 9, 12, 14, 15, 19, 22, 24, 29]})
    >>> table = forecast.run(frame, models=["theta", "ets"], horizon=2).forecasts
    >>> list(table)
    ['model', 'series', 'origin', 'horizon', 'period', 'quantile', 'value']
    >>> forecast.evaluate(frame, models=["theta"], origins=4, horizon=2).ranking[0]["rank"]
    1
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from forecast.backtest import Backtest
    from forecast.outlook import Outlook
    from forecast.panels import Source
    from series.periods import Period

__all__ = ["evaluate", "run"]


def run(
    source: Source,
    models: str | Iterable[str] | None = None,
    horizon: int | None = None,
    to: Period | pd.Period | dt.date | str | int | None = None,
    as_of: dt.date | str | None = None,
    engine: str = "reference",
    rank: bool = True,
    seed: int = 0,
    reconcile: bool = False,
    sums: str | None = None,
) -> Outlook:
    """Forecast a frame (long or wide), a file, or subjects of the ledger; the results are frames in the long form.

    `to` is the last period to forecast, like 2030 or "2030Q4", a period of pandas, or a date in it; `as_of` the date
    whose knowledge counts, for subjects of the ledger alone: frames and files do not say when their values were known.

    A period of a frame or file that has no value between others is missing: models that take no gaps refuse its series.
    Reconciled forecasts add up: to the wholes that ids like country/city tell, or that `sums` declares.

    Raises:
        InputError: if the data, a name, or the horizon is wrong.
        EvidenceError: if there is not enough to forecast from.
    """
    from forecast import arguments, outlook, panels

    known = arguments.read_date(as_of)
    panel = panels.of(source, known)
    last = arguments.read_period(to, panel.frequency)
    return outlook.make(
        panel, models, horizon, last, known, engine=engine, rank=rank, seed=seed, reconcile=reconcile, sums=sums
    )


def evaluate(
    source: Source,
    models: str | Iterable[str] | None = None,
    origins: int | None = None,
    horizon: int | None = None,
    as_of: dt.date | str | None = None,
    engine: str = "batch",
    seed: int = 0,
    refit: int = 1,
) -> Backtest:
    """Backtest models on a frame, a file, or subjects of the ledger, always beside naive and drift.

    `as_of` is the date whose knowledge counts, for subjects of the ledger alone.

    Raises:
        InputError: if the data, a name, the origins or the horizon are wrong.
        EvidenceError: if no series is long enough.
    """
    from forecast import arguments, backtest, panels

    panel = panels.of(source, arguments.read_date(as_of))
    return backtest.make(panel, models, origins, horizon, engine=engine, seed=seed, refit=refit)
