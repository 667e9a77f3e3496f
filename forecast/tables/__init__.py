"""Tables: the user's own series from CSV, Parquet or a frame, long or wide, with everything that is wrong told at once.

Long: columns `series` (optional for one series), `period`, `value`, optionally `support`. Wide: periods down the first
column and a series in every other, or series down the first column and periods across the head. A period that is left
out, or whose cell is empty, has no value: between others it is missing, at either end the series does not reach there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from forecast.calendars import Stamp, days_apart, frequency_of, off_calendar, periods_of, stamp
from forecast.errors import InputError, named, near
from forecast.tables import spellings, split_periods
from forecast.tables.columns import Columns, Layout, arrange
from forecast.tables.defects import Defect, refusal
from forecast.tables.files import Rows, frame_rows, is_path, read_rows, to_pandas
from forecast.tables.findings import AS_MISSING, ASSUMED, NOTHING, Finding, inspect
from forecast.tables.supports import LIMITS, SUPPORTS, advice, bounded, described, supposed
from series.observations import Observation, Series
from series.periods import FIRST_YEAR, LAST_YEAR, Frequency, Period

__all__ = ["Columns", "Finding", "Table", "is_path", "of_frame", "read"]
SAMPLE = 200
Row: TypeAlias = "tuple[Cell, Stamp | None, float | None]"
"""A cell with its period and number, where they are readable."""
DECIMAL_COMMA = re.compile(r"(?![+-]?[1-9]\d{0,2},\d{3}$)[+-]?\d[\d.]*,\d+")
"""A number with one comma that does not stand before three digits as between thousands."""
UNKNOWN = ("", "na", "n/a", "n.a", "#n/a", "null", "none", "missing", "缺", "无")
"""What people write where there is no value."""


@dataclass(frozen=True, slots=True)
class Table:
    """Series that were read, what their values can be, what was assumed, and what looks odd about them.

    `keys` are the columns that make up an id, outermost first, where there are several; `measure` is the name of the
    column of values, where it says what they are; `empty` are the ids that have not one value, with that as the reason.
    """

    series: tuple[Series, ...]
    supports: tuple[str, ...]
    warnings: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    keys: tuple[str, ...] = ()
    measure: str = ""
    empty: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it stood: where, of which series, over which period, with which declared support and unit."""

    place: str
    series: str
    period: str
    value: str
    support: str = ""
    unit: str = ""


def read(path: Path, columns: Columns | None = None, sheet: str | None = None) -> Table:
    """Read a CSV, a Parquet file or folder of them, or a sheet of a workbook.

    Raises:
        InputError: naming everything that is wrong with it.
    """
    return _table(read_rows(path, sheet), columns)


def of_frame(frame: Any, name: str = "the frame", columns: Columns | None = None) -> Table:
    """Read a frame, long or wide; periods may stand in the index.

    Besides pandas any frame will do that hands out Arrow data or speaks the interchange protocol.

    Raises:
        InputError: naming everything that is wrong with it.
    """
    return _table(frame_rows(to_pandas(frame), name), columns)


def no_rows(name: str, head: bool) -> InputError:
    """Return the refusal of a table without rows, or without even a head."""
    if head:
        return InputError(f"{name} is empty below its head; write a row there for each value")
    return InputError(f"{name} is empty; give columns series, period, value, or a period column and one a series")


def _table(source: Rows, columns: Columns | None) -> Table:
    if len(source.rows) < 2:
        raise no_rows(source.name, bool(source.rows))
    source = split_periods.joined(source, SAMPLE, columns)
    name, rows = source.name, source.rows
    head = [column.strip() for column in rows[0][1]]
    repeated = sorted({column for column in head if head.count(column) > 1})
    if repeated:
        raise refusal(
            name, [Defect(f"column '{column}' stands twice in the head; name each once") for column in repeated]
        )
    ragged = [
        Defect(f"{place}: {len(row)} fields where the head has {len(head)}")
        for place, row in rows[1:]
        if len(row) != len(head)
    ]
    if ragged:
        raise refusal(name, ragged)
    layout = arrange(name, head, [row for _, row in rows[1 : SAMPLE + 1]], columns)
    table = _checked(source, list(_cells(head, layout, rows[1:])), layout.columns.series)
    said = layout.said(name) + spellings.said(rows[1:], [head.index(column) for column in layout.columns.series])
    return replace(table, warnings=(*source.notes, *said, *table.warnings), measure=layout.measure)


def _cells(head: list[str], layout: Layout, rows: Sequence[tuple[str, list[str]]]) -> Iterable[Cell]:
    at = {column: place for place, column in enumerate(head)}
    keys = [at[column] for column in layout.columns.series]
    named = layout.columns
    for place, row in rows:
        own = spellings.name_of(row, keys) if keys else "value"
        support, unit, lower, upper = (
            row[at[column]].strip() if column else ""
            for column in (named.support, named.unit, named.lower, named.upper)
        )
        kind = support or bounded(lower, upper)
        if layout.kind == "long":
            yield Cell(place, own, row[at[named.period]], row[at[named.value]], kind, unit)
            continue
        for column in layout.members:
            name, period = (column, row[at[named.period]]) if layout.kind == "down" else (own, column)
            yield Cell(f"{place}, column {column}", name, period, row[at[column]], kind, unit)


def _checked(source: Rows, cells: list[Cell], keys: tuple[str, ...]) -> Table:
    findings: list[Defect] = []
    by_series: dict[str, list[Row]] = {}
    for cell in cells:
        when = stamp(cell.period)
        number, wrong = _number(cell.value)
        column = cell.place.partition(",")[2]
        if when is None:
            wanted = f"2019, 2019Q3, 2019-07 or 2019-07-31 within {FIRST_YEAR}-{LAST_YEAR}"
            findings.append(Defect(f"{cell.place}: '{cell.period.strip()}' is not a period like {wanted}", "period"))
        if wrong:
            findings.append(Defect(f"{cell.place}: {wrong}", column + wrong.rpartition("' ")[2]))
        if not cell.series:
            findings.append(Defect(f"{cell.place}: the series has no name", "name"))
        if when and not wrong and cell.series:
            by_series.setdefault(cell.series, []).append((cell, when, number))
    found = {own: _one(own, rows, findings) for own, rows in by_series.items()}
    kinds = sorted({one[0].frequency for one in found.values() if one})
    if len(kinds) > 1:
        examples = [next(own for own, one in found.items() if one and one[0].frequency == kind) for kind in kinds]
        mixed = " and ".join(f"{kind} ({own})" for kind, own in zip(kinds, examples, strict=True))
        findings.append(Defect(f"the series are of several frequencies: {mixed}; give each frequency its own file"))
    if findings:
        raise refusal(source.name, findings, typed=source.typed)
    sound = [one for one in found.values() if one]
    if not sound:
        raise InputError(f"{source.name} holds no value; give columns series, period, value")
    assumed = {kind: [series.id for series, found, sure in sound if not sure and found == kind] for kind in ASSUMED}
    notes = [ASSUMED[kind].format(named(ids)) for kind, ids in assumed.items() if ids]
    series = tuple(series for series, _, _ in sound)
    empty = [own for own, rows in by_series.items() if all(number is None for _, _, number in rows)]
    noticed = inspect(series, empty)
    if off := {one.id: when for one in series if (when := _off_calendar(by_series[one.id], one.frequency))}:
        notes.append(_relabelled(off, series[0].frequency))
    if any(one.kind == "gap" for one in noticed):
        notes.append(AS_MISSING)
    joint = keys if len(keys) > 1 else ()
    without = tuple((own, NOTHING) for own in empty)
    return Table(series, tuple(kind for _, kind, _ in sound), tuple(notes), noticed, joint, empty=without)


def _off_calendar(rows: list[Row], frequency: Frequency) -> Stamp | None:
    return off_calendar([when for _, when, number in rows if when and number is not None], frequency)


def _relabelled(off: Mapping[str, Stamp], frequency: Frequency) -> str:
    """Say that dates inside calendar periods are taken for them, as those of fiscal quarters and years."""
    like = next(iter(off.values()))
    what = "year" if frequency == "annual" else "quarter"
    return (
        f"dates of {named(list(off))}, like {like.text}, neither begin nor end a calendar {what}: each is taken "
        f"for the {what} it lies in, {periods_of([like], frequency)[0]}, and forecasts of fiscal {what}s are named so"
    )


def _number(text: str) -> tuple[float | None, str]:
    """Return the number in a cell, None where it is empty, or what is wrong with it."""
    text = text.strip()
    if not text:
        return None, ""
    if "_" in text:
        return None, f"'{text}' is not a number; write it without thousands separators"
    try:
        number = float(text)
    except ValueError:
        return None, f"'{text}' is not a number{_hint(text)}"
    if not math.isfinite(number):
        return None, f"'{text}' is not a finite number; leave the cell empty where a value is missing"
    return number + 0.0, ""  # minus zero is zero


def _hint(text: str) -> str:
    if text.endswith("%"):
        return "; write a share as 0.374, or 37.4 with support percent"
    if text.strip(".…-–—").lower() in UNKNOWN:
        return "; leave the cell empty where a value is missing"
    if DECIMAL_COMMA.fullmatch(text):
        return "; write decimals with a point, and no thousands separators"
    return "; write it without thousands separators" if text.replace(",", "").replace(".", "").isdigit() else ""


def _one(own: str, rows: list[Row], findings: list[Defect]) -> tuple[Series, str, bool] | None:
    """Return a series with its support and whether that was declared, or None with findings added."""
    before = len(findings)
    stamps = [when for _, when, _ in rows if when]
    frequency = frequency_of(stamps)
    filled = [row for row in rows if row[2] is not None] or rows
    if frequency != (coarser := frequency_of([when for _, when, _ in filled if when])) and frequency is not None:
        rows, frequency = filled, coarser  # values of quarters among empty months
        stamps = [when for _, when, _ in rows if when]
    if frequency is None:
        first, *rest = ((cell, when) for cell, when, _ in rows if when)
        other, kind = next((one for one in rest if frequency_of([first[1], one[1]]) is None), rest[-1])
        two = f"{first[1].text} in {first[0].place}, {kind.text} in {other.place}"
        findings.append(Defect(f"series {own}: its periods are of several kinds ({two}); use one kind"))
        return None
    spans = periods_of(stamps, frequency)
    uneven = frequency == "monthly" or len(set(spans)) < len(spans)
    if uneven and (apart := days_apart(stamps)) is not None:
        days = f"its dates stand {f'{apart} day' + 's' * (apart > 1) if apart else 'hours'} apart"
        fine = f"series {own}: {days}, and weekly and daily data are not taken; add them up to months"
        findings.append(Defect(fine, "days"))
        return None
    values: dict[Period, float] = {}
    seen: dict[Period, str] = {}
    for (cell, _, number), span in zip(rows, spans, strict=True):
        if span in seen:
            twice = f"{cell.place}: series {own} has {span} twice (first at {seen[span]})"
            findings.append(Defect(twice, f"{own} twice"))
        seen.setdefault(span, cell.place)
        if number is not None:
            values.setdefault(span, number)
    ordered = sorted(values)
    declared = {cell.support for cell, _, _ in rows if cell.support}
    support, sure = _support(own, declared, list(values.values()), findings)
    limit = LIMITS.get(support, math.inf)
    for (cell, _, number), span in zip(rows, spans, strict=True) if support != "real" else ():
        if number is not None and not 0 <= number <= limit:
            outside = f"{cell.place}: series {own} has {number:g} in {span}; it is {described(support)}"
            findings.append(Defect(outside, f"{own} bounds", advice(own, support, declared=bool(declared))))
    if not ordered or len(findings) > before:
        return None
    observations = tuple(
        Observation(span, values[span], values[span], values[span], "published", ()) for span in ordered
    )
    units = {cell.unit for cell, _, _ in rows if cell.unit}
    if len(units) > 1:
        mixed = " and ".join(sorted(units))
        findings.append(Defect(f"series {own}: its values are in {mixed}; give one unit a series"))
        return None
    return Series(own, "".join(units), frequency, None, observations, "missing"), support, sure


def _support(own: str, declared: set[str], values: list[float], findings: list[Defect]) -> tuple[str, bool]:
    """Return what the values can be, as declared or as supposed, and whether that is sure."""
    if not declared:
        return supposed(own, min(values, default=-1.0), max(values, default=-1.0))
    kind = sorted(declared)[0]
    if len(declared) > 1 or kind not in SUPPORTS:
        given, known = ", ".join(sorted(declared)), ", ".join(SUPPORTS)
        findings.append(Defect(f"series {own}: support '{given}' is none.{near(kind, SUPPORTS)} Known: {known}"))
        return "real", True
    return kind, True
