"""What a percentage says: growth, a share, an average, or nothing that is taken up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from series.extract.english_spans import MONTH
from series.extract.tokens import Token

NOUNS = frozenset(
    (
        "增幅",
        "增速",
        "增长率",
        "同比增幅",
        "同比增速",
        "涨幅",
        "growth",
        "growth rate",
        "rate of growth",
        "升幅",
        "增长幅度",
    )
)
AFTER = re.compile(
    "increased?|growth|rise|gain|jump|surge|expansion|advance|climb|more|higher|improvement|leap|spike|upswing|above|up"
    "|ahead|ahead of|drop|decline|decrease|fall|less|lower|reduction|dip|contraction|fewer|slump|loss|below|down"
    "|增长|增幅|增加|上升|提高|涨幅|下降|减少|降幅|下滑"
)


PERCENT = re.compile("per ?cent|pct")
MORE_THAN = frozenset(("高于", "低于", "超过", "不及", "高出", "超出", "快于", "慢于", "好于"))
MOVING = frozenset(("to", "from", "由", "从"))
THAN_THE_FIRST = re.compile(
    r"[^.,;\d]{0,40}\b(?:than|than in|from|on|over|against|versus|compared (?:with|to))"
    rf" (?:the (?:first|second|third)(?: one| quarter)?|{MONTH})(?=\s*(?:[.,;]|(?:and|but|while)\b|$))"
)
WHOLE = frozenset(("filler", "whole", "scope", "measure", "topic", "business", "amount", "market_word", "tie"))
WHOLES = frozenset(("whole", "scope", "measure", "business"))
LOOSE = ("represent", "which is")  # "representing a gain of 12%" is growth, "representing 12%" a share


@dataclass(frozen=True, slots=True)
class Role:
    """How a percentage is read: growth (with its sign), share, multiple, cagr, or none."""

    name: str
    sign: int = 1
    note: str = ""  # what is doubtful about it


def role_before(tokens: Sequence[Token], lower: str) -> Role | None:
    """Return the role that the words since the last figure give, None when they give none."""
    role: Role | None = None
    noun = shared = average = loose = other = steady = False
    for token in tokens:
        word = lower[token.start : token.end]
        if token.kind == "figure" and token.meaning.kind == "points":
            role = Role("share") if shared else Role("growth") if noun else None  # "up 2.2 points to 20.5 percent"
        if word in MOVING and shared and role and role.name == "none":
            role = Role("share")  # "its share declined to 43.7 percent", "from 45.9 percent to …"
        if token.kind != "role" or word == "ahead of":
            continue  # "with 42.1 percent, ahead of KPO (40.6 percent)"
        if token.meaning == "other":
            other = True
        elif token.meaning == "average":
            average = True
        elif token.meaning == "share":
            role, shared, loose = Role("share"), True, word.startswith(LOOSE)
        elif token.meaning == "yoy":
            role = role or Role("growth")
        elif token.meaning in ("up", "down", "flat"):
            steady = token.meaning == "flat"
            if shared and not loose and role and role.name == "share":
                role = Role("share") if _reaches(word) else Role("none")  # the share rose by, not to
            elif noun and token.meaning == "down":
                role = Role("growth") if _reaches(word) else Role("none")
            else:
                role = Role("growth", -1 if token.meaning == "down" else 1)
            noun = noun or word in NOUNS
        elif word == "at" and steady and shared:
            role = Role("share")  # "its share was unchanged at 13.9 percent"
        elif token.meaning == "reach" and role and role.name == "none" and word not in ("was", "were", "at"):
            role = Role("share") if shared else Role("growth")
    fallen = role is not None and role.name == "growth" and role.sign < 0
    if fallen and len(tokens) > 1 and tokens[-1].word(lower) == "to" and tokens[-2].kind == "role":
        return Role("growth") if noun else Role("none")  # "growth eased to 11.7 percent"
    if other:
        return Role("none")
    if average and (role is None or role.name == "growth"):
        return Role("cagr", role.sign if role else 1)
    return role


def _reaches(word: str) -> bool:
    return word.endswith(("至", "到"))


def portion(word: str) -> bool:
    """Whether a percentage is printed as a part of a whole: 三成, 三分之一, one third."""
    return (
        "成" in word
        or word == "一半"
        or ("分之" in word and "百分之" not in word)
        or (word[-1:].isalpha() and PERCENT.search(word) is None)
    )


def other_after(tokens: Sequence[Token], last: int, lower: str) -> int:
    """Return the index of what says that a rate is on the quarter or month before ("from the month before"), or 0."""
    if THAN_THE_FIRST.match(lower, tokens[last].end):
        return last
    for index in range(last + 1, len(tokens)):
        token = tokens[index]
        if token.kind in ("mark", "figure") or (token.kind == "role" and token.meaning == "yoy"):
            return 0
        if token.kind == "role" and token.meaning == "other":
            return index
    return 0


def _dated(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "span" or (token.kind == "role" and token.meaning == "yoy") for token in tokens)


def _opens_whole(token: Token, lower: str) -> bool:
    return lower[token.start : token.end] == "of"


def _whole_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the last token that names the whole of a share ("of the offshore total")."""
    index = start
    while index + 1 < len(tokens) and (tokens[index + 1].kind in WHOLE or tokens[index + 1].kind.startswith("part_")):
        index += 1
    return index


def rise_after(tokens: Sequence[Token], start: int, lower: str) -> bool:
    """Whether a clause ends with the rise that a percentage is of ("实现了17.8%的增长")."""
    said = tokens[start : start + 3]
    closed = len(said) == 2 or (len(said) == 3 and said[2].kind == "mark")
    rise = closed and said[0].word(lower) == "的" and said[1].kind == "role" and said[1].meaning in ("up", "down")
    compared = start > 1 and (tokens[start - 2].ties("compare") or tokens[start - 2].word(lower) in MORE_THAN)
    return rise and not compared


def role_after(tokens: Sequence[Token], start: int, lower: str) -> tuple[Role, int] | None:
    """Return the role that the words right after a figure give ("7.7 percent more"), and the last word's index."""
    if start + 1 < len(tokens) and tokens[start].kind == "mark" and tokens[start].meaning == ")":
        return role_after(tokens, start + 1, lower) if _opens_whole(tokens[start + 1], lower) else None
    if start < len(tokens) and lower[tokens[start].start : tokens[start].end] in ("of", "of its", "of it", "of that"):
        return Role("share"), _whole_end(tokens, start)
    if rise_after(tokens, start, lower):
        return Role("growth", -1 if tokens[start + 1].meaning == "down" else 1), start + 1
    if start < len(tokens) and lower[tokens[start].start : tokens[start].end] == "的":  # "承接了51.2%的国际业务"
        end = _whole_end(tokens, start)
        closed = end + 1 == len(tokens) or tokens[end + 1].kind == "mark"
        named = any(token.kind in WHOLES for token in tokens[start + 1 : end + 1])
        return (Role("share"), end) if closed and named else None
    for index in range(start, min(start + 7, len(tokens))):
        token = tokens[index]
        word = lower[token.start : token.end]
        if token.kind in ("mark", "figure", "span"):
            return None
        if token.kind == "role" and token.meaning == "other":
            return Role("none"), index
        if token.kind == "role" and token.meaning in ("up", "down") and AFTER.fullmatch(word):
            return Role("growth", -1 if token.meaning == "down" else 1), index
        if token.kind == "hedge" and word in ("more than", "higher than", "above", "greater than") and index == start:
            return Role("growth"), index
        if word == "over" and index == start and _dated(tokens[index + 1 : index + 3]):
            return Role("growth"), index  # "185.6 percent over 2008"
        if token.kind == "hedge" and word in ("less than", "below", "fewer than", "under") and index == start:
            return Role("growth", -1), index
        if word == "来自" and index == start:
            return Role("share"), index - 1  # the market follows
        if token.kind == "whole" or (token.kind == "role" and token.meaning == "share"):
            return Role("share"), index
        if token.kind not in ("filler", "role", "tie", "amount"):
            return None
    return None
