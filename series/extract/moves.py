"""Moves: a share, or a rate of growth, that goes from one figure to another ("由上年的38.3%提高到40.6%")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from series.extract import clauses
from series.extract.moments import YEAR_BEFORE
from series.extract.reading import Reading
from series.extract.roles import Role, role_after
from series.extract.runs import Run
from series.extract.spells import several
from series.extract.targets import Target
from series.extract.tokens import Token
from series.periods import Period

ARRIVING = frozenset(("to", "至", "到", "为", "at"))
RATE = re.compile(r"\b(?:growth|rates?|pace|increase|gains?|rises?|expansion|decline|drop|year-on-year)\b|增|速|幅")
NEAR = 4  # tokens between the word for where a share was and its figure


def sets_out(before: Sequence[Token], lower: str) -> bool:
    """Whether a percentage is where a change began ("占比由15.9%提高至19%", "从上年的38.3%")."""
    rest = [token for token in before[-NEAR:] if token.kind != "hedge"]
    while rest and (rest[-1].kind == "span" or rest[-1].ties("same") or rest[-1].word(lower) in ("的", "the")):
        if lower[rest.pop().start] in clauses.SETTING_OUT:
            return True  # "从上年的38.3%"
    return bool(rest) and rest[-1].word(lower) in clauses.SETTING_OUT


def begins(before: Sequence[Token], lower: str) -> bool:
    """Whether a percentage is where a change began ("占比由15.9%提高至19%")."""
    rest = before[:-1] if len(before) > 1 and before[-1].kind == "role" else before  # "由降2.2%转为增5.6%"
    return bool(rest) and rest[-1].word(lower) in (("由", "从", "from") if rest is before else ("由", "从"))


def rated(reading: Reading, run: Run) -> Role | None:
    """Return what a percentage is that something rose from, where no rate is spoken of: a share, if anything."""
    here, tokens = reading.here, reading.here.tokens
    if RATE.search(reading.lower, tokens[here.since].start, tokens[run.first].start):
        return Role("growth")
    return Role("share") if here.verb and here.verb.name == "share" else Role("none")


def arrived(reading: Reading, before: Sequence[Token]) -> Role | None:
    """Return what a percentage is where it ends the move of one that has just been given from where it set out."""
    rest = list(before)
    while rest and (rest[-1].kind == "span" or rest[-1].word(reading.lower) in ("的", "the")):
        rest.pop()  # "上升到2023年的40.6%"
    last = rest[-1] if rest else None
    if last is None or not (last.word(reading.lower) in ARRIVING or (last.kind == "role" and last.meaning == "reach")):
        return None
    return reading.here.moving


def earlier(reading: Reading, run: Run, before: Sequence[Token], *, dated: bool) -> tuple[Role | None, int] | None:
    """Return how a percentage is read that only tells what another was before, and the index to go on with.

    "占比42%,较上年的43%下降1个百分点" gives one that is left out, "41.1%, down from 42.9% in 2022" one with a date.
    """
    here = reading.here
    lower = reading.lower
    if run.kind == "percent" and (_only_compared(before, lower) or _of_year_before(before, lower)):
        return None, run.last + 1
    last = before[-1].word(lower) if before else ""
    if run.kind == "percent" and last != "from" and was_before(here.tokens, run, before, lower):
        return None, run.last + 2
    if last != "from" or here.pending or here.role is None or here.role.name != "share":
        return None
    after = here.tokens[run.last + 1 : run.last + 2]
    skipped = bool(after) and after[0].kind == "role" and after[0].meaning == "yoy"
    return here.role if dated else None, run.last + 1 + skipped


def _of_year_before(before: Sequence[Token], lower: str) -> bool:
    """Whether a clause gives the growth of the year before ("…, while a year earlier growth was 23.4 percent")."""
    at = next((at for at, token in enumerate(before) if token.kind == "role" and token.meaning == "yoy"), None)
    if at is None or before[at].word(lower) not in YEAR_BEFORE:
        return False
    opener = next((token for token in reversed(before[:at]) if token.kind != "filler"), None)
    said = next((token for token in before[at + 1 :] if token.kind != "filler"), None)
    rose = said is not None and said.kind == "role" and said.meaning in ("up", "down")
    return rose and opener is not None and opener.kind == "mark"


def was_before(tokens: Sequence[Token], run: Run, before: Sequence[Token], lower: str) -> bool:
    """Whether a percentage is what was so a year before ("the three had taken 54.9 percent a year before")."""
    after = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    if after is None or after.word(lower) not in YEAR_BEFORE:
        return False
    return any(token.word(lower) == "had" or (token.kind == "role" and token.meaning == "share") for token in before)


def _only_compared(before: Sequence[Token], lower: str) -> bool:
    if len(before) < 2 or before[-1].word(lower) != "的":
        return False
    opener = before[-2]
    if opener.kind == "span" and len(before) > 2:
        return before[-3].ties("compare")
    return opener.kind == "role" and opener.meaning == "yoy" and lower[opener.start] in "比较"


def whole_ahead(reading: Reading, run: Run) -> range:
    """Return where the whole stands that is only named where a share came to ("from 38.7% to 40.4% of …").

    It is empty when no share is spoken of.
    """
    tokens = reading.here.tokens
    to = next((at for at in range(run.last + 1, len(tokens)) if tokens[at].kind == "figure"), 0)
    if not to or tokens[to].meaning.kind != "percent" or tokens[to - 1].word(reading.lower) not in ARRIVING:
        return range(0)
    after = role_after(tokens, to + 1, reading.lower)
    return range(to + 1, after[1] + 1) if after and after[0].name == "share" else range(0)


def begun(
    reading: Reading, following: int, before: Sequence[Token], targets: Sequence[Target]
) -> tuple[Sequence[Target], int]:
    """Return the targets over the period that a share moved on from, none where it is not said, and where to go on.

    `following` is the index after its figure and the whole that it is of.
    """
    here = reading.here
    while here.tokens[following - 1].word(reading.lower) in ARRIVING:
        following -= 1
    if here.base and here.based >= here.since:
        return [replace(target, period=here.base) for target in targets], following
    if reading.period and several(reading.period):  # "2019年至2023年,占比由33%上升至40.6%"
        first, last = reading.period.start, reading.period.end
        reading.period, here.group = Period(last - 11, last), []
        return [replace(target, period=Period(first, first + 11)) for target in targets], following
    after = here.tokens[following : following + 2]
    behind = clauses.sets_out(before, reading.lower)
    ahead = next((at for at, token in enumerate(after, following) if token.kind == "span" and not behind), None)
    if behind or (ahead and here.tokens[ahead].meaning.kind == "period"):
        reading.period, here.group = here.before, []  # the end is for the period spoken of before
        return targets, ahead + 1 if ahead else following
    return [], following


def over_years(before: Sequence[Token], targets: Sequence[Target]) -> bool:
    """Whether a figure moved in the course of several years: it is not said in which it came to what is printed."""
    moved = any(token.kind == "role" and token.meaning in ("up", "down") for token in before)
    return moved and any(several(target.period) for target in targets)
