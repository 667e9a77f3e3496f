"""Evidence: the ledger as one frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from series.catalog import Catalog
from series.errors import InputError, near
from series.ledger.columns import parse
from series.ledger.decisions import Decision
from series.statements import Source, Statement


@dataclass(frozen=True, eq=False)
class Ledger:
    """Sources, statements and decisions that fit together, with the catalog that names their subjects."""

    sources: Mapping[str, Source]
    statements: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    catalog: Catalog

    def as_of(self, date: dt.date | None) -> Ledger:
        """Return the ledger with only what had been published by `date` (None: everything).

        Decisions stay with the statements that they are about: they say how a figure is read, and a reading does
        not depend on the day that we look.
        """
        if date is None:
            return self
        kept = tuple(item for item in self.statements if self.sources[item.source].published <= date)
        ids = {item.id for item in kept}
        return Ledger(
            {key: source for key, source in self.sources.items() if source.published <= date},
            kept,
            tuple(item for item in self.decisions if item.statement in ids),
            self.catalog,
        )

    def published(self, statement: Statement) -> dt.date:
        """Day from which the statement counts as known."""
        return self.sources[statement.source].published

    def statement(self, key: str) -> Statement:
        """Return a statement as it was recorded.

        Raises:
            InputError: if there is none with this id.
        """
        if key not in self.by_id:
            raise InputError(f"'{key}' is not a statement of the ledger.{near(key, self.by_id)}")
        return self.by_id[key]

    def same(self, statement: Statement) -> Statement | None:
        """Return the statement that tells the same figure of the same source, if there is one."""
        said = _figure(statement)
        return next((item for item in self.statements if _figure(item) == said), None)

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """Statements as recorded, by id."""
        return {item.id: item for item in self.statements}

    @cached_property
    def in_force(self) -> tuple[Statement, ...]:
        """What binds: statements as the decisions read them, without the excluded, released and converted ones.

        A level that an agency converted at a rate of its own choice says nothing about the originator's series in
        that currency.
        """
        read = dict(self.by_id)
        for item in self.decisions:
            if item.act in ("exclude", "release"):
                read.pop(item.statement, None)
            elif item.act == "reinterpret" and item.statement in read:
                changed = {item.field: parse(item.field, item.becomes)}
                read[item.statement] = replace(read[item.statement], **changed)
        return tuple(item for item in read.values() if item.currency_basis != "converted")

    @cached_property
    def released(self) -> tuple[Statement, ...]:
        """Statements that are shown but do not bind."""
        ids = {item.statement for item in self.decisions if item.act == "release"}
        return tuple(item for item in self.statements if item.id in ids)

    @cached_property
    def decided(self) -> Mapping[str, tuple[Decision, ...]]:
        """Decisions by statement."""
        found: dict[str, tuple[Decision, ...]] = {}
        for item in self.decisions:
            found[item.statement] = (*found.get(item.statement, ()), item)
        return found


def _figure(item: Statement) -> tuple[object, ...]:
    about = (item.source, item.subject, item.period, item.kind, item.base, item.whole)
    return (*about, item.value, item.exponent, item.unit, item.hedge)
