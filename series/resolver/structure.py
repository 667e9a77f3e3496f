"""Structure: what the resolver has to know of the catalog, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from series.catalog import Catalog
from series.statements import Statement

CURRENCIES = ("usd", "cny")


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity: the whole is the sum of its parts, month by month."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Identities, the whole of each part (ids without currency), and the subjects that are not flows.

    A flow adds up over months. A stock is what there is at the end of a period; every other subject
    (a rate, a share of something without a record) is its own unknown in each period.
    """

    sums: tuple[Sum, ...] = ()
    wholes: Mapping[str, str] = field(default_factory=dict)
    flows: frozenset[str] = frozenset()
    stocks: frozenset[str] = frozenset()

    def whole(self, stem: str) -> str | None:
        """Return the whole that `stem` is a part of, or None."""
        return self.wholes.get(stem)

    def relatives(self, subjects: Iterable[str]) -> frozenset[str]:
        """Return the subjects with what contains them and what adds up with those, up to the top."""
        found = set(subjects)
        pending = list(found)
        while pending:
            subject = pending.pop()
            stem, _, last = subject.rpartition(".")
            whole = self.whole(stem) if last in CURRENCIES else self.whole(subject)
            near = {f"{whole}.{last}" if last in CURRENCIES else whole} if whole else set()
            for one in self.sums:
                if subject == one.whole or subject in one.parts:
                    near |= {one.whole, *one.parts}
            pending.extend(near - found)
            found |= near
        return frozenset(found)

    def knows(self, subject: str) -> bool:
        """Whether the subject is a flow or a stock."""
        return subject in self.flows or subject in self.stocks

    def nature(self, subject: str) -> str:
        """Return `flow`, `stock` or `rate`."""
        if subject in self.flows:
            return "flow"
        return "stock" if subject in self.stocks else "rate"


def of_catalog(catalog: Catalog, statements: Iterable[Statement]) -> Structure:
    """Return the structure of the subjects that the statements speak of, their wholes and their parts."""
    spoken = {statement.subject for statement in statements} | {s.whole for s in statements if s.whole}
    amounts = {subject for name in spoken for subject in _amounts(name, catalog)}
    sums = tuple(Sum(one.whole, one.parts) for one in catalog.sums(sorted(amounts)) if _all_known(one, catalog))
    amounts |= {subject for one in sums for subject in (one.whole, *one.parts)}
    wholes: dict[str, str] = {}
    pending = sorted({catalog.stem(subject) for subject in amounts | spoken})
    while pending:
        stem = pending.pop()
        whole = _whole(stem, catalog)
        if whole and stem not in wholes:
            wholes[stem] = whole
            pending.append(whole)
    for stem in [*wholes, *wholes.values()]:
        amounts |= set(_amounts(stem, catalog))
    entries = {subject: catalog.entry(subject) for subject in amounts if catalog.knows(subject)}
    return Structure(
        sums,
        wholes,
        frozenset(subject for subject, entry in entries.items() if entry.nature == "flow"),
        frozenset(subject for subject, entry in entries.items() if entry.nature == "stock"),
    )


def _amounts(name: str, catalog: Catalog) -> list[str]:
    stem = catalog.stem(name)
    return [subject for subject in (stem, *(f"{stem}.{currency}" for currency in CURRENCIES)) if catalog.knows(subject)]


def _whole(stem: str, catalog: Catalog) -> str | None:
    for last in ("", ".usd", ".cny", ".share"):
        if catalog.knows(stem + last):
            whole = catalog.entry(stem + last).whole
            if whole:
                return catalog.stem(whole)
    return None


def _all_known(one: object, catalog: Catalog) -> bool:
    return all(catalog.knows(subject) for subject in (one.whole, *one.parts))  # type: ignore[attr-defined]
