"""The words of the grammar, found at a place in a text by their longest match."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILES = ("lexicon.toml", "words.toml", "places.toml")
PREFIX = 3  # characters by which entries are looked up
SHORT = 3  # a Latin word this short must be in capitals, lest "us" be the United States


@dataclass(frozen=True, slots=True)
class Entry:
    """One written form: its length, kind and meaning; `words` when its edges must be word edges."""

    form: str
    kind: str
    meaning: str
    words: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """Names of parts taken as one, by their members; short names of places, and all of them."""

    together: dict[frozenset[str], str]
    order: dict[tuple[str, ...], str]
    code: dict[str, str]
    codes: frozenset[str]


@cache
def groups() -> Groups:
    """Return how parts that are taken together are called."""
    table = tomllib.loads(files("series.extract").joinpath("groups.toml").read_text("utf-8"))
    order = {tuple(names.split()): name for name, names in table["together"].items()}
    members = {frozenset(names): name for names, name in order.items()}
    return Groups(members, order, table["code"], frozenset(table["code"].values()))


@cache
def tables() -> dict[str, Any]:
    """Return the sections of the lexicon as written: kind, then meaning, then forms."""
    merged: dict[str, Any] = {}
    for name in FILES:
        merged |= tomllib.loads(files("series.extract").joinpath(name).read_text("utf-8"))
    return merged


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """Return the entries by their first three characters, longest first, and short ones by themselves.

    Of a form listed twice the first section wins.
    """
    seen: dict[str, Entry] = {}
    for kind, meanings in tables().items():
        for meaning, forms in meanings.items():
            for form in forms:
                seen.setdefault(form, Entry(form, kind, meaning, form[0].isascii() and form[0].isalnum()))
    index: dict[str, list[Entry]] = {}
    for entry in seen.values():
        index.setdefault(entry.form[:PREFIX], []).append(entry)
    return {key: tuple(sorted(group, key=lambda entry: -len(entry.form))) for key, group in index.items()}


def longest(lower: str, text: str, at: int) -> tuple[Entry, int] | None:
    """Return the longest entry that stands in `lower` (= `text` in lower case) at `at`, and where it ends."""
    known = entries()
    for length in range(PREFIX, 0, -1):
        for entry in known.get(lower[at : at + length], ()):
            if lower.startswith(entry.form, at):
                end = _edge(entry, lower, text, at)
                if end:
                    return entry, end
    return None


def _edge(entry: Entry, lower: str, text: str, at: int) -> int:
    """Return where the entry ends, 0 when it is only a part of a longer Latin word."""
    end = at + len(entry.form)
    if not entry.words:
        return end
    if len(entry.form) <= SHORT and entry.kind.startswith("part") and not text[at:end].isupper():
        return 0
    if (at and _letter(lower[at - 1])) or lower.startswith("$", end):
        return 0  # "the US$10.09 billion" names no country
    if not _letter(lower[end - 1]) or end == len(lower) or not _letter(lower[end]):
        return end
    if lower[end] == "s" and (end + 1 == len(lower) or not _letter(lower[end + 1])):
        return end + 1
    return 0


def _letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
