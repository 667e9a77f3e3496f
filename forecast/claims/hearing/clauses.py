"""Clauses: the part of a sentence that each of several figures is told in, and what is named there."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from forecast.claims.hearing.clues import Clues, shares
from forecast.claims.hearing.stretches import COMMA, FULL_STOP, joined, owns
from series.extract.tokens import Token

KINDS = ("money", "percent", "multiple", "points")
PARTING = re.compile(
    rf"[;:。、并而且和与及]|{COMMA}|\.(?=\s|$)|\b(?:and|while|whereas|but|with|yet|plus|versus|vs|against|compared)\b|同时|另外|此外"
)
AREAS = ("province", "city")
NAMING = frozenset(("scope", "topic"))
ALL_OF_THEM = re.compile(
    r"\b(?:the (?:two|three)|both|all (?:two|three)|they)(?: [a-z]+){0,3} (?:together|combined|in all)\b"
    r"|\b(?:together|combined|altogether)\b|合计|两者|二者|三者|加起来|之和"
)
FOR_SHARE = re.compile(r"\s*for\s+(?:the )?")
FOR = re.compile(r"\s*(?:growth |increase |rise |decline |fall )?(?:for|in|of)\s+(?:the |china's |total )*|\s*的")
OF_PART = re.compile(r"其|\b(?:its|of which|of it|of that|including)\b")
SO_TOO = re.compile(
    r",? and so (?:will|would|should|could|do|does|did) [^,;。]*"
    r"|,?[^,;。\d]{1,14}(?:也将?如此|亦然|同样如此|也一样)"
)
COMMAS = re.compile(COMMA)
ASIDE = re.compile(r",\s*(?:which|led|driven|with|including|now|worth|valued|of which|whose|up|down|having|after)\b")
RESUMED = re.compile(r",\s*(?:will|would|should|could|may|might|is|are|was|were|has|have|had)\b")
OUTSOURCING = re.compile(r"外包|outsourc")
RATED = re.compile(r"\b(?:growth|rate|pace|speed)\b|增速|增幅|降幅|增长率|增长速度")
SHARE_OF = re.compile(r"(?:占|\bof (?:the |all )*)$")
SUCH = re.compile(r"(?:\b(?:such|this|that|these) |[该此]|这类|此类)$")
WHOLE = re.compile(
    r"\b(?:total|overall|aggregate|whole|entire|all)\b(?= (?:(?:china's|chinese|national|services?|of) )*"
    r"(?:outsourcing|execut|contract|market|industry|value|sector))"
    r"|\b(?:the|its|national) total(?=\s*$| (?:will|would|to|is|should|could|may)\b)"
    r"|全口径|总(?:执行|合同)|全部(?:服务)?外包|整体"
)
SUM = re.compile(r"总(?:额|量|规模|体)")  # of what was spoken of before, unless two scopes were
GENERAL = re.compile(r"\b(?:market|industry|sector|business|it|they)\b|市场|产业|行业|业务")


def clause(clues: Clues, figure: Token) -> tuple[int, int]:
    """Return where the clause of a figure begins and ends: the whole sentence where it has no other figure."""
    return around(clues, figure.start)


def around(clues: Clues, place: int) -> tuple[int, int]:
    """Return where the clause of a place begins and ends."""
    cuts = _cuts(clues)
    at = bisect_right(cuts, place)
    return cuts[at - 1] if at else 0, cuts[at] if at < len(cuts) else len(clues.lower)


def alone(clues: Clues) -> bool:
    """Whether a sentence is one clause."""
    return not _cuts(clues)


def within(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Return the tokens that begin between two places."""
    first, last = (bisect_left(tokens, place, key=lambda token: token.start) for place in (start, end))
    return tokens[first:last]


def naming(token: Token) -> bool:
    """Whether a word names outsourcing or a part of it, and not only what is counted of it."""
    return token.kind in NAMING or token.kind.startswith("part_")


def shared(clues: Clues, figure: Token) -> bool:
    """Whether a share is spoken of, and not a rate in the clause of a figure: "增速放缓2个百分点" after a share."""
    told = shares(clues)
    start, end = clause(clues, figure)
    rated = RATED.search(clues.lower, start, end)
    return bool(told) and not (rated and not alone(clues) and not within(told, start, end))


@lru_cache(maxsize=8)
def names(clues: Clues) -> tuple[Token, ...]:
    """Return the words of a sentence that name outsourcing or a part of it."""
    return tuple(token for token in clues.tokens if naming(token))


@lru_cache(maxsize=8)
def _cuts(clues: Clues) -> tuple[int, ...]:
    """Return where a new clause begins: at the first mark or "and" between two figures that are not listed."""
    told = [token for token in clues.tokens if token.kind == "figure" and token.meaning.kind in KINDS]
    cuts = []
    for first, second in itertools.pairwise(told):
        if second.start in clues.uppers or joined(clues, first, second):
            continue
        cut = _cut(clues, first.end, second.start)
        if cut is not None:
            cuts.append(cut)
    return tuple(sorted([*cuts, *(found.start() for found in SO_TOO.finditer(clues.lower))]))


def _cut(clues: Clues, start: int, end: int) -> int | None:
    """Return where the second of two figures begins to be spoken of; names that are joined stay together."""
    partings = list(PARTING.finditer(clues.lower, start, end))
    owning = [token for token in within(clues.tokens, start, end) if owns(token)]
    for found in partings[:-1]:
        before = any(
            token.end <= found.start() and not clues.lower[token.end : found.start()].strip() for token in owning
        )
        after = any(
            token.start >= found.end() and not clues.lower[found.end() : token.start].strip() for token in owning
        )
        if not (before and after):
            return found.start()
    return partings[-1].start() if partings else None


def led_by(clues: Clues, figure: Token) -> Sequence[Token]:
    """Return the words of a clause that name what its figure is of, before the figure."""
    start, _ = clause(clues, figure)
    return within(names(clues), start, figure.end)


def heard_of(clues: Clues, figure: Token, tokens: Sequence[Token], *, share: bool) -> Sequence[Token]:
    """Return the tokens that can name the subject of a figure: those of its own clause and of the clauses before.

    A clause that names its subject only after the figure ("9% for BPO") has it from there, and one that speaks of the
    whole leaves the part that was spoken of. Before any subject is named, the first that follows is meant, unless it
    is set apart from another ("the market will grow 8% and KPO 15%"). After an aside its subject goes on.
    """
    if alone(clues):
        return tokens
    start, end = clause(clues, figure)
    heard = within(tokens, 0, end)
    if not led_by(clues, figure):
        after = within(names(clues), figure.end, end)
        joint = FOR_SHARE if share else FOR
        if after and joint.fullmatch(clues.lower, figure.end, after[0].start):
            return within(tokens, start, end)
    named = names(clues)
    if not within(named, 0, end):
        later = named[0] if named else None
        apart = any(owns(token) for token in heard) or any(
            pattern.search(clues.lower, start, figure.start) for pattern in (GENERAL, WHOLE)
        )
        if later is None or not apart or trails(clues, later):
            return tokens if later is None else within(tokens, 0, clause(clues, later)[1])
        return heard
    if RESUMED.match(clues.lower, start):
        opened = max((found.start() for found in COMMAS.finditer(clues.lower, 0, start)), default=0)
        if ASIDE.match(clues.lower, opened) and within(named, 0, opened):
            return [*within(tokens, 0, opened), *within(tokens, start, end)]
    left = whole(clues, figure, share=share) or _elsewhere(clues, figure) or _leaves(clues, figure)
    if left or (share and _owns_share(clues, figure)):
        return [token for token in heard if token.start >= start or not token.kind.startswith("part_")]
    return heard


def trails(clues: Clues, name: Token) -> bool:
    """Whether a name stands behind the figure of its clause, and so can be of those before it too."""
    start, _ = clause(clues, name)
    return any(
        token.kind == "figure" and token.meaning.kind in KINDS for token in within(clues.tokens, start, name.start)
    )


def whole(clues: Clues, figure: Token, *, share: bool) -> str:
    """Return how a clause speaks of the whole beside other clauses: as a "whole", or of outsourcing "again".

    A share has the whole only as what it is of.
    """
    led, start = led_by(clues, figure), _unnamed_since(clues, figure)
    if share or alone(clues) or any(token.kind != "topic" for token in led):
        return ""
    if OF_PART.search(clues.lower, start, figure.start):
        return ""
    before = within(names(clues), 0, start) if start else names(clues)
    scopes = {token.meaning for token in before if token.kind == "scope"}
    if _says(clues, WHOLE, start, figure):
        return "whole" if _divided(clues) else ""
    if len(scopes) > 1 and added(clues, figure):
        return "whole"
    if _says(clues, SUM, start, figure):
        if len(scopes) > 1 or (scopes and not start):
            return "whole"
        shared_out = bool(within(shares(clues), 0, start))  # of what only grew it is the sum itself
        return "again" if shared_out and any(token.kind.startswith("part_") for token in before) else ""
    return "again" if start and led and not SUCH.search(clues.before(led[0].start)) else ""


def added(clues: Clues, figure: Token) -> bool:
    """Whether a clause without a subject is of all that the clauses before named: "the two together 8%"."""
    start = _unnamed_since(clues, figure)
    if not start or led_by(clues, figure) or not within(names(clues), 0, start):
        return False
    return _says(clues, ALL_OF_THEM, start, figure)


def _unnamed_since(clues: Clues, figure: Token) -> int:
    """Return where the clause of a figure begins, or where it names no subject, the first after one that did."""
    start, _ = clause(clues, figure)
    before = within(names(clues), 0, start)
    return around(clues, before[-1].start)[1] if before and not led_by(clues, figure) else start


def _says(clues: Clues, pattern: re.Pattern[str], start: int, figure: Token) -> bool:
    """Whether words are said before a figure, and not only as what something is a share of."""
    found = pattern.finditer(clues.lower, start, figure.start)
    return any(not SHARE_OF.search(clues.before(one.start())) for one in found)


def _leaves(clues: Clues, figure: Token) -> bool:
    """Whether a clause speaks of outsourcing of a scope, or a new sentence of a scope, and not of the part before."""
    start, _ = clause(clues, figure)
    led = led_by(clues, figure)
    if not start or not led or led[0].kind != "scope" or any(token.kind.startswith("part_") for token in led):
        return False
    if SHARE_OF.search(clues.before(led[0].start)) or OF_PART.search(clues.lower, start, led[0].start):
        return False
    outright = any(OUTSOURCING.search(clues.word(token)) for token in led)
    before = within(names(clues), 0, start)
    return bool(before) and (outright or bool(FULL_STOP.search(clues.lower, before[-1].end, led[0].start)))


def _owns_share(clues: Clues, figure: Token) -> bool:
    """Whether a share is of a scope that is named before the word for share: "offshore will account for 60%"."""
    start, _ = clause(clues, figure)
    led = led_by(clues, figure)
    told = within(shares(clues), start, figure.start)
    if not led or not told or any(token.kind.startswith("part_") for token in led):
        return False
    return led[0].kind == "scope" and led[0].start < told[0].start and not SHARE_OF.search(clues.before(led[0].start))


def _elsewhere(clues: Clues, figure: Token) -> bool:
    """Whether a clause names only another place than the part before it was of: "KPO占比50%，厦门达到30亿美元"."""
    start, _ = clause(clues, figure)
    if led_by(clues, figure) or not any(token.kind in AREAS for token in within(clues.tokens, start, figure.start)):
        return False
    before = within(names(clues), 0, start)
    if not before:
        return False
    return not any(token.kind in AREAS for token in within(clues.tokens, *around(clues, before[-1].start)))


@lru_cache(maxsize=8)
def _divided(clues: Clues) -> bool:
    """Whether a scope or a part is named, so that the whole is set apart from it."""
    return any(token.kind != "topic" for token in names(clues))
