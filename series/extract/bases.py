"""Bases: the earlier period that a figure is compared with, and the amount of that period where it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from series.extract import clauses, moments
from series.extract.reading import Reading
from series.extract.runs import Run
from series.extract.tokens import Token
from series.periods import Period

NEAR = 9  # tokens within which an English base follows its figure
RATES = frozenset(("percent", "multiple"))


def base_after(reading: Reading, last: int) -> Period | None:
    """Return the base that an English rate is followed by ("up 5% from 2019", "up 5% in 2023 from 2019")."""
    here, listed = reading.here, False
    times = here.tokens[last].kind == "figure" and here.tokens[last].meaning.kind == "multiple"
    for index in range(last + 1, min(last + NEAR, len(here.tokens))):
        token = here.tokens[index]
        if times and index + 2 in here.bases and token.kind == "figure":
            continue  # "1.6 times the $64.6 billion of 2015"
        if token.kind == "figure" or (token.kind == "mark" and token.meaning != "list"):
            return None
        listed = listed or token.kind == "mark"
        if token.kind == "span" and index in here.bases and not moments.of_rate(here.tokens, index, reading.lower):
            if _of_next(reading, index, listed=listed):
                return None
            return reading.timeline.base(token.meaning, reading.period)
    return None


def _of_next(reading: Reading, index: int, *, listed: bool) -> bool:
    """Whether the base at `index` is that of a rate after it ("增长10.6%、较2019年增长45.2%", "and from 2019 45%")."""
    if not listed and reading.lower[reading.here.tokens[index].end - 1].isascii():
        return False
    after = reading.here.tokens[index + 1 : index + NEAR]
    closing = next((at for at, token in enumerate(after) if token.kind == "mark"), len(after))
    return any(token.kind == "figure" and token.meaning.kind in RATES for token in after[:closing])


def on_year(reading: Reading, first: int, last: int) -> bool:
    """Whether the rate from token `first` to `last` is said to be on the year before ("同比")."""
    here = reading.here
    after = here.tokens[last + 1 : last + 3]
    if after and after[0].kind == "mark":
        after = ()
    beside = (*here.tokens[max(here.since, here.based) : first], *after)
    return any(
        token.kind == "role" and (token.meaning == "yoy" or token.word(reading.lower).startswith("同比"))
        for token in beside
    )


def base_of_rate(reading: Reading, first: int, last: int) -> Period | None:
    """Return what the rate from token `first` to `last` is against where that is named."""
    here = reading.here
    named = base_after(reading, last)
    if named:
        end = next(at for at in range(last + 1, len(here.tokens)) if at in here.bases)
        here.spent |= {end}
        return named
    return None if on_year(reading, first, last) else here.base or here.standing


def moves_on(reading: Reading, run: Run) -> bool:
    """Whether an amount or share is where a change set out from ("由上年的1369亿美元", "较2019年的968亿美元")."""
    here, lower = reading.here, reading.lower
    before = here.tokens[here.since : run.first]
    named = next((at for at in reversed(range(len(before))) if before[at].kind in ("span", "role", "tie")), None)
    while named and (before[named].ties("same") or before[named].kind == "span"):
        if lower[before[named].start] in clauses.SETTING_OUT:
            return True  # "从上年的1369亿美元"
        named -= 1
    if named is None:
        return False
    opener = before[named]
    word = opener.word(lower)
    compared = opener.ties("compare") or (opener.kind == "role" and opener.meaning == "yoy" and word[0] in "比较与")
    return compared or word in clauses.SETTING_OUT


def base_of_level(reading: Reading, run: Run, before: Sequence[Token]) -> Period | None:
    """Return the period of an amount that is only compared with ("against 614.2 billion yuan a year earlier")."""
    here, lower = reading.here, reading.lower
    if not before:
        return None
    at = next((at for at in range(run.first - 1, here.since - 1, -1) if at in here.bases), None)
    to = before[-1].word(lower) in ("to", "至", "到")  # "rose 37 percent from 2011 to 61.28 billion"
    since = here.tokens[at : run.first] if at is not None else ()
    if len(since) == 2 and since[1].kind == "mark" and since[1].meaning == "(":
        return here.base  # "较2022年(8928亿元)增长16%"
    apart = any(token.kind == "mark" or (token.kind == "role" and token.meaning in ("up", "down")) for token in since)
    if since and not to and not apart and (len(run.items) == 1 or moves_on(reading, run)):
        return here.base  # "上年同期离岸执行额为1928亿元", not "比2022年多145亿美元"
    if len(run.items) > 1:
        return None
    current = here.history[-1].period if here.history else reading.period
    if current is None:
        return None
    usual = current.shift(-12)
    last = before[-1]
    if last.word(lower) in ("的", "为") and len(before) > 1:
        last = before[-2]
    if last.kind == "role" and last.meaning == "yoy" and lower[last.start] in "比较":
        return usual  # "比去年同期的6142亿元增长17.1%"
    if not here.history:
        return None
    ties = [token for token in before if token.kind not in ("filler", "hedge")]
    if not clauses.tied(ties[-1:], "compare") or not ties[-1].word(lower).isascii():
        return None
    following = here.tokens[run.last + 1 : run.last + 2]
    if following and following[0].kind == "role" and following[0].meaning == "yoy":
        return usual
    named = next((token for token in here.tokens[run.last + 1 : run.last + 3] if token.kind == "span"), None)
    began = ties[-1].word(lower) == "from"
    if named and not began and named.meaning.kind == "period" and following[0].word(lower) in ("of", "in"):
        return reading.timeline.base(named.meaning, here.history[-1].period)  # "over the US$10.09 billion of 2009"
    return base_after(reading, run.last)
