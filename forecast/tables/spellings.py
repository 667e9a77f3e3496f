"""Spellings: ids that differ in spaces, or in where their parts are cut, and are one series all the same."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import named
from forecast.tables.columns import JOINT


def name_of(row: Sequence[str], keys: Sequence[int]) -> str:
    """Return the id that the cells of a row at `keys` make up."""
    return JOINT.join(row[key].strip() for key in keys)


def said(rows: Sequence[tuple[str, list[str]]], keys: Sequence[int]) -> list[str]:
    """Return a line on the ids that are written in several ways; none where each is written in one."""
    written: dict[str, dict[str, None]] = {}
    for cells in dict.fromkeys(tuple(row[key] for key in keys) for _, row in rows):
        spelling = ", ".join(f"'{cell}'" for cell in cells)
        written.setdefault(name_of(cells, range(len(cells))), {})[spelling] = None
    several = [f"{' and '.join(spellings)} as {name}" for name, spellings in written.items() if len(spellings) > 1]
    return [f"ids that are written in several ways are taken as one series: {named(several)}"] if several else []
