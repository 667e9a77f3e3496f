"""Levels: amounts of money, given for the subjects named before them or right after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from series.extract import clauses
from series.extract.bases import base_of_level, moves_on
from series.extract.candidates import SINCE_ANY, SMALL, SUMMED, UNITS
from series.extract.complements import late_scope, right_of, shared_scope
from series.extract.dating import over_periods
from series.extract.reading import Reading
from series.extract.runs import Run
from series.extract.spells import several
from series.extract.subjects import Mention
from series.extract.targets import Target
from series.extract.tokens import Token
from series.extract.unnamed import targets_of
from series.periods import Period

FLOOR = Decimal(1)  # hundred millions, of yuan or dollars; the smallest ever printed for a month is ten
RECENT = 2010  # since when the country's smallest value of a year has been five billion dollars
FLOOR_OF_YEARS = {"usd": Decimal(10), "cny": Decimal(60)}  # a fifth of that: less is a city's
FLOOR_OF_PARTS = Decimal("0.01")


def bind_levels(reading: Reading, run: Run) -> int:
    """Bind a run of amounts and return the index of the token to go on with."""
    spoken, end = reading.period, _end_of_years(reading, run)
    reading.period = end or spoken
    if end:  # "grew by 10.6% to $151.4 billion from 2022 to 2023"
        reading.here.group = [_ended(target, spoken, end) for target in reading.here.group]
    following = _bind(reading, run, begun=bool(end and spoken and end.start == spoken.start))
    reading.period = spoken if end else reading.period
    return following


def _ended(target: Target, spoken: Period | None, end: Period) -> Target:
    return replace(target, period=end) if target.period == spoken and not target.currencies else target


def _end_of_years(reading: Reading, run: Run) -> Period | None:
    """Return the first or last of several years for an amount where a change began or ended ("由623亿增至2154亿")."""
    before, period = reading.here.tokens[reading.here.since : run.first], reading.period
    if not before or period is None or not several(period) or clauses.cumulative(reading.lower, before):
        return None
    last = before[-1].word(reading.lower)
    if last in ("由", "从", "from"):
        return Period(period.start, period.start + 11)
    changed = any(token.kind == "role" and token.meaning in ("up", "down") for token in before)
    changed = changed or any(target.origin or target.bases for target in reading.here.history)
    reached = before[-1].kind == "role" and before[-1].meaning == "reach" and changed
    arrived = last in ("to", "至", "到") or (before[-1].kind == "role" and last.endswith(("至", "到")))
    return Period(period.end - 11, period.end) if reached or arrived else None


def _bind(reading: Reading, run: Run, *, begun: bool) -> int:
    here = reading.here
    following = run.last + 1
    before = here.tokens[here.since : run.first]
    since = begun or _set_out(reading, run, before)
    base = base_of_level(reading, run, before)
    if base is not None:
        _add_base(reading, run, base)
        behind = here.tokens[run.last + 1 : run.last + 3]
        dated = (token.kind == "span" and behind[0].kind != "mark" for token in behind)
        return following + next((at + 1 for at, span in enumerate(dated) if span), 0)
    if clauses.is_difference(before, reading.lower) and not since:
        reading.shelve()
        return following
    if clauses.restated(here.tokens, run.last, reading.lower):
        return following
    mentions = reading.named()
    right, after = right_of(reading, run.last)
    if right and right[0].kind == "measure" and not right[0].weak:
        mentions = [mention for mention in mentions if mention.kind != "measure"]
    if _measured(mentions) and any(mention.weak for mention in right):
        right, following = [mention for mention in right if not mention.weak], after
    if right and not (_measured(mentions) and _measured(right)):
        mentions, following = [*mentions, *right], after
    if clauses.after_bracket(here.tokens, run.last) > run.last + 1:
        following = run.last + 1  # the bracket has a figure of its own
    if mentions and not _measured(mentions) and _then_executed(here.tokens, run.last):
        mentions = [*mentions, Mention("measure", "contract", linked=False)]
    if not any(mention.kind in ("scope", "part") for mention in mentions):
        mentions = [*mentions, *(late_scope(reading, run.last) or shared_scope(reading, run.last))]
    mentions = _with_part(reading, before, mentions)
    pending, here.pending = here.pending, []
    if not before or before[-1].word(reading.lower) != "or":  # "made up 52.5 percent of it, or $29.35 billion"
        here.role = None
    if any(item.figure.currency == "other" for item in run.items):
        here.group = here.group if clauses.bracketed(before) else []
        return following
    if not reading.usable(run, pending, named=bool(right)):
        reading.aim(run, mentions)
        return following
    count = len(run.items)
    printed = run.items[0].figure.currency
    if printed and reading.basis and printed != reading.basis and not clauses.bracketed(before):
        reading.basis = ""  # "In dollars, … ITO made up 289 billion yuan, BPO 103.8 billion"
    currency = printed or reading.basis or reading.currency
    reading.currency = currency
    if clauses.to_date(here.tokens[: run.first], reading.lower):
        here.group, here.lost = [], True
        return following
    if clauses.is_threshold(here.tokens, run.last, reading.lower):
        return following
    if mentions:
        named = reading.targets(mentions, count + clauses.resumes(here.tokens, run.last))
        resumed = len(named) > count and clauses.resumes(here.tokens, run.last)
        targets, here.queue = (named[:count], named[count:]) if resumed else (named[-count:], [])
        targets = list(over_periods(named, count, reading)) if len(named) == 1 else targets
        targets = targets if len(targets) == count else []
        reading.opened(targets)
    elif here.queue and not clauses.bracketed(before):
        targets, here.queue = here.queue[:count], here.queue[count:]
        reading.opened(targets)
    else:
        targets = targets_of(reading, run, currency, since=since)
    again = clauses.tied(before[-1:], "convert")  # "1,057.8 hundred million dollars, or 105.8 billion dollars"
    if not targets and not again and clauses.hedge_of(here.tokens, run.first, reading.lower) != "over":
        here.group, here.lost = [], True
    _add(reading, run, targets, currency)
    if since or clauses.sets_out(before, reading.lower):
        for target in targets:
            target.origin = True
        if begun:
            here.group, here.closed = [], False
            return following
        reading.period, here.group, here.closed = here.before, [], False  # the end is for the period spoken of before
        if since and following <= run.last + 2:
            following = next(at for at in range(run.last + 1, run.last + 3) if here.tokens[at].kind == "span") + 1
    return following


def _with_part(reading: Reading, before: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
    """Return the names with the part that a clause only adds an amount of ("from RCEP members grew …, with …")."""
    context = reading.context
    mark = next((at for at in reversed(range(len(before))) if before[at].kind == "mark"), len(before))
    added = mark + 1 < len(before) and before[mark + 1].word(reading.lower) == "with"
    named = any(mention.kind in ("part", "topic", "area", "whole") for mention in mentions)
    if not added or not mentions or named or len(context.parts) != 1 or not context.in_sentence:
        return mentions
    return [Mention("part", context.parts[0], linked=False), *mentions]


def _add(reading: Reading, run: Run, targets: Sequence[Target], currency: str) -> None:
    for target, item in zip(targets, run.items, strict=False):
        if _too_small(target, item.figure.hundred_millions):
            continue
        if _too_small_now(target, item.figure.hundred_millions, currency) and SMALL not in target.notes:
            target.notes = (*target.notes, SMALL)
        doubts = (SUMMED,) if _may_be_of_last(reading, run, target) else _of_all_years(reading, run)
        doubtful = replace(target, notes=(*target.notes, *doubts)) if doubts else target
        reading.add(doubtful, item, "level", item.figure.hundred_millions, UNITS[currency], currency, None)
        target.currencies.append(currency)
    if targets:
        reading.here.recorded = run.last


def _of_all_years(reading: Reading, run: Run) -> tuple[str, ...]:
    """Return the doubt that an amount is summed up since the beginning ("截至7月底,累计离岸执行额9.8万亿元")."""
    here = reading.here
    before = [token for token in here.tokens[: run.first] if token.kind != "mark"]
    return (SINCE_ANY,) if here.until and clauses.cumulative(reading.lower, before) else ()


def _may_be_of_last(reading: Reading, run: Run, target: Target) -> bool:
    """Whether an amount that several years "reached" may be that of the last of them."""
    last = reading.here.tokens[run.first - 1].word(reading.lower) if run.first else ""
    summed = clauses.cumulative(reading.lower, reading.here.tokens[reading.here.since : run.first])
    return several(target.period) and not summed and last in ("reached", "达", "达到", "reaching")


def _too_small(target: Target, value: Decimal) -> bool:
    """Whether an amount is too small to be a country's, or a part's of it; cities may have such values."""
    return target.subject.area == "cn" and value < (FLOOR if target.subject.part is None else FLOOR_OF_PARTS)


def _too_small_now(target: Target, value: Decimal, currency: str) -> bool:
    """Whether an amount is far below all that the country has had: a city may be meant that is not known by name."""
    whole = target.subject.area == "cn" and target.subject.part is None and target.period.start >= 12 * RECENT
    return whole and value < FLOOR_OF_YEARS[currency] * target.period.length / 12


def _add_base(reading: Reading, run: Run, base: Period) -> None:
    """Record an amount of the period that a figure is compared with."""
    here, currency = reading.here, run.items[0].figure.currency
    pending, mentions = list(here.pending), reading.named()
    after = here.tokens[run.last + 1 : run.last + 4]
    beside = here.tokens[run.first - 1].meaning == "(" and run.first - 2 in here.bases
    multiplied = any(token.kind == "figure" and token.meaning.kind == "multiple" for token in after)
    here.pending, here.base = [], base if multiplied or beside else None  # "是2013年454亿美元的3.3倍"
    if currency not in ("usd", "cny") or not reading.usable(run, pending, named=False):
        return
    last = [target for target in here.history if currency in target.currencies][-1:]
    count = len(run.items)
    named = reading.targets(mentions, count)[-count:] if mentions else last
    if len(named) != count:
        return
    before = here.tokens[here.since : run.first]
    onward = bool(mentions) and (multiplied or moves_on(reading, run) or clauses.bracketed(before))
    _add(reading, run, [Target(target.subject, base, notes=target.notes) for target in named], currency)
    if onward:  # "由上年的1369亿美元增至1514亿美元", "较2019年的968亿美元增长56%"
        reading.opened([replace(target, currencies=[], bases=[]) for target in named])
        here.base = base


def _then_executed(tokens: Sequence[Token], last: int) -> bool:
    """Whether the next amount is the one executed, and so this one that of contracts ("152 and executed 97")."""
    after = tokens[last + 1 : last + 4]
    kinds = [token.kind for token in after]
    return kinds == ["mark", "measure", "figure"] and (after[0].meaning, after[1].meaning) == ("list", "execution")


def _measured(mentions: Sequence[Mention]) -> bool:
    return any(mention.kind == "measure" for mention in mentions)


def _set_out(reading: Reading, run: Run, before: Sequence[Token]) -> bool:
    """Whether an amount is where a change began in a year that is named ("from $14.45 billion in 2010")."""
    tokens = reading.here.tokens[run.last + 1 : run.last + 3]
    named = any(token.kind == "span" and token.meaning.kind == "period" for token in tokens)
    rest = [token for token in before if token.kind not in ("hedge", "filler") or _word(token, reading) == "from"]
    return named and bool(rest) and _word(rest[-1], reading) == "from"


def _word(token: Token, reading: Reading) -> str:
    return token.word(reading.lower)
