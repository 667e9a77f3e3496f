"""Names of places that say only where something happened, or who reported it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import lexicon
from series.extract.tokens import Token

MUNICIPALITIES = ("beijing", "tianjin", "shanghai", "chongqing")
EVENTS = ("会", "峰会", "召开", "举", "电", "讯", "日电", " (xinhua", " -")
AGENCIES = re.compile(
    "卫星|通讯社|媒体|经济新闻|驻华|电视台|广播|文汇|大公|商报|经济日报|经济导报|明报|中通社|《|电台|东方"
    "| (?:daily|times|post|evening|morning|business news|securities|stock exchange)(?![a-z])"
)


def locative(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a place is only where something happened or was reported from ("在青岛召开", "BEIJING, Nov. 16")."""
    if index and tokens[index - 1].word(lower) in ("在", "in", "at", "于"):
        return not (_grown_in(tokens, index - 1, lower) or _then_value(tokens, index, lower))
    after = tokens[index + 1 : index + 3]
    if after and after[0].kind == "mark" and after[0].meaning == "," and lower[tokens[index].start] < "\u3000":
        after = after[1:]
    if after and after[0].kind == "span" and after[0].meaning.kind == "date":
        return True
    return lower.startswith(EVENTS, tokens[index].end)


def agency(token: Token, lower: str) -> bool:
    """Whether the name of a country is only that of a newspaper or an office ("俄罗斯卫星通讯社")."""
    return AGENCIES.match(lower, token.end) is not None or lower.startswith(("对日益", "对日常"), token.start)


def _grown_in(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether the "in" at `at` follows a value or what it did ("execution grew fastest in Chongqing")."""
    start = tokens[at].start
    for token in reversed(tokens[max(0, at - 4) : at]):
        if lower[token.end : start].strip():
            return False
        if token.kind != "filler":
            return token.kind in ("measure", "scope", "role")
        start = token.start
    return False


def _then_value(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the value of a place follows it ("doubled in Hefei to $2.4 billion")."""
    after = [token for token in tokens[index + 1 : index + 4] if token.kind != "hedge"]
    return len(after) > 1 and after[0].word(lower) in ("to", "at", "by") and after[1].kind == "figure"


def is_own(name: str, level: str) -> bool:
    """Whether "our city" or "our province" can be the place that a text reports on."""
    known = lexicon.tables()
    if level == "city":
        return name in known["city"] or name in MUNICIPALITIES
    return level == "province" and name in known["province"] and name not in MUNICIPALITIES
