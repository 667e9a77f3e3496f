"""Bases: the earlier period that a figure is compared with, and the amount of that period where it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from series.extract import clauses
from series.extract.reading import Reading
from series.extract.runs import Run
from series.extract.tokens import Token
from series.periods import Period

NEAR = 9  # tokens within which an English base follows its figure


def base_after(reading: Reading, last: int) -> Period | None:
    """Return the base that an English rate is followed by ("up 5% from 2019")."""
    here = reading.here
    for index in range(last + 1, min(last + NEAR, len(here.tokens))):
        token = here.tokens[index]
        if token.kind == "figure" or (token.kind == "mark" and token.meaning != "list"):
            return None
        if token.kind == "span":
            return reading.timeline.base(token.meaning, reading.period) if index in here.bases else None
    return None


def base_of_level(reading: Reading, run: Run, before: Sequence[Token]) -> Period | None:
    """Return the period of an amount that is only compared with ("against 614.2 billion yuan a year earlier")."""
    here, lower = reading.here, reading.lower
    if len(run.items) > 1 or not before:
        return None
    at = next((at for at in range(run.first - 1, here.since - 1, -1) if at in here.bases), None)
    to = before[-1].word(lower) in ("to", "至", "到")  # "rose 37 percent from 2011 to 61.28 billion"
    if at is not None and not to and not any(token.kind == "mark" for token in here.tokens[at : run.first]):
        return here.base  # "上年同期离岸执行额为1928亿元"
    if not here.history:
        return None
    usual = here.history[-1].period.shift(-12)
    last = before[-1]
    if last.word(lower) in ("的", "为") and len(before) > 1:
        last = before[-2]
    if last.kind == "role" and last.meaning == "yoy" and lower[last.start] in "比较":
        return usual  # "比去年同期的6142亿元增长17.1%"
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
