"""Panels: many series of one frequency, ours or the user's, each with the values that it can take."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from forecast import tables
from forecast.arguments import read_horizon
from forecast.errors import EvidenceError, InputError, named, near
from forecast.tables.columns import Columns
from forecast.tables.findings import AS_MISSING, counted, sparse
from series import show
from series.ledger import Ledger
from series.observations import Series
from series.periods import Frequency

if TYPE_CHECKING:
    import pandas as pd

SHORTEST = 4
MAIN = ("cn.offshore.execution.usd",)
HORIZONS: dict[Frequency, int] = {"annual": 5, "quarterly": 8, "monthly": 12}


@dataclass(frozen=True, slots=True)
class Panel:
    """Series that are forecast together.

    Attributes:
        series: all of one frequency, each id once.
        supports: for each, what its values can be: real, positive, share (0..1) or percent (0..100).
        warnings: what was assumed while the panel was put together.
        missing: ids that were asked for, or stand in the data, and have no value, with the reason.
        findings: what looks odd about the data.
        keys: the columns that make up an id, outermost first, where there are several.
        measure: what the values are, as far as the name of their column says it.
    """

    series: tuple[Series, ...]
    supports: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    findings: tuple[tables.Finding, ...] = ()
    keys: tuple[str, ...] = ()
    measure: str = ""

    def __post_init__(self) -> None:
        if len(self.series) != len(self.supports):
            raise InputError(f"{len(self.supports)} supports were given for {len(self.series)} series; give one each")
        ids = [one.id for one in self.series]
        twice = sorted({name for name in ids if ids.count(name) > 1}) if len(set(ids)) < len(ids) else []
        if twice:
            raise InputError(f"series {', '.join(twice)} is asked for twice; name each once")

    @property
    def frequency(self) -> Frequency:
        """The frequency that the series share."""
        return self.series[0].frequency


Source: TypeAlias = "Panel | Path | str | Sequence[str] | pd.DataFrame | pd.Series"


def support_of(series: Series) -> str:
    """Return what values a series can take: shares by name and unit, amounts positive, growth rates any."""
    last = series.id.rpartition(".")[2].lower()
    if last == "share":
        return "percent" if series.unit == "percent" else "share"
    if series.unit == "percent":
        return "real"
    return "positive"


def from_series(series: Sequence[Series]) -> Panel:
    """Return the panel of these series, with the support that their ids and units say."""
    return Panel(tuple(series), tuple(support_of(one) for one in series))


def from_ids(
    ids: Sequence[str],
    as_of: dt.date | None = None,
    frequency: Frequency = "annual",
    ledger: Ledger | None = None,
) -> Panel:
    """Return the panel of subjects of our own ledger, or of the one given, as known at `as_of`.

    Raises:
        InputError: if an id is unknown.
        EvidenceError: if none of them has a value.
    """
    found: list[Series] = []
    missing: dict[str, str] = {}
    for name in ids:
        try:
            found.append(show(name, frequency, as_of, ledger))
        except EvidenceError as error:
            missing[name] = str(error)
    if not found:
        raise EvidenceError("; ".join(missing.values()))
    return replace(from_series(found), missing=tuple(missing.items()))


def unfit(panel: Panel, *, constants: bool = False) -> dict[str, str]:
    """Return the series that cannot be forecast, each with its reason in one line; `constants` can if asked for."""
    reasons = {}
    for one in panel.series:
        if len(one.known) < SHORTEST:
            many = counted(len(one.known), missing=bool(one.missing))
            reasons[one.id] = f"{many}; a forecast needs at least {SHORTEST}"
        elif found := _sparse(one):
            reasons[one.id] = found
        elif not constants and is_constant(one):
            value = one.known[0].value
            reasons[one.id] = f"all {len(one.known)} values are {value:g}; a constant has no error to learn from"
    return reasons


def is_constant(series: Series) -> bool:
    """Whether all known values of a series are equal."""
    return len({seen.value for seen in series.known}) == 1


def _sparse(series: Series) -> str:
    first, last = series.known[0].period, series.known[-1].period
    apart = math.gcd(*(one.period.start - first.start for one in series.known)) // first.length
    return sparse(len(series.known), first, last, apart) if series.missing else ""


def fit_part(panel: Panel, *, constants: bool = False) -> tuple[Panel, dict[str, str]]:
    """Return the part of a panel that can be forecast, and the reasons why the rest cannot.

    Constants cannot alone, having no error to learn from; in sums they are known amounts.

    Raises:
        EvidenceError: if nothing can.
    """
    reasons = dict(panel.missing) | unfit(panel, constants=constants)
    if len(reasons) == len(panel.series) + len(panel.missing):
        shown = [f"series {name}: {reason}" for name, reason in list(reasons.items())[:3]]
        more = f" (and {len(reasons) - 3} more series)" if len(reasons) > 3 else ""
        raise EvidenceError("; ".join(shown) + more)
    keep = [row for row, one in enumerate(panel.series) if one.id not in reasons]
    return _only(panel, keep), reasons


def collect(
    ids: Sequence[str] | None,
    data: Path | None,
    as_of: dt.date | None = None,
    columns: Columns | None = None,
    sheet: str | None = None,
    ledger: Ledger | None = None,
) -> Panel:
    """Return the panel of the named subjects of the ledger (or of the folder), or of a file of the user's.

    In a file `ids` choose among its series. With neither, it is that of the ledger's main series.

    Raises:
        InputError: if something unknown is named, both a file and a ledger are, or either has defects (all are told).
    """
    if data is None:
        return from_ids(list(ids or MAIN), as_of, ledger=ledger)
    if ledger is not None:
        raise InputError("both --data and --ledger are given; name the one that series are taken from")
    if as_of is not None:
        raise _undated(data.name, as_of)
    panel = from_table(tables.read(data, columns, sheet))
    return choose(panel, ids) if ids else panel


def of(source: Source, as_of: dt.date | None = None) -> Panel:
    """Return the panel of whatever was given: a frame or pandas series, a file's path, ids of the ledger or one.

    A text is a path where it is written like one, or such a file is there; else an id.

    Raises:
        InputError: if it is none of these, or has defects, or does not say what was known at `as_of`.
    """
    if isinstance(source, Panel):
        if as_of is not None and any(one.as_of != as_of for one in source.series):
            raise InputError(
                f"the panel is not as known at {as_of}; make it so with panels.from_ids(ids, as_of), "
                "or leave the date out"
            )
        return source
    if isinstance(source, str):
        source = Path(source) if tables.is_path(source) else [source]
    if isinstance(source, Path):
        return collect(None, source, as_of)
    if isinstance(source, Sequence):
        _check_ids(source)
        return collect(source, None, as_of)
    if as_of is not None:
        raise _undated("the frame", as_of)
    return from_frame(source)


def _check_ids(given: Sequence[object]) -> None:
    ids = [one for one in given if isinstance(one, str)]
    if paths := [one for one in ids if tables.is_path(one)]:
        raise InputError(f"'{paths[0]}' stands in a list of ids; give the path of one file alone, or of a folder")
    if not ids or len(ids) < len(given):
        shown = named([repr(one) if isinstance(one, str | int | float) else type(one).__name__ for one in given])
        raise InputError(
            f"a {type(given).__name__} of {shown or 'nothing'} is no list of ids; give ids of the ledger, or values "
            "with their periods: pd.Series(values, index=range(2010, 2022))"
        )


def _undated(name: str, as_of: dt.date) -> InputError:
    return InputError(f"{name} does not say when its values were known; leave the date {as_of} out")


def from_frame(frame: Any, columns: Columns | None = None) -> Panel:
    """Return the panel of a frame, long (series, period, value) or wide (one column a series), or of a pandas series.

    Besides pandas any frame will do that hands out Arrow data (Polars, DuckDB, pyarrow) or speaks the interchange
    protocol.
    """
    return from_table(tables.of_frame(frame, columns=columns))


def from_table(table: tables.Table) -> Panel:
    """Return the panel of a table that was read, with what was assumed about its values."""
    missing = tuple((own, f"{reason}; a forecast needs at least {SHORTEST}") for own, reason in table.empty)
    return Panel(
        table.series, table.supports, table.warnings, missing, table.findings, table.keys, measure=table.measure
    )


def choose(panel: Panel, ids: Sequence[str]) -> Panel:
    """Return the named series of a panel, in that order.

    Raises:
        InputError: if one is not there.
        EvidenceError: if none of them has a value.
    """
    rows = {one.id: row for row, one in enumerate(panel.series)}
    empty = dict(panel.missing)
    for name in ids:
        if name not in rows and name not in empty:
            raise InputError(f"series '{name}' is not in the data.{near(name, rows)} It has {len(rows)} series")
    missing = tuple((name, empty[name]) for name in ids if name in empty)
    if len(missing) == len(ids):
        raise EvidenceError("; ".join(f"series {name}: {reason}" for name, reason in missing[:3]))
    return _only(panel, [rows[name] for name in ids if name in rows], missing)


def _only(panel: Panel, rows: Sequence[int], missing: Sequence[tuple[str, str]] = ()) -> Panel:
    series = tuple(panel.series[row] for row in rows)
    names = {*(one.id for one in series), *(name for name, _ in missing)}
    findings = tuple(one for one in panel.findings if one.series in names)
    supports = tuple(panel.supports[row] for row in rows)
    gapped = any(one.kind == "gap" for one in findings)
    warnings = tuple(one for one in panel.warnings if gapped or one != AS_MISSING)
    return replace(
        panel, series=series, supports=supports, missing=tuple(missing), findings=findings, warnings=warnings
    )


def horizon_of(panel: Panel, horizon: int | None) -> int:
    """Return the horizon asked for, or the usual one of the panel's frequency.

    Raises:
        InputError: if it is not within 1..120.
    """
    return HORIZONS[panel.frequency] if horizon is None else read_horizon(horizon)
