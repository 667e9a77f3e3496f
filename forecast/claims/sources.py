"""Sources: the documents that claims stand in and that the ledger of figures does not hold."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """A document; `published` stands as it is known: 2019, 2019-12, 2019-12-23, or empty for an undated one."""

    id: str
    publisher: str
    title: str
    published: str
    address: str
    language: str
    role: str


@functools.cache
def load() -> Mapping[str, ClaimSource]:
    """Return the documents by id."""
    text = resources.files("forecast.claims").joinpath("ledger/sources.csv").read_text(encoding="utf-8")
    names = [field.name for field in fields(ClaimSource)]
    rows = csv.DictReader(text.splitlines(), strict=True)
    return {row["id"]: ClaimSource(**{name: row[name] for name in names}) for row in rows}
