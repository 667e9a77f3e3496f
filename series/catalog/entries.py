"""Entries: what the catalog knows about one subject."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Nature = Literal["flow", "stock", "share"]


@dataclass(frozen=True, slots=True)
class Title:
    """A title in both languages of the product."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject.

    A flow adds up over months, a stock is what there is at the end of a period, a share is a part as percent
    of its whole. `whole` is the subject that contains this one (for a share: the subject that it is a share
    of, without a currency), `succeeds` the subject whose definition this one replaced.
    """

    id: str
    title: Title
    unit: str
    nature: Nature
    low: Decimal | None
    high: Decimal | None
    whole: str | None
    succeeds: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity: the whole is the sum of its parts, month by month."""

    whole: str
    parts: tuple[str, ...]
