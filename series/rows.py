"""Rows: reading CSV files so that every row knows its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from series.findings import Finding


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def finding(self, kind: str, message: str) -> Finding:
        """Return a finding at this row."""
        return Finding(self.file, self.line, kind, message)


def read(folder: Traversable, name: str, header: Sequence[str], findings: list[Finding]) -> list[Row]:
    """Return the rows of a CSV file with exactly this header; what is wrong is added to `findings`."""
    path = folder.joinpath(name)
    if not path.is_file():
        findings.append(
            Finding(name, 0, "missing file", f"the file is missing; it needs the header {','.join(header)}")
        )
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.append(Finding(name, 0, "encoding", f"the file is not UTF-8 (byte {error.start}); save it as UTF-8"))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        first = next(reader, [])
        if first != list(header):
            empty = "" if text.strip() else "the file is empty: "
            message = f"{empty}the header is '{','.join(first)[:200]}'; it must be '{','.join(header)}'"
            findings.append(Finding(name, 1, "header", message))
            return []
        width = len(header)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != width:
                message = f"the row has {len(cells)} cells; it must have {width}"
                findings.append(Finding(name, reader.line_num, "row", message))
                continue
            rows.append(Row(name, reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        message = f"the row cannot be read ({error}); check its quotes"
        findings.append(Finding(name, reader.line_num, "quotes", message))
    return rows


def unique(rows: Sequence[Row], findings: list[Finding], *, column: str = "id") -> list[Row]:
    """Return the first row of each id; empty and repeated ids are findings."""
    seen: dict[str, Row] = {}
    for row in rows:
        key = row[column]
        if not key.strip():
            findings.append(row.finding("id", f"the {column} is empty; give every row its own"))
        elif key in seen:
            first = seen[key]
            findings.append(
                row.finding("duplicate id", f"{column} '{key}' is already used in {first.file}:{first.line}")
            )
        else:
            seen[key] = row
    return list(seen.values())
