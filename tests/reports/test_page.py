from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from reports import outlook
from reports.inputs import Inputs
from series.periods import Period


def test_a_page_is_json_and_the_same_json_each_time(inputs: Inputs) -> None:
    first = json.dumps(as_json(outlook.page(inputs)), allow_nan=False)
    assert first == json.dumps(as_json(outlook.page(inputs)), allow_nan=False)
    assert json.loads(first)["type"] == "Page"


def test_every_number_of_a_page_tells_what_it_rests_on(inputs: Inputs) -> None:
    def figures(node: object) -> list[dict[str, object]]:
        if isinstance(node, dict):
            found = [node] if node.get("type") == "Figure" else []
            return found + [figure for child in node.values() for figure in figures(child)]
        return [figure for child in node for figure in figures(child)] if isinstance(node, list) else []

    document = as_json(outlook.page(inputs))
    loose = [f for f in figures(document) if f["value"] is not None and not f["basis"]]
    assert len(figures(document)) > 100
    assert loose == []


def as_json(value: Any) -> Any:
    """Return `value` as plain JSON: dataclasses by name, decimals and periods as text, order kept."""
    if is_dataclass(value) and not isinstance(value, (type, Period)):
        return {"type": type(value).__name__} | {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    if isinstance(value, (Decimal, Period, dt.date)):
        return str(value)
    return value
