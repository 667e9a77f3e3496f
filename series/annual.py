"""Annual series read straight off the ledger: published levels, and years that one published rate gives.

This is the reading that needs no solver: a level wins where one was published, a missing year follows from the
growth or the share published for it or its neighbour, or from a sum, and everything else stays missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from series.catalog import Sum
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Frequency, Period
from series.statements import Source, Statement

ROLES = ("originator", "reprint", "translation", "secondary")
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of one cell: bounds, the figure chosen where one was published and its digits, and who says so."""

    low: Decimal
    high: Decimal
    statements: tuple[str, ...]
    value: Decimal | None = None
    last_digit: int | None = None


class Reading:
    """One ledger read for one frequency; published cells are found once and kept."""

    def __init__(self, ledger: Ledger, frequency: Frequency) -> None:
        self.ledger = ledger
        self.frequency = frequency
        self.levels: dict[str, dict[Period, list[Statement]]] = {}
        self.rates: dict[str, list[Statement]] = {}
        for item in ledger.in_force:
            if item.period.frequency != frequency:
                continue
            if is_level(item, ledger):
                self.levels.setdefault(item.subject, {}).setdefault(item.period, []).append(item)
            elif item.kind == "growth" and item.base is not None and item.base.length == item.period.length:
                self.rates.setdefault(item.subject, []).append(item)
        self._published: dict[str, dict[Period, Span]] = {}

    def series(self, subject: str) -> Series:
        """Return the series of one subject."""
        entry = self.ledger.catalog.entry(subject)
        found = self.published(subject)
        derived: dict[Period, list[Span]] = {}
        for period, span in self.implied(subject):
            if period not in found:
                derived.setdefault(period, []).append(span)
        observations = [_published(period, span) for period, span in found.items()]
        observations += [_derived(period, spans) for period, spans in derived.items()]
        observations.sort(key=lambda observation: observation.period)
        return Series(subject, entry.unit, self.frequency, None, tuple(observations))

    def published(self, subject: str) -> dict[Period, Span]:
        """Return the cells for which a level was published."""
        if subject not in self._published:
            cells = self.levels.get(subject, {})
            self._published[subject] = {period: choose(items, self.ledger.sources) for period, items in cells.items()}
        return self._published[subject]

    def implied(self, subject: str) -> Iterator[tuple[Period, Span]]:
        """Yield what published growth, shares and sums say about cells, one step away from published levels."""
        levels = self.published(subject)
        for rate in sorted(self.rates.get(subject, ()), key=lambda item: _rank(item, self.ledger.sources)):
            low, high = (1 + end / 100 for end in allowed(rate))
            if rate.base in levels:
                base = levels[rate.base]
                yield rate.period, Span(base.low * low, base.high * high, (rate.id, *base.statements))
            if rate.period in levels and rate.base is not None and low > 0:
                later = levels[rate.period]
                yield rate.base, Span(later.low / high, later.high / low, (rate.id, *later.statements))
        yield from self._from_wholes(subject)
        for identity in self.ledger.catalog.sums([subject]):
            yield from self._from_sum(subject, identity)

    def _from_wholes(self, subject: str) -> Iterator[tuple[Period, Span]]:
        catalog = self.ledger.catalog
        stem, _, last = subject.rpartition(".")
        if last == "share":
            whole = catalog.entry(subject).whole
            for currency in ("cny", "usd"):
                tops, bottoms = self.published(f"{stem}.{currency}"), self.published(f"{whole}.{currency}")
                for period in tops.keys() & bottoms.keys():
                    top, bottom = tops[period], bottoms[period]
                    if bottom.low > 0:
                        support = (*top.statements, *bottom.statements)
                        yield period, Span(100 * top.low / bottom.high, 100 * top.high / bottom.low, support)
        elif catalog.knows(f"{stem}.share"):
            shares = self._shares(f"{stem}.share", last)
            wholes = self.published(f"{catalog.entry(f'{stem}.share').whole}.{last}")
            for period in shares.keys() & wholes.keys():
                share, of = shares[period], wholes[period]
                support = (*share.statements, *of.statements)
                yield period, Span(share.low * of.low / 100, share.high * of.high / 100, support)

    def _shares(self, subject: str, currency: str) -> dict[Period, Span]:
        """Return the cells of a share as far as it speaks of amounts in this currency."""
        told = {
            period: [item for item in items if not item.whole or item.whole.endswith(f".{currency}")]
            for period, items in self.levels.get(subject, {}).items()
        }
        return {period: choose(items, self.ledger.sources) for period, items in told.items() if items}

    def _from_sum(self, subject: str, identity: Sum) -> Iterator[tuple[Period, Span]]:
        terms = (identity.whole, *identity.parts)
        if subject not in terms:
            return
        others = [self.published(term) for term in terms if term != subject]
        for period in set.intersection(*(set(cells) for cells in others)):
            spans = [cells[period] for cells in others]
            support = tuple(dict.fromkeys(key for span in spans for key in span.statements))
            if subject == identity.whole:
                yield period, Span(_total(s.low for s in spans), _total(s.high for s in spans), support)
            else:
                whole, parts = spans[0], spans[1:]
                low, high = whole.low - _total(s.high for s in parts), whole.high - _total(s.low for s in parts)
                if high >= 0:
                    yield period, Span(max(low, Decimal(0)), high, support)


def is_level(item: Statement, ledger: Ledger) -> bool:
    """Whether a statement prints the level of its subject: no conversion, and no share of an unusual whole."""
    if item.kind not in ("level", "share") or item.currency_basis == "converted":
        return False
    return not item.whole or ledger.catalog.stem(item.whole) == ledger.catalog.entry(item.subject).whole


def choose(items: Iterable[Statement], sources: Mapping[str, Source]) -> Span:
    """Choose the level of one cell: the best source's, or a finer print that agrees with it.

    Best is the originator over a reprint, an exact figure over a hedged one, the later over the earlier.
    Every print that overlaps the chosen one supports it.
    """
    ranked = sorted(items, key=lambda item: _rank(item, sources))
    best = allowed(ranked[0])
    agreeing = [item for item in ranked if _overlap(allowed(item), best)]
    chosen = min(agreeing, key=lambda item: (item.hedge != "exact", item.exponent, ranked.index(item)))
    low, high = allowed(chosen)
    support = [item.id for item in agreeing if item is not chosen and _overlap(allowed(item), (low, high))]
    return Span(low, high, (chosen.id, *support), chosen.value, chosen.exponent)


def allowed(item: Statement) -> tuple[Decimal, Decimal]:
    """Return what the printed digits and the hedge allow, in the unit of the statement.

    Half a unit of the last digit to either side; cut-off digits add up to one unit away from zero; "about" a whole
    unit or 5 percent, "over" and "nearly" a whole unit or 10 percent to their side.
    """
    unit, size = Decimal(1).scaleb(item.exponent), abs(item.value)
    if item.hedge == "about":
        width = max(unit, size / 20)
        return item.value - width, item.value + width
    if item.hedge != "exact":
        width = max(unit, size / 10)
        return (item.value, item.value + width) if item.hedge == "over" else (item.value - width, item.value)
    if item.rounding == "truncated":
        return (item.value, item.value + unit) if item.value >= 0 else (item.value - unit, item.value)
    return item.value - HALF * unit, item.value + HALF * unit


def _rank(item: Statement, sources: Mapping[str, Source]) -> tuple[bool, int, int, str]:
    source = sources[item.source]
    return item.hedge != "exact", ROLES.index(source.role), -source.published.toordinal(), item.id


def _overlap(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _published(period: Period, span: Span) -> Observation:
    value = span.value if span.value is not None else (span.low + span.high) / 2
    low = max(span.low, Decimal(0))
    return Observation(
        period, float(value), float(low), float(span.high), "published", span.statements, span.last_digit
    )


def _derived(period: Period, spans: list[Span]) -> Observation:
    low, high, support = spans[0].low, spans[0].high, dict.fromkeys(spans[0].statements)
    for span in spans[1:]:
        if span.low <= high and low <= span.high:
            low, high = max(low, span.low), min(high, span.high)
            support |= dict.fromkeys(span.statements)
    ends = float(low), float(high)
    return Observation(period, min(max(float((low + high) / 2), ends[0]), ends[1]), *ends, "derived", tuple(support))


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
