"""Reasons: what the court gives as the grounds of a verdict, as sentences in the words of the catalogue.

A ground is the key of a message and the figures that it names; a figure means the same in every message.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reports import publishers, voice
from reports.figures import Figure
from reports.inputs import Inputs
from reports.observations import about, printed
from reports.page import Basis, Day, Literally, Slot, Text, words
from series.periods import Period

Figures = Mapping[str, Any]


def said(grounds: Iterable[Mapping[str, Any]], inputs: Inputs) -> tuple[Text, ...]:
    """Return each ground as a sentence in every language."""
    return tuple(_said(str(ground["key"]), ground["figures"], inputs) for ground in grounds)


def _said(key: str, figures: Figures, inputs: Inputs) -> Text:
    return words(f"reason.{key}", **{name: _slot(name, figures, inputs) for name in figures})


def _slot(name: str, figures: Figures, inputs: Inputs) -> Slot:
    """Return what a figure of a ground is on a page."""
    given = figures[name]
    match name:
        case "subject":
            return inputs.title(given)
        case "subjects":
            return functools.reduce(_or, (inputs.title(one) for one in given))
        case "day" | "dated":
            return _day(given)
        case "period" | "base" | "first" | "last":
            return Period.parse(given)
        case "statement":
            return _basis([given], inputs)
        case "statements":
            return _basis(given, inputs)
        case "value" | "least" | "most":
            return Figure(Decimal(given), "percent")
        case "threshold":
            return Figure.exact(float(given), figures["unit"])
        case "lack":
            return Literally(given["en"][:1].upper() + given["en"][1:], given["zh"])
        case "says":
            return _quoted(figures, inputs)
    return str(given)


def _or(first: Text, second: Text) -> Text:
    return words("claim.either", first=first, second=second)


def _basis(ids: Iterable[str], inputs: Inputs) -> Slot:
    """Return the statements that can be looked up, as links."""
    held = tuple(one for one in ids if one in inputs.statements)
    return Basis(held) if held else ""


def _quoted(figures: Figures, inputs: Inputs) -> Text:
    """Return a deciding statement: its paraphrase, or in a language that has none, who printed which figure of what."""
    statement = inputs.statements.get(figures["statement"])
    if statement is None:
        return Literally(figures["says"], figures["publisher"])
    chinese = voice.of("zh")
    figure = printed(statement, "zh")
    if any(letter.isascii() and letter.isalpha() for letter in figure):  # printed in another language
        figure = chinese.quantity(Figure(statement.value, statement.unit))
    said = f"{chinese.say(inputs.title(statement.subject))}，{chinese.say(about(statement))}"
    more = "（英文另有说明）" if ". " in figures["says"] else ""
    return Literally(figures["says"], f"{publishers.chinese(figures['publisher'])}：{said}{figure}{more}")


def _day(text: str) -> Day:
    """Read 2020, 2020-09 or 2020-09-30."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    return Day(dt.date(year, month or 1, day or 1), "day" if day else "month" if month else "year")
