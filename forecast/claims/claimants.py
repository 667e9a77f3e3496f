"""Claimants: what those who claim are called in each language."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from importlib import resources


@functools.cache
def load() -> Mapping[str, Mapping[str, str]]:
    """Return by the name that a ledger has for a claimant what a sentence calls them, in each language."""
    text = resources.files("forecast.claims").joinpath("ledger/claimants.csv").read_text(encoding="utf-8")
    return {row["name"]: {"en": row["en"], "zh": row["zh"]} for row in csv.DictReader(text.splitlines(), strict=True)}


def called(name: str) -> Mapping[str, str]:
    """Return what a claimant is called in each language; one that nobody has named keeps the ledger's name."""
    return load().get(name, {"en": name, "zh": name})
