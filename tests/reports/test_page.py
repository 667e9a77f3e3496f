from __future__ import annotations

import json

from reports import outlook
from reports.inputs import Inputs
from reports.page import as_json


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
