"""Decisions: a curator's recorded acts on statements. The file is append-only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from series.errors import ReasonsError

Act = Literal["exclude", "reinterpret", "accept", "release"]
FIXED = ("id", "source", "record", "paraphrase", "original", "relation")


@dataclass(frozen=True, slots=True)
class Decision:
    """One act on one statement, with its day and reason.

    - `exclude`: the figure is wrong or is not about the subject; it is used nowhere.
    - `reinterpret`: `field` reads `becomes` where the record says `was`; everything else stands.
    - `release`: the figure is kept and shown, but no longer binds (growth on another base).
    - `accept`: it was looked at and stands.

    `translated` holds the reason in other languages, by their codes.
    """

    id: str
    date: dt.date
    statement: str
    act: Act
    field: str
    was: str
    becomes: str
    reason: str
    translated: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if wrong := faults({name: getattr(self, name) for name in ("id", "act", "field", "reason")}):
            raise ReasonsError(wrong)

    def reason_in(self, language: str) -> str:
        """Return the reason in a language, as it was written where that has none."""
        return dict(self.translated).get(language, self.reason)


def faults(cells: Mapping[str, str]) -> list[str]:
    """Say all that is wrong with the words of a decision, given as columns."""
    key, act, field, wrong = cells["id"], cells["act"], cells["field"], []
    if act not in get_args(Act):
        wrong.append(f"decision {key}: act '{act}' is unknown; use one of {', '.join(get_args(Act))}")
    elif (act == "reinterpret") != bool(field):
        wrong.append(f"decision {key}: reinterpret needs the field it changes; no other act has one")
    if not cells["reason"].strip():
        wrong.append(f"decision {key}: the reason is empty; say why a statistician would do this")
    if field in FIXED:
        wrong.append(f"decision {key}: '{field}' says where a figure stands and cannot be reinterpreted")
    return wrong
