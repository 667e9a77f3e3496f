"""Wholes: whether a place's share is of a larger place's figure, for which the catalogue has no series."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from series.extract import lexicon
from series.extract.reading import Reading
from series.extract.runs import Run
from series.extract.subjects import Mention, Subject
from series.extract.targets import Target
from series.extract.tokens import Token

NATION = re.compile(
    r"全国|我国|中国|全球|世界"
    r"|(?<![a-z])(?:national|nation's|nationwide|country's|countrywide|china's|(?:of|in|for) china|global|world's?)"
    r"(?![a-z])"
)
PROVINCE = re.compile(r"全省|全区|我省|本省|(?<![a-z])(?:provincial|province's|province-wide|the province)(?![a-z])")
OWN = re.compile(
    r"全市|我市|本市|全省|全区|我省|本省|总额|总量|总值|总执行|总合同|服务外包|外包业务"
    r"|(?<![a-z])(?:its|their|(?:city|province|municipality)'s|total|overall|(?<!offshore )outsourcing)"
    r"(?![a-z])"
)
PLACES = frozenset(("province", "city"))
BESIDE = frozenset(
    ("filler", "whole", "scope", "measure", "topic", "amount", "market_word", "part_market", "part_area", "part_owner")
)
OF_MANY = frozenset(
    f"market_{name}"
    for name in ("bri", "bri_wide", "rcep", "sea", "sea11", "eu", "west_asia_north_africa", "europe", "africa", "brics")
)  # markets of several countries
ENDS = frozenset(",;()")


def is_of_larger(reading: Reading, run: Run, mentions: Sequence[Mention], targets: Sequence[Target]) -> bool:
    """Whether a share is that of a place in a larger one ("占全国离岸执行额的27.3%", "of the provincial total").

    So are the shares of several places beside each other, one whose whole is another place named before it, and one of
    which nothing says that it is of the place's own total ("江苏离岸执行额129.7亿美元,居各省之首,占比27.8%").
    """
    local = [target.subject for target in targets if target.subject.area != "cn"]
    areas = {mention.meaning for mention in mentions if mention.kind == "area"}
    if not local:
        if len(areas) > 1 and PROVINCE.search(reading.lower, *_stretch(reading, run)[:2]):
            return True  # "南京、苏州、无锡三市合计占全省的83.5%"
        if all(target.subject.part is None and target.subject.scope == "total" for target in targets) and targets:
            return True  # a share of what, is not said
        placed = any(target.subject.area != "cn" for target in reading.here.history)
        return placed and not mentions and all(target.subject.part is None for target in targets)
    own = {subject.area.removeprefix("cn.") for subject in local}
    if len(own) > 1 or len(areas) > 1 or all(subject.part is None and subject.scope == "total" for subject in local):
        return True
    start, end, between = _stretch(reading, run)
    said = reading.lower[start:end]
    city = any(name in lexicon.tables()["city"] for name in own)
    named = {token.meaning for token in between if token.kind in PLACES}
    if named - own or NATION.search(said) or (city and PROVINCE.search(said)):
        return True
    if any((subject.part or "").startswith("area_") for subject in local):
        return True  # "居西部之首,占比2.4%"
    alone = all(subject.part is None for subject in local)
    return alone and not (named or OWN.search(said) or _total_given(reading, local[-1]))


def is_of_part(reading: Reading, run: Run, targets: Sequence[Target]) -> bool:
    """Whether a share is that of a part in another part, for which the catalogue has no series either.

    The other part is named beside the share ("三地占长三角的九成"), or was spoken of before ("RCEP成员国1247亿元,其中
    日本占34.4%").
    """
    parts = {target.subject.part for target in targets}
    if not all(parts):
        return False
    tokens = reading.here.tokens
    verb = next((at for at in range(run.first - 1, reading.here.since - 1, -1) if _is_share(reading, at)), run.first)
    after = itertools.takewhile(lambda token: token.kind in BESIDE, tokens[run.last + 1 :])
    beside = [*tokens[verb : run.first], *(after if _of_follows(reading, run) else ())]
    named = {_part(token) for token in beside if token.kind.startswith("part_")}
    if any(name not in str(part) for name in named for part in parts):
        return True
    return all(str(part).startswith("market_") for part in parts) and _within_many(reading, run) not in (None, *parts)


def _within_many(reading: Reading, run: Run) -> str | None:
    """Return the market of several countries of which parts are told ("RCEP成员国…,其中日本占…,新加坡占…")."""
    tokens = reading.here.tokens
    among = max((at for at in range(run.first) if tokens[at].ties("among")), default=None)
    if among is None or any(token.meaning == ";" for token in tokens[among : run.first] if token.kind == "mark"):
        return None
    named = [_part(token) for token in tokens[:among] if token.kind.startswith("part_")]
    spoken = named or [str(target.subject.part) for target in reading.earlier]
    return spoken[-1] if spoken and spoken[-1] in OF_MANY else None


def _of_follows(reading: Reading, run: Run) -> bool:
    after = reading.here.tokens[run.last + 1 : run.last + 2]
    return bool(after) and after[0].word(reading.lower) in ("of", "of the", "的")


def _part(token: Token) -> str:
    family = token.kind.removeprefix("part_")
    return token.meaning if family == "type" else f"{family}_{token.meaning}"


def _total_given(reading: Reading, subject: Subject) -> bool:
    """Whether the place's own total has been given before ("执行额72亿美元,其中离岸执行额48亿美元,占比66.7%")."""
    whole = replace(subject, scope="total")
    return any(target.subject == whole for target in (*reading.here.history, *reading.earlier))


def _stretch(reading: Reading, run: Run) -> tuple[int, int, list[Token]]:
    """Return where the words stand that say what a share is of, and their tokens."""
    tokens, since = reading.here.tokens, reading.here.since
    verb = next((at for at in range(run.first - 1, since - 1, -1) if _is_share(reading, at)), run.first)
    after = end_of_whole(reading, run)
    stop = tokens[after].start if after < len(tokens) else tokens[-1].end
    return tokens[verb].start, stop, [*tokens[verb : run.first], *tokens[run.last + 1 : after]]


def end_of_whole(reading: Reading, run: Run) -> int:
    """Return the index of the token after the words that may say what a share is of."""
    tokens = reading.here.tokens
    for at in range(run.last + 1, len(tokens)):
        if tokens[at].kind == "figure" or (tokens[at].kind == "mark" and tokens[at].meaning in ENDS):
            return at
    return len(tokens)


def _is_share(reading: Reading, at: int) -> bool:
    token = reading.here.tokens[at]
    return token.kind == "role" and token.meaning == "share"
