"""Kinds of outsourcing that the grammar does not have, and other countries' outsourcing: no figure is taken of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from series.extract import guards
from series.extract.abroad import is_abroad, is_field
from series.extract.tokens import ELSEWHERE, Token

WORD = re.compile(r"(?P<word>[a-z&'’-]*[a-z'’])[ -]$")
OF = re.compile(r" of (?P<word>[a-z][a-z&'-]*)")
POSSESSIVE = re.compile("['’]s?$")
SPOKEN = ("ed", "ly")  # endings of words that name no kind of work
ONE = re.compile(r" (?:company|giant|firm|provider|group|vendor|major|specialist|parks?)(?![a-z])")  # of many
FIELD = "(?:类|等)?(?:领域|行业|产业|业|方面|服务)?的?"
SOME_FIRMS = re.compile("(?:企业|公司|firms?|compan(?:y|ies)|enterprises?|contractors)$")
NUMBER = r"(?:\d{1,4}|ten|five|three|twenty|fifty|hundred|a hundred|[一二三四五六七八九十百]{1,3})"
LARGEST = re.compile(
    r"(?:(?:过|超|逾|突破|达|高于|不低于)[^,;:。]{0,10}(?:元|%|倍)(?:以上)?的"
    rf"|(?:前|排名前){NUMBER}(?:家|名|位|强)?的?|{NUMBER}强(?:服务外包)?"
    rf"|(?:top|largest|biggest|leading) {NUMBER} (?:outsourcing )?"
    rf"|{NUMBER} (?:largest|biggest|leading|top) (?:outsourcing )?)$"
)
FIRM = re.compile(r"(?:the|this|that|a) (?:company|firm|group|enterprise)['’]s $")
OWNED = frozenset(("topic", "scope", "measure"))
OWNER = re.compile(
    r"(?<![a-z])(?P<word>[a-z][a-z-]+)['’]s (?:total )?$"
    r"|(?:district|county|zone|prefecture|township|new area)(?:['’]s)? $"
    r"|[\u4e00-\u9fff]{2,6}(?:集团|公司|股份)的?$"
)
FIELD_OF = 6  # tokens before "in outsourcing" that say what is counted there
ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,7}?(?:前海|横琴|张江|中关村|光谷|高新区|高新技术产业开发区|工业园|园区|开发区|经开区"
    r"|新区|软件园|科技园|产业园|保税区)"
    r"|(?:['’]s)? (?:(?!and |in |of |with |from |where )[a-z-]+ ){0,4}?"
    r"(?:(?:industrial|software|science|technology|hi-tech|high-tech) parks?"
    r"|(?:hi-tech|high-tech|bonded) zones?"
    r"|development (?:area|zone)|new area|district|county)(?![a-z])"
)
NAMES = frozenset(("scope", "measure", "topic", "mark", "span"))
OUTSOURCING = ("outsourc", "外包")


@cache
def _ending(name: str, after: str = "") -> re.Pattern[str]:
    """Return the pattern of a list of words that end a stretch of text."""
    return re.compile(f"(?:{'|'.join(guards.listed(name))}){after}$")


def told_apart(tokens: Sequence[Token], lower: str) -> Iterator[Token]:
    """Yield the tokens, with "outsourcing" of an unknown kind as an unknown part, other countries' as the world's."""
    for at, token in enumerate(tokens):
        if token.kind in OWNED:
            yield from _owner(tokens, at, lower)
        if token.kind == "topic" and _unknown(tokens, at, lower):
            yield replace(token, kind="part_type", meaning=ELSEWHERE)
        elif SOME_FIRMS.match(token.word(lower)) and LARGEST.search(lower, max(0, token.start - 32), token.start):
            yield replace(token, kind="part_owner", meaning=ELSEWHERE)
        elif token.kind == "topic" and is_field(tokens, at, lower):
            counted = any(one.kind == "count" for one in tokens[max(0, at - FIELD_OF) : at])
            yield replace(token, kind="filler", meaning="field" if counted else "any")
        elif token.kind in ("province", "city") and _is_zone(tokens, at, lower):
            yield replace(token, meaning=ELSEWHERE)
        elif token.kind == "part_market" and is_abroad(tokens, at, lower):
            yield replace(token, kind="world", meaning="any")
        else:
            yield token


def _is_zone(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a place is only where a district or a park of its own lies ("苏州工业园区", "Suzhou Industrial Park")."""
    found = ZONE.match(lower, tokens[at].end)
    between = (token for token in tokens[at + 1 : at + FIELD_OF] if found and token.start < found.end())
    return found is not None and not any(
        token.kind in NAMES or (token.kind == "figure" and token.meaning.kind != "number") for token in between
    )


def _owner(tokens: Sequence[Token], at: int, lower: str) -> Iterator[Token]:
    """Yield an unknown owner or place that stands right before what is its own ("Suqian's offshore …", "某集团…")."""
    token = tokens[at]
    start = tokens[at - 1].end if at else max(0, token.start - 40)
    found = OWNER.search(lower, start, token.start)
    if FIRM.search(lower, max(0, token.start - 24), token.start):
        yield Token("part_owner", ELSEWHERE, token.start - 3, token.start - 1)
    elif found and (found["word"] is None or found["word"] not in guards.listed("adjectives")):
        yield Token("part_owner", ELSEWHERE, found.start(), found.end())


def _unknown(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether an unknown kind of work stands right before "outsourcing", or follows it after "of"."""
    token = tokens[at]
    word = token.word(lower)
    if not any(one in word for one in OUTSOURCING):
        return False
    before = tokens[at - 1] if at else None
    start = before.end if before else max(0, token.start - 40)
    residue = lower[start : token.start]
    if word[0].isascii():
        touching = before is not None and before.kind == "stop" and residue == " "
        return (
            touching or _unknown_word(residue) or _unknown_of(lower, token, word) or bool(ONE.match(lower, token.end))
        )
    if before is not None and before.kind == "stop" and not residue:
        return True
    if not _sums_up(tokens, at, lower) and _ending("work", FIELD).search(lower, _run_start(tokens, at), token.start):
        return True
    han = re.search(r"[\u4e00-\u9fff]+$", residue)
    if han is None:
        return _in_field(tokens, at, lower)
    return word.startswith("外包") and not _ending("verbs").search(han[0])


def _run_start(tokens: Sequence[Token], at: int) -> int:
    """Return where the run of words begins that name nothing and stand right before a token."""
    back = at
    while back and at - back < 4 and tokens[back - 1].kind == "filler":
        back -= 1
    return tokens[back - 1].end if back else max(0, tokens[at].start - 12)


def _sums_up(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a kind only says again of what kind the parts before it are ("检验检测等为代表的生产性服务外包")."""
    for token in reversed(tokens[max(0, at - 6) : at]):
        if token.kind == "mark":
            return False
        if token.kind.startswith("part_"):
            return "等" in lower[token.end : tokens[at].start]
    return False


def _unknown_word(residue: str) -> bool:
    found = WORD.search(residue)
    if not found:
        return False
    word = POSSESSIVE.sub("", found["word"])
    return bool(word) and not word.endswith(SPOKEN) and word not in guards.listed("adjectives")


def _unknown_of(lower: str, token: Token, word: str) -> bool:
    """Whether "outsourcing of …" names work that the grammar does not have."""
    found = OF.match(lower, token.end) if word == "outsourcing" else None
    return found is not None and found["word"] in guards.listed("works")


def _in_field(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a field of work that the grammar does not have stands before the name ("生物医药领域服务外包")."""
    token = tokens[at - 1] if at else None
    if token is None or token.word(lower) not in ("领域", "行业", "产业", "方面") or token.end != tokens[at].start:
        return False
    start = tokens[at - 2].end if at > 1 else max(0, token.start - 20)
    return re.search(r"[\u4e00-\u9fff]{2}$", lower[start : token.start]) is not None
