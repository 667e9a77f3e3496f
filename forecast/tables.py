"""Tables: the user's own series from CSV, Parquet or a frame, long or wide, with everything that is wrong told at once.

Long: columns `series` (optional for one series), `period`, `value`, optionally `support`. Wide: periods down the first
column and a series in every other, or series down the first column and periods across the head.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.calendars import Stamp, frequency_of, periods_of, stamp
from forecast.errors import InputError, near
from series.observations import Observation, Series
from series.periods import Period

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 12
SUPPORTS = ("real", "positive", "power", "share", "percent")
NAMES = {
    "series": ("series", "id", "unique_id", "name", "item_id", "指标", "名称"),
    "period": ("period", "date", "ds", "time", "timestamp", "year", "month", "quarter", "时期", "日期", "年份", "月份"),
    "value": ("value", "y", "target", "数值"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Series that were read, what their values can be, and what was assumed."""

    series: tuple[Series, ...]
    supports: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it stood: where, of which series, over which period, with which declared support."""

    place: str
    series: str
    period: str
    value: str
    support: str = ""


def read(path: Path) -> Table:
    """Read a CSV or Parquet file.

    Raises:
        InputError: naming everything that is wrong with it.
    """
    if not path.is_file():
        raise InputError(f"there is no file '{path}'; give the path of a CSV or Parquet file")
    if path.suffix.lower() in (".parquet", ".pq"):
        import pandas as pd
        import pyarrow as pa

        try:
            return of_frame(pd.read_parquet(path), path.name)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{path.name} is not readable as Parquet ({str(error).splitlines()[0]})") from error
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputError(f"{path.name} is neither UTF-8 nor GB 18030 text; save it as UTF-8 CSV, or give Parquet")
    try:
        rows = [
            (f"line {reader.line_num}", row) for reader in [_reader(text)] for row in reader if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise InputError(f"{path.name} is not readable as CSV ({error}); save it as UTF-8 CSV") from error
    return _table(path.name, rows)


def of_frame(frame: pd.DataFrame, name: str = "the frame") -> Table:
    """Read a frame, long or wide; periods may stand in the index.

    Raises:
        InputError: naming everything that is wrong with it.
    """
    import pandas as pd

    if not isinstance(frame.index, pd.RangeIndex) and not _role(list(map(str, frame.columns)), "period"):
        frame = frame.reset_index()
    rows = [("head", [str(column) for column in frame.columns])]
    rows += [(f"row {at}", [_text(value) for value in row]) for at, row in enumerate(frame.itertuples(index=False), 1)]
    return _table(name, rows)


def _reader(text: str) -> Any:
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>"):
        return ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") and hasattr(value, "month") else str(value)


def _table(name: str, rows: Sequence[tuple[str, list[str]]]) -> Table:
    if len(rows) < 2:
        raise InputError(f"{name} is empty; give columns series, period, value, or a period column and one a series")
    head = [column.strip() for column in rows[0][1]]
    repeated = sorted({column for column in head if head.count(column) > 1})
    if repeated:
        raise _told(name, [f"column '{column}' stands twice in the head; name each once" for column in repeated])
    ragged = [
        f"{place}: {len(row)} fields where the head has {len(head)}" for place, row in rows[1:] if len(row) != len(head)
    ]
    if ragged:
        raise _told(name, ragged)
    return _checked(name, list(_cells(name, head, rows[1:])))


def _role(head: Sequence[str], role: str) -> str | None:
    lower = {column.lower(): column for column in head}
    return next((lower[name] for name in NAMES[role] if name in lower), None)


def _cells(name: str, head: list[str], rows: Sequence[tuple[str, list[str]]]) -> Iterable[Cell]:
    period, value, series = (_role(head, role) for role in ("period", "value", "series"))
    at = {column: place for place, column in enumerate(head)}
    if value is not None:
        if period is None:
            raise InputError(
                f"{name} has no column period; its columns are {', '.join(head)}; add one like 2019 or 2019Q3"
            )
        for place, row in rows:
            own = row[at[series]].strip() if series else "value"
            support = row[at["support"]].strip() if "support" in at else ""
            yield Cell(place, own, row[at[period]], row[at[value]], support)
        return
    across = [column for column in head[1:] if stamp(column)]
    if len(head) > 2 and len(across) == len(head) - 1:
        for place, row in rows:
            for column in across:
                yield Cell(f"{place}, column {column}", row[0].strip(), column, row[at[column]])
        return
    if period is None and stamp(rows[0][1][0]):
        period = head[0]
    others = [column for column in head if column not in (period, series)]
    if period is None or (series is not None and others) or not others or series:
        wanted = [role for role, found in (("period", period), ("value", value)) if found is None]
        raise InputError(
            f"{name} has no column {' and no column '.join(wanted)}; its columns are {', '.join(head)}; "
            "give columns series, period, value, or a period column and one column a series"
        )
    for place, row in rows:
        for column in others:
            yield Cell(f"{place}, column {column}", column, row[at[period]], row[at[column]])


def _checked(name: str, cells: list[Cell]) -> Table:
    findings: list[str] = []
    by_series: dict[str, list[tuple[Cell, Stamp | None, float | None]]] = {}
    for cell in cells:
        when = stamp(cell.period)
        if when is None:
            findings.append(
                f"{cell.place}: '{cell.period.strip()}' is not a period like 2019, 2019Q3, 2019-07 or 2019-07-31"
            )
        number, wrong = _number(cell.value)
        if wrong:
            findings.append(f"{cell.place}: {wrong}")
        if not cell.series:
            findings.append(f"{cell.place}: the series has no name")
        if when and not wrong and cell.series:
            by_series.setdefault(cell.series, []).append((cell, when, number))
    findings = list(dict.fromkeys(findings))
    found = {own: _one(own, rows, findings) for own, rows in by_series.items()}
    kinds = sorted({one[0].frequency for one in found.values() if one})
    if len(kinds) > 1:
        examples = [next(own for own, one in found.items() if one and one[0].frequency == kind) for kind in kinds]
        mixed = " and ".join(f"{kind} ({own})" for kind, own in zip(kinds, examples, strict=True))
        findings.append(f"the series are of several frequencies: {mixed}; give each frequency its own file")
    if findings:
        raise _told(name, findings)
    sound = [one for one in found.values() if one]
    if not sound:
        raise InputError(f"{name} holds no value; give columns series, period, value")
    guessed = [series.id for series, _, sure in sound if not sure]
    notes = []
    if guessed:
        named = ", ".join(guessed[:3]) + (f" and {len(guessed) - 3} more" if len(guessed) > 3 else "")
        notes.append(f"every value of {named} is above zero: taken as positive, and so are its forecasts")
    return Table(tuple(series for series, _, _ in sound), tuple(kind for _, kind, _ in sound), tuple(notes))


def _number(text: str) -> tuple[float | None, str]:
    """Return the number in a cell, None where it is empty, or what is wrong with it."""
    text = text.strip()
    if not text:
        return None, ""
    try:
        number = float(text) if "_" not in text else math.inf
    except ValueError:
        return None, f"'{text}' is not a number{_hint(text)}"
    if not math.isfinite(number):
        return None, f"'{text}' is not a finite number; leave the cell empty where a value is missing"
    return number, ""


def _hint(text: str) -> str:
    if text.endswith("%"):
        return "; write a share as 0.374, or 37.4 with support percent"
    return "; write it without thousands separators" if text.replace(",", "").replace(".", "").isdigit() else ""


def _one(
    own: str, rows: list[tuple[Cell, Stamp | None, float | None]], findings: list[str]
) -> tuple[Series, str, bool] | None:
    """Return a series with its support and whether that was declared, or None with findings added."""
    before = len(findings)
    stamps = [when for _, when, _ in rows if when]
    frequency = frequency_of(stamps)
    if frequency is None:
        findings.append(f"series {own}: its periods are of several kinds ({stamps[0].text}, ...); use one kind")
        return None
    spans = periods_of(stamps, frequency)
    values: dict[Period, float] = {}
    seen: dict[Period, str] = {}
    for (cell, _, number), span in zip(rows, spans, strict=True):
        if span in seen:
            findings.append(f"{cell.place}: series {own} has {span} twice (first at {seen[span]})")
        seen.setdefault(span, cell.place)
        if number is not None:
            values.setdefault(span, number)
    ordered = sorted(values)
    if ordered:
        steps = (ordered[-1].start - ordered[0].start) // ordered[0].length + 1
        missing = [str(span) for span in (ordered[0].step(n) for n in range(steps)) if span not in values]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            findings.append(
                f"series {own}: no value for {', '.join(missing[:3])}{more}; fill the gap or start after it"
            )
    declared = {cell.support for cell, _, _ in rows if cell.support}
    support, sure = _support(own, declared, list(values.values()), findings)
    if support != "real":
        for (cell, _, number), span in zip(rows, spans, strict=True):
            limit = {"share": 1.0, "percent": 100.0}.get(support, math.inf)
            if number is not None and not 0 <= number <= limit:
                wanted = f"a share within 0..{limit:g}" if limit < math.inf else "an amount of zero or more"
                findings.append(f"{cell.place}: series {own} has {number:g} in {span}; it is {wanted}")
    if not ordered or len(findings) > before:
        return None
    observations = tuple(
        Observation(span, values[span], values[span], values[span], "published", ()) for span in ordered
    )
    return Series(own, "", frequency, None, observations), support, sure


def _support(own: str, declared: set[str], values: list[float], findings: list[str]) -> tuple[str, bool]:
    """Return what the values can be: as declared, as the name says, or as they look; and whether that is sure."""
    if declared:
        kind = sorted(declared)[0]
        if len(declared) > 1 or kind not in SUPPORTS:
            known = ", ".join(SUPPORTS)
            findings.append(
                f"series {own}: support '{', '.join(sorted(declared))}' is none.{near(kind, SUPPORTS)} Known: {known}"
            )
            return "real", True
        return kind, True
    last = own.lower().replace("_", ".").rpartition(".")[2]
    if last == "share":
        return "share", True
    if last in ("usd", "cny"):
        return "positive", True
    return ("positive", False) if values and min(values) > 0 else ("real", True)


def _told(name: str, findings: Sequence[str]) -> InputError:
    more = f"; and {len(findings) - SHOWN} more" if len(findings) > SHOWN else ""
    count = f"{len(findings)} findings: " if len(findings) > 1 else ""
    return InputError(f"{name}: {count}{'; '.join(findings[:SHOWN])}{more}")
