"""Records: what a benchmark measured last, kept beside it as JSON, for the documents to quote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from forecast.bench import Table


def content(tables: Sequence[Table]) -> dict[str, Any]:
    """Return tables as one JSON document."""
    return {"tables": [{"title": one.title, "rows": list(one.rows), "remark": one.remark} for one in tables]}


def keep(suite: str, tables: Sequence[Table], **more: Any) -> None:
    """Record what a suite measured, and whatever `more` belongs to it."""
    text = json.dumps(more | content(tables), ensure_ascii=False, indent=1)
    Path(__file__).with_name(f"{suite}.json").write_text(text + "\n", encoding="utf-8")


def kept(suite: str) -> dict[str, Any]:
    """Return what was recorded of a suite."""
    text = resources.files("forecast.bench").joinpath(f"{suite}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def recorded(suite: str, titles: str = "") -> str:
    """Return the recorded tables of a suite as Markdown, those whose title begins with `titles`."""
    parts = []
    for table in kept(suite)["tables"]:
        if not table["title"].startswith(titles):
            continue
        columns = list(dict.fromkeys(column for row in table["rows"] for column in row))
        lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
        lines += ["| " + " | ".join(str(row.get(column, "")) for column in columns) + " |" for row in table["rows"]]
        parts += [f"**{table['title']}**", "\n".join(lines), table["remark"]]
    return "\n\n".join(part for part in parts if part)
