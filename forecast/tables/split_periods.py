"""Split periods: a year in one column and its month or quarter in another, which are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from forecast.errors import InputError
from forecast.tables.columns import NAMES, Columns
from forecast.tables.files import Rows

YEARS = ("year", "年份")
PARTS = {"month": ("month", "月份"), "quarter": ("quarter", "季度")}
WHOLE = "period"
"""The name of the column that they make together."""
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_CELLS = {"month": re.compile(r"(0?[1-9]|1[0-2])(?:\.0+)?"), "quarter": re.compile(r"[Qq]?([1-4])(?:\.0+)?")}


@dataclass(frozen=True, slots=True)
class Split:
    """Where the two parts of a period stand in the head, and whether the second is a month or a quarter."""

    year: int
    part: int
    kind: str

    def period(self, row: Sequence[str]) -> str:
        """Return the period of a row as 2019-07 or 2019Q3; what the cells hold where that is none."""
        year, part = row[self.year].strip(), row[self.part].strip()
        match, found = _YEAR.fullmatch(year), _CELLS[self.kind].fullmatch(part)
        if match is None or found is None:
            return f"{year} {part}".strip()
        return f"{match[1]}-{int(found[1]):02d}" if self.kind == "month" else f"{match[1]}Q{found[1]}"


def find(head: Sequence[str], sample: Sequence[Sequence[str]], columns: Columns | None = None) -> Split | None:
    """Return where periods are split over two columns; None where one has them whole, or the user named it."""
    lower = [column.lower() for column in head]
    split = {name for names in (YEARS, *PARTS.values()) for name in names}
    if (columns and columns.period) or any(name in lower for name in set(NAMES["period"]) - split):
        return None
    year = next((lower.index(name) for name in YEARS if name in lower), None)
    for kind, names in PARTS.items():
        part = next((lower.index(name) for name in names if name in lower), None)
        if year is None or part is None or {head[year], head[part]} & _taken(columns):
            continue
        pairs = [(row[year].strip(), row[part].strip()) for row in sample]
        pairs = [pair for pair in pairs if any(pair)]
        if pairs and all(_YEAR.fullmatch(one) and _CELLS[kind].fullmatch(other) for one, other in pairs):
            return Split(year, part, kind)
    return None


def joined(source: Rows, sample: int, columns: Columns | None = None) -> Rows:
    """Return rows whose periods stand in one column, with a note, if their first `sample` rows split them over two."""
    head = [column.strip() for column in source.rows[0][1]]
    same = [row for _, row in source.rows[1 : sample + 1] if len(row) == len(head)]
    split = find(head, same, columns)
    if split is None:
        return source
    width = len(head)

    def whole(row: list[str], period: str) -> list[str]:
        cells = [*row[: split.year], period, *row[split.year + 1 :]]
        return cells[: split.part] + cells[split.part + 1 :]

    rows = [(source.rows[0][0], whole(head, WHOLE))]
    rows += [(place, whole(row, split.period(row)) if len(row) == width else row) for place, row in source.rows[1:]]
    note = f"{source.name}: read as {WHOLE} = {head[split.year]} and {head[split.part]} together"
    return replace(source, rows=rows, notes=(*source.notes, note))


def refuse(name: str, head: Sequence[str], sample: Sequence[Sequence[str]], columns: Columns | None = None) -> None:
    """Refuse periods that are split over two columns, where tables are read without joining them.

    Raises:
        InputError: if they are.
    """
    if split := find(head, sample, columns):
        like = "2019-07" if split.kind == "month" else "2019Q3"
        raise InputError(
            f"{name}: columns {head[split.year]} and {head[split.part]} tell the period together; "
            f"write them in one column, like {like}"
        )


def _taken(columns: Columns | None) -> set[str]:
    """Return the columns that the user gave another role."""
    if columns is None:
        return set()
    single = {getattr(columns, field.name) for field in fields(columns) if field.name != "series"}
    return {*columns.series, *single}
