"""Package: the descriptor of a Frictionless Data Package, version 2, with the sources of every figure."""

from __future__ import annotations

import hashlib
from pathlib import Path

from series.export.tables import Bundle, Table

PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTOR = "datapackage.json"
NAME = "outsourcing-series"
"""How every package is called, by which an earlier export is known."""


def descriptor(bundle: Bundle, folder: Path) -> dict[str, object]:
    """Return the descriptor of the CSV files of `bundle` that stand in `folder`."""
    ids = [row[0] for row in bundle.series.rows]
    as_of = f" as of {bundle.as_of.isoformat()}" if bundle.as_of else ""
    return {
        "$schema": f"{PROFILES}/{DESCRIPTOR}",
        "name": NAME,
        "title": "Series on service outsourcing, with the published figures they rest on",
        "description": f"{len(ids)} {bundle.frequency} series{as_of}. Each observation has bounds, a status, and the "
        "statements it rests on; each statement names its source.",
        "keywords": ["service outsourcing", "official statistics", bundle.frequency],
        "sources": [_source(row) for row in bundle.sources.rows],
        "resources": [_resource(table, folder) for table in bundle.tables],
    }


def _source(row: tuple[object, ...]) -> dict[str, str]:
    _, publisher, title, published, _, address, *_ = row
    found = {"title": f"{publisher}: {title} ({published})"}
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        found["path"] = address
    return found


def _resource(table: Table, folder: Path) -> dict[str, object]:
    data = (folder / f"{table.name}.csv").read_bytes()
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [
                {"name": field.name, "type": field.type, "description": field.description}
                | ({"constraints": {"required": True}} if field.required else {})
                for field in table.fields
            ],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
                for column, other in table.links
            ],
            "missingValues": [""],
        },
    }
