"""Reasons: what the court gives as the grounds of a verdict, as sentences in the words of the catalogue."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping

from reports import voice
from reports.figures import Figure
from reports.inputs import Inputs
from reports.observations import about, printed
from reports.page import Basis, Day, Literally, Slot, Text, words

Slots = dict[str, str]
_STATEMENT = re.compile(r"s\d+")


def said(reasons: Iterable[str], inputs: Inputs) -> tuple[Text, ...]:
    """Return each reason as a sentence in every language; one that is not known stands as it was given."""
    return tuple(_said(reason, inputs) for reason in reasons)


def _said(reason: str, inputs: Inputs) -> Text:
    for pattern, key, slots in _KNOWN:
        found = re.fullmatch(pattern, reason)
        if found and (filled := slots(found.groupdict(), inputs)) is not None:
            return words(f"reason.{key}", **filled)
    return Literally(reason, reason)


def _plain(given: Slots, _inputs: Inputs) -> Mapping[str, Slot]:
    return dict(given)


def _needed(given: Slots, _inputs: Inputs) -> Mapping[str, Slot]:
    key = f"needed.{given['what'].replace('.', '')}"
    return {"what": words(key) if key in voice.catalogue() else Literally(given["what"], given["what"])}


def _decided(given: Slots, inputs: Inputs) -> Mapping[str, Slot] | None:
    """Return a deciding statement: its paraphrase, or where it has none what kind of figure it is, and its number."""
    statement = inputs.statements.get(given["id"])
    if statement is None:
        return None
    chinese = voice.of("zh")
    figure = f"{inputs.sources[statement.source].publisher}，{chinese.say(about(statement))}{printed(statement, 'zh')}"
    return {"what": Literally(given["what"], figure), "source": Basis((given["id"],))}


def _apart(given: Slots, inputs: Inputs) -> Mapping[str, Slot]:
    ids = tuple(name for name in _STATEMENT.findall(given["ids"]) if name in inputs.statements)
    return {"source": Basis(ids) if ids else ""}


def _of_series(given: Slots, inputs: Inputs) -> Mapping[str, Slot]:
    return {name: inputs.title(value) if name == "name" else value for name, value in given.items()} | {
        name: _day(given[name]) for name in ("day",) if name in given
    }


def _dated(given: Slots, _inputs: Inputs) -> Mapping[str, Slot]:
    return {"dated": _day(given["dated"]), "day": _day(given["day"])}


def _from(given: Slots, _inputs: Inputs) -> Mapping[str, Slot]:
    value = float(given["value"])
    return {
        "value": Figure.exact(value, "percent"),
        "least": Figure.exact(round(value - float(given["half"]), 6), "percent"),
    }


def _day(text: str) -> Day:
    """Read 2020, 2020-09 or 2020-09-30."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    return Day(dt.date(year, month or 1, day or 1), "day" if day else "month" if month else "year")


_KNOWN: tuple[tuple[str, str, Callable[[Slots, Inputs], Mapping[str, Slot] | None]], ...] = (
    (r"names no figure", "none", _plain),
    (r"needs a series of (?P<what>.+) that the ledger does not hold", "series", _needed),
    (r"needs (?P<what>.+?)(?:, which the ledger does not hold)?", "needs", _needed),
    (r"the text leaves open what is meant; (?P<n>\d+) readings are judged apart", "open", _plain),
    (r"judged without the claim's own word \((?P<ids>.+)\) and without copies of it", "apart", _apart),
    (r"only the rounding of the figures printed beside it saves the statement", "rounding", _plain),
    (r"decided by (?P<what>.+) \([^()]*(?:\([^()]*\)[^()]*)?; (?P<id>\w+)\)", "decided", _decided),
    (r"counted as true from (?P<value>[\d.]+) less half its last digit on: (?P<half>[\d.]+) of a point", "from", _from),
    (r"the source is dated (?P<dated>[\d-]+); known then means published by (?P<day>[\d-]+)", "dated", _dated),
    (r"(?P<name>[\w.]+): (?P<n>\d+) observations; at least (?P<wanted>\d+) are needed", "short", _of_series),
    (r"(?P<name>[\w.]+): nothing was published by (?P<day>[\d-]+)", "unpublished", _of_series),
    (r"nothing published bounds (?P<name>[\w.]+) in (?P<when>.+)", "unbounded", _of_series),
)
