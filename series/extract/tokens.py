"""The tokens of a text: words of the lexicon, figures, periods and marks, in order, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from series.extract import timespans, units
from series.extract.lexicon import longest

MARKS = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "、": "list", "/": "list", "&": "list", "。": ".", "!": ".", "?": ".", "\n": "\n", "…": ","}
JOINS = ("以及", "和", "及", "与", "或")
ENGLISH_STOP = re.compile(r"\.(?=\s+[^a-z\s]|\s*$|\n)")
ENGLISH_JOIN = re.compile(r"(?:and|plus|as well as)(?![a-z])")
TOP = re.compile(
    r"(?:(?:前|排名前|位居前)(?P<han>\d{1,2}|[二三四五六七八九十]{1,2})(?:大|位|名)?(?:的)?(?:离岸)?(?:服务外包)?(?:发包|来源|业务|外包)?(?:市场|来源地|来源国|发包地|发包国|国家|地区|目的地|地)(?:和地区|\(地区\))?"
    r"|(?:the )?(?:top|first|leading|largest|biggest) (?P<word>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:source |client |contracting |sourcing |outsourcing |offshore )?(?:markets|sources|clients|economies|destinations|source countries|countries|buyers|contractors)"
    r"|(?:the )?(?P<word2>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:largest|biggest|main|leading|top) (?:source |client |contracting |sourcing |outsourcing |offshore )?(?:markets|sources|clients|economies|destinations|source countries|countries|buyers|contractors))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text that means something: its kind, its meaning, and where it stands."""

    kind: str
    meaning: Any
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a normal text; what lies between two of them was not understood."""
    lower = text.lower() if len(text.lower()) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    tokens: list[Token] = []
    at = 0
    while at < len(lower):
        token = _token(lower, text, at)
        if token:
            tokens.append(token)
            at = token.end
        elif lower[at].isascii() and lower[at].isalpha():
            at = _word_end(lower, at)
        else:
            at += 1
    return tokens


def _token(lower: str, text: str, at: int) -> Token | None:
    character = lower[at]
    if character == " ":
        return None
    top = TOP.match(lower, at) if character in "前排位tflb0123456789tse" else None
    if top:
        return Token("part_market", f"top{_count(next(filter(None, top.groups())))}", at, top.end())
    span = timespans.read(lower, at)
    entry = longest(lower, text, at)
    figure = units.read(lower, at) if character in units.STARTS else None
    amount = figure is not None and figure[0].kind != "number"
    if span and (entry is None or span[1] >= entry[1]) and not (figure and amount and figure[1] > span[1]):
        return Token("span", span[0], at, span[1])
    if figure and (entry is None or figure[1] > entry[1] or amount and figure[1] >= entry[1]):
        return Token("figure", figure[0], at, figure[1])
    mark = _mark(lower, at)
    if entry and (mark is None or entry[1] > mark.end or entry[0].kind.startswith("part")):
        return Token(entry[0].kind, entry[0].meaning, at, entry[1])
    return mark


def _mark(lower: str, at: int) -> Token | None:
    character = lower[at]
    if character in MARKS:
        return Token("mark", MARKS[character], at, at + 1)
    if character == ".":
        return Token("mark", ".", at, at + 1) if ENGLISH_STOP.match(lower, at) else None
    for join in JOINS:
        if lower.startswith(join, at):
            return Token("mark", "list", at, at + len(join))
    join = ENGLISH_JOIN.match(lower, at) if character in "ap" else None
    if join and not (at and lower[at - 1].isalpha()):
        return Token("mark", "list", at, join.end())
    return None


def _word_end(lower: str, at: int) -> int:
    while at < len(lower) and lower[at].isascii() and lower[at].isalnum():
        at += 1
    return at


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    from series.extract.numerals import WORDS, chinese_integer

    return WORDS.get(text) or chinese_integer(text) or 0
