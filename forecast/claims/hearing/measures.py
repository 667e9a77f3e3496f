"""Measures: whether a figure is of contracts or of execution, where a sentence speaks of both."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from forecast.claims.hearing.clauses import WHOLE, clause, led_by
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.stretches import MARK, figures, latest, listed, lower_end, reach, stretch, subjects
from series.extract.tokens import Token

THAN = re.compile(
    r"(?:\bthan (?:that of |those of |the |its |in )*"
    r"|\b(?:lag|lags|lagging|trail\w*|outpac\w*|outgrow\w*|overtak\w*|outstrip\w*|behind) (?:that of |the )?"
    r"|快于|慢于|高于|低于|大于|小于|落后于|快过)(?:(?:offshore|onshore|total) |[离在]岸(?:服务)?(?:外包)?)?$"
)
AGAINST = re.compile(r"\b(?:against|versus|vs\.?|compared (?:with|to))\s*$|对$")
RIGHT_BEFORE = re.compile(r"[\s(]*(?:的?(?:增速|增幅)|'?s? growth)?[\s(]*(?:的|of|at|为)?\s*")
CARRIED_OUT = ("ed", "out", "执行")
OF = re.compile(r"\s*(?:growth |increase |rise |fall |decline |worth )?(?:of|in|的)\s*")
SHRINKING = re.compile(r"(?:s|ed|ing)?\s+(?:by|at)\b")
HIRED = re.compile(
    r"\s+(?:manufactur|research|development|farm|logistic|electronic|packag|staff|work|labou?r|teach|brew)"
)
VERBS = ("contract", "contracts", "contracted")
EACH = ("each", "各", "各自")
BESIDE = frozenset(("scope", "topic", "whole", "filler", "business", "amount"))
JOINED = re.compile(r"和|与|及|、|,|&|\band\b")
LEAD = 8  # characters before a name: 总 of 总执行额, "total" of "total execution"
PARTED = "which figure goes with which measure: contracts and execution are both named"
SUM = "one measure: no series adds contracts to execution"
RATIO = "one measure: a share of contracts in execution, or the other way round, is in no series"


def shrinks(clues: Clues, token: Token) -> bool:
    """Whether "contract" is said of what shrinks, "will contract by 5%", or is hired, "contract manufacturing"."""
    if token.kind != "measure" or clues.word(token) not in VERBS:
        return False
    return bool(SHRINKING.match(clues.lower, token.end) or HIRED.match(clues.lower, token.end))


@lru_cache(maxsize=4)
def spoken_of(clues: Clues) -> tuple[Token, ...]:
    """Return the tokens without the "contract" that is said of what shrinks."""
    return tuple(token for token in clues.tokens if not shrinks(clues, token))


def measured(clues: Clues, figure: Token, *, share: bool) -> tuple[tuple[str, ...], str]:
    """Return the measures that a figure is of, none where none is named, and what stands in the way.

    Measures that are joined have their figures in the same order where there are as many ("contracts and execution
    will reach 240 and 170"), and share a figure that stands alone ("both will grow 8%").
    """
    named, others = _named(clues), trailing(clues)
    compared = [
        token
        for token in named
        if token.start in others and not RIGHT_BEFORE.fullmatch(clues.lower, token.end, max(token.end, figure.start))
    ]
    spoken = [token for token in named if token not in compared]
    start, end = stretch(clues, figure)
    if share:
        beside = {token.meaning for token in named if start <= token.start < end and token.start >= figure.end}
        since = clause(clues, figure)[0] if beside and led_by(clues, figure) else 0
        last = latest(clues.tokens, spoken, figure.start)[-1:]
        earlier = {token.meaning for token in last if token.start >= since}
        if len(beside | earlier) > 1:
            return (), RATIO
        if last and not earlier:
            return tuple(beside), ""
    if compared and AGAINST.search(clues.before(figure.start)):
        return (), PARTED
    attached = _attached(clues, figure) if not share else ""
    if attached:
        return (attached,), ""
    dealt = _dealt_apart(clues, spoken, figure)
    if dealt:
        return dealt
    group = _group(clues, latest(clues.tokens, spoken, figure.start))
    if not group:
        far = min(reach(clues, spoken_of(clues), figure.end), clause(clues, figure)[1])
        ahead = [token for token in spoken if figure.end <= token.start < far]
        return _ahead(clues, ahead), ""
    meanings = tuple(dict.fromkeys(token.meaning for token in group))
    if len(meanings) == 1:
        return meanings, ""
    return _dealt(clues, group, meanings, figure)


@lru_cache(maxsize=4)
def _named(clues: Clues) -> tuple[Token, ...]:
    return tuple(token for token in spoken_of(clues) if token.kind == "measure")


@lru_cache(maxsize=4)
def trailing(clues: Clues) -> frozenset[int]:
    """Return where subjects start that something is only compared with: "faster than offshore outsourcing"."""
    return frozenset(token.start for token in subjects(clues) if THAN.search(clues.before(token.start)))


def _ahead(clues: Clues, ahead: Sequence[Token]) -> tuple[str, ...]:
    """Return the measure that is named only after a figure, as far as its words reach."""
    if not ahead:
        return ()
    following = [token.start for token in clues.tokens if token.kind == "figure" and token.start > ahead[0].start]
    return tuple(dict.fromkeys(token.meaning for token in ahead if token.start < min(following, default=token.end)))[
        -1:
    ]


def _attached(clues: Clues, figure: Token) -> str:
    """Return the measure that a figure is said to be in: "$240 billion in contracts", "2300亿美元的合同额"."""
    found = OF.match(clues.lower, figure.end)
    if not found:
        return ""
    for token in clues.tokens[bisect_left(clues.tokens, found.end(), key=lambda token: token.start) :]:
        if token.kind == "measure":
            return "execution" if _carried_out(clues, figure) else str(token.meaning)
        if token.kind not in BESIDE:
            return ""
    return ""


def _carried_out(clues: Clues, figure: Token) -> bool:
    """Whether contracts are what is executed: "executed 1.9 trillion yuan of contracts"."""
    start, end = stretch(clues, figure)
    return any(
        token.kind == "measure" and token.meaning == "execution" and start <= token.start < end
        and clues.word(token).endswith(CARRIED_OUT)
        for token in clues.tokens
    )  # fmt: skip


def _group(clues: Clues, before: Sequence[Token]) -> list[Token]:
    """Return the measures that are joined with the last one: "离岸合同额和离岸执行额"."""
    group = list(before[-1:])
    for first, second in reversed(list(itertools.pairwise(before))):
        between = [token for token in clues.tokens if first.end <= token.start and token.end <= second.start]
        joining = [token for token in between if token.kind == "mark" and token.meaning == "list"]
        if len(joining) != 1 or any(token not in joining and token.kind not in BESIDE for token in between):
            break
        group.insert(0, first)
    return group


def _dealt(
    clues: Clues, group: Sequence[Token], meanings: tuple[str, ...], figure: Token
) -> tuple[tuple[str, ...], str]:
    """Deal the figures after joined measures out to them."""
    figure = lower_end(clues, figure)
    spoken = [token for token in clues.tokens if token.kind == "tie" and token.start >= group[0].start]
    ordered = any(token.meaning == "respectively" and clues.word(token) not in EACH for token in spoken)
    row = [one for one in listed(clues, figure) if one.start >= group[-1].end]
    if len(row) == len(meanings):
        return (meanings[row.index(figure)],), ""
    start, end = stretch(clues, figure)
    alike = [one for one in figures(clues, figure) if max(start, group[-1].end) <= one.start < end]
    if ordered and len(alike) == len(meanings):
        return (meanings[alike.index(figure)],), ""
    if ordered or len(alike) > 1:
        return (), PARTED
    if any(token.meaning == "together" for token in spoken):
        return (), SUM
    return meanings, ""


def _dealt_apart(clues: Clues, spoken: Sequence[Token], figure: Token) -> tuple[tuple[str, ...], str] | None:
    """Deal figures that are listed "respectively" to measures that have a figure of their own before them.

    "合同额3.4万亿元，执行额2.3万亿元，分别增长6%和8%".
    """
    row = listed(clues, lower_end(clues, figure))
    since = max((token.end for token in _figures(clues) if token.end <= row[0].start), default=0)
    if len(row) == 1 or not in_order(clues, since, row) or any(since <= token.start < row[0].start for token in spoken):
        return None
    meanings = tuple(dict.fromkeys(token.meaning for token in spoken if token.start < row[0].start))
    if len(meanings) < 2:
        return None
    if len(meanings) != len(row):
        return (), PARTED
    return (meanings[row.index(lower_end(clues, figure))],), ""


@lru_cache(maxsize=4)
def _figures(clues: Clues) -> tuple[Token, ...]:
    return tuple(token for token in clues.tokens if token.kind == "figure")


def in_order(clues: Clues, since: int, row: Sequence[Token]) -> bool:
    """Whether a row of figures is said to be in the order of what was named: "分别", "respectively"."""
    ties = [token for token in clues.tokens if token.ties("respectively") and clues.word(token) not in EACH]
    following = min((token.start for token in _figures(clues) if token.start >= row[-1].end), default=len(clues.lower))
    return any(since <= token.start < row[0].start or row[-1].end <= token.start < following for token in ties)


def lists_subjects(clues: Clues, figure: Token) -> bool:
    """Whether a row of figures follows joined scopes or parts, one for each: which is whose is not for us to say."""
    row = listed(clues, lower_end(clues, figure))
    if len(row) == 1:
        return False
    parting = [one.end for one in clues.tokens if one.kind == "figure" and one.end <= row[0].start]
    stops = [found.end() for found in MARK.finditer(clues.lower, 0, row[0].start) if found.group() in ";。."]
    begin = max([*parting, *stops], default=0)
    near = [token for token in subjects(clues) if begin <= token.start and token.end <= row[0].start]
    if not near and in_order(clues, max(parting, default=0), row):
        near = [token for token in subjects(clues) if token.end <= row[0].start]
    scopes = {token.meaning for token in near if token.kind == "scope"}
    parts = {token.meaning for token in near if token.kind.startswith("part_")}
    return len(row) in (max(len(scopes), len(parts)), len(set(_spoken(clues, near))))


def _spoken(clues: Clues, named: Sequence[Token]) -> list[frozenset[str]]:
    """Return what each of joined names is of, such as a scope, a part or the whole: "offshore outsourcing and KPO"."""
    groups, since = list[frozenset[str]](), max(0, min((token.start for token in named), default=0) - LEAD)
    for token in named:
        joined = not groups or bool(JOINED.search(clues.lower, since, token.start))
        of = {str(token.meaning)} if token.kind in ("scope", "topic") or token.kind.startswith("part_") else set[str]()
        of |= {"whole"} if WHOLE.search(clues.lower, since, token.end) else set()
        groups = [*groups, frozenset(of)] if joined else [*groups[:-1], groups[-1] | of]
        since = token.end
    return [group for group in groups if group]
