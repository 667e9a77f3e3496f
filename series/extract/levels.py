"""Levels: amounts of money, given for the subjects named before them or right after."""

from __future__ import annotations

from series.extract.candidates import UNITS
from series.extract.clauses import is_difference
from series.extract.reading import Reading, Target
from series.extract.runs import Run


def bind_levels(reading: Reading, run: Run) -> int:
    """Bind a run of amounts and return the index of the token to go on with."""
    here = reading.here
    following = run.last + 1
    if is_difference(here.tokens[here.since : run.first], reading.lower):
        return following
    mentions = reading.named()
    right, after = reading.right_of(run.last)
    if right and not any(mention.kind == "measure" for mention in mentions):
        mentions, following = [*mentions, *right], after
    here.pending = []
    here.role = None
    if any(item.figure.currency == "other" for item in run.items):
        here.group = []
        return following
    if not reading.usable(run, named=bool(right)):
        return following
    count = len(run.items)
    currency = run.items[0].figure.currency or reading.basis or "cny"
    if mentions:
        targets = reading.targets(mentions, count)[-count:]
        reading.opened(targets)
    else:
        targets = _converted(here.group, count, currency)
    for target, item in zip(targets, run.items, strict=False):
        target.currencies.add(currency)
        reading.add(target, item, "level", item.figure.hundred_millions, UNITS[currency], currency, None)
    return following


def _converted(group: list[Target], count: int, currency: str) -> list[Target]:
    """Return the targets just spoken of that have no level in this currency yet: "605亿元(92.3亿美元)", "达到…亿元"."""
    return [target for target in group[-count:] if currency not in target.currencies]
