"""Tables of the tests, and what is in them."""

from __future__ import annotations

from pathlib import Path

from forecast.tables import Table, read


def reading(tmp_path: Path, text: str, name: str = "my.csv") -> Table:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def values(table: Table) -> dict[str, list[tuple[str, float]]]:
    return {one.id: [(str(seen.period), seen.value) for seen in one.observations] for one in table.series}
