"""References: the sources a page rests on, numbered in the order of first use, with the statements it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from reports import publishers, voice
from reports.figures import Figure
from reports.inputs import Document, Inputs
from reports.links import WHOLE
from reports.observations import quoted
from reports.page import Basis, Entry, Literally, Reference, Section, Text
from series.periods import Period
from series.statements import Statement


def collect(parts: tuple[Text | Section, ...], inputs: Inputs) -> tuple[Reference, ...]:
    """Number the sources of every statement that `parts` rest on.

    An id `source:x` stands for a source itself. Other ids (forecasts) have their place elsewhere in the page.
    """
    used: dict[str, list[str]] = {}
    sources, statements = inputs.sources, inputs.statements
    for name in bases(parts):
        if name.startswith(WHOLE):
            used.setdefault(name.removeprefix(WHOLE), [])
        elif name in statements:
            entries = used.setdefault(statements[name].source, [])
            if name not in entries:
                entries.append(name)
    return tuple(
        _reference(number, sources[source], tuple(_entry(statements[name], inputs) for name in names))
        for number, (source, names) in enumerate(used.items(), start=1)
    )


def bases(value: Any) -> Iterator[str]:
    """Yield the ids under every figure, in reading order."""
    if isinstance(value, Figure):
        yield from value.basis
    elif isinstance(value, Basis):
        yield from value.ids
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from bases(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from bases(item)
    elif is_dataclass(value) and not isinstance(value, (type, Period)):
        for item in fields(value):
            yield from bases(getattr(value, item.name))


def _reference(number: int, source: Document, entries: tuple[Entry, ...]) -> Reference:
    return Reference(
        number,
        source.id,
        Literally(source.publisher, publishers.chinese(source.publisher)),
        Literally(source.title, publishers.titled(source.title)),
        source.published,
        source.address,
        source.language,
        source.role,
        entries,
    )


def _entry(statement: Statement, inputs: Inputs) -> Entry:
    """Return a statement with its paraphrase, or in a language that has none with what it is about."""
    printed = " ".join(statement.printed.split())
    told = Literally(statement.paraphrase, voice.of("zh").say(inputs.title(statement.subject)))
    value = Figure(statement.value, statement.unit, (statement.id,))
    return Entry(
        statement.id, statement.subject, statement.period, statement.kind, printed, told, quoted(statement), value
    )
