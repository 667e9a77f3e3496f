"""The tokens of a text: words of the lexicon, figures, periods and marks, in order, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from series.extract import units
from series.extract.chinese_spans import read_chinese
from series.extract.english_spans import read_english
from series.extract.lexicon import longest
from series.extract.numerals import WORDS, chinese_integer
from series.extract.timespans import Span

MARKS = {
    ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "、": "list", "/": "list", "&": "list",
    "。": ".", "!": ".", "?": ".", "\n": "\n", "…": ",",
}  # fmt: skip
JOINS = ("以及", "和", "及", "与", "或")
ENGLISH_STOP = re.compile(r"\.(?=\s+[^a-z\s]|\s*$|\n)")  # on the text as printed: a capital begins a sentence
ENGLISH_JOIN = re.compile(r"(?:and|plus|as well as)(?![a-z])")
SPAN_STARTS = frozenset("0123456789一二三四五六七八九十今本当去上下前明头首第全整从自截近过这最两qhjfmasondtblewyu")
LATIN_ONLY = frozenset("jfmasondtblewyu")  # no period in Chinese begins with them
TOP_STARTS = frozenset("前排位tflb0123456789se")
SMALL = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)"
BUYERS = (
    r"(?:source |client |contracting |sourcing |outsourcing |offshore )?"
    r"(?:markets|sources|clients|economies|destinations|source countries|countries|buyers|contractors)"
)
CHINESE_TOP = (
    r"(?:排名|位居)?前(?P<count>\d{1,2}|[二三四五六七八九十]{1,2})(?:大|位|名)?(?:的)?(?:离岸)?(?:服务外包)?(?:发包|来源|业务|外包)?"
    r"(?:市场|来源地|来源国|发包地|发包国|国家|地区|目的地|地)(?:和地区|\(地区\))?"
)
TOP = (
    re.compile(CHINESE_TOP),
    re.compile(rf"(?:the )?(?:top|first|leading|largest|biggest) (?P<count>{SMALL}) {BUYERS}"),
    re.compile(rf"(?:the )?(?P<count>{SMALL}) (?:largest|biggest|main|leading|top) {BUYERS}"),
)


CONTRACTS = " contracts"
ELSEWHERE = "elsewhere"
PLACE = re.compile(
    r"(?:(?![全我本各该上城超股所的从在由据为和与及向对到把者将])[\u4e00-\u9fff]){2,3}(?:市|县|新区|开发区|高新区)(?![场民值级长])"
)
UNNAMED = re.compile(r"(?:[a-z甲乙丙丁某]|[×*]{1,3})(?:市|省|县|区)(?![场民值级长域间])")
SHRANK = re.compile(r" (?:by )?(?:about |around |some |nearly |almost )?[\d.]+ ?(?:%|per ?cent|pct)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text that means something: its kind, its meaning, and where it stands."""

    kind: str
    meaning: Any
    start: int
    end: int

    def word(self, lower: str) -> str:
        """Return the token as printed, in lower case."""
        return lower[self.start : self.end]

    def ties(self, meaning: str) -> bool:
        """Whether this is a word that ties figures together in that way: compare, same, among, both."""
        return self.kind == "tie" and self.meaning == meaning


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a normal text; what lies between two of them was not understood."""
    lower = lowered(text)
    tokens: list[Token] = []
    at = 0
    while at < len(lower):
        token = _anonymous(lower, at) or _token(lower, text, at)
        if token is None and _opens(lower, at, tokens):
            token = _elsewhere(lower, at)
        if token:
            tokens.append(token)
            at = token.end
        elif lower[at].isascii() and lower[at].isalpha():
            at = _word_end(lower, at)
        else:
            at += 1
    return tokens


def lowered(text: str) -> str:
    """Return the text in lower case, character for character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _token(lower: str, text: str, at: int) -> Token | None:
    character = lower[at]
    if character == " ":
        return None
    top = _top(lower, at) if character in TOP_STARTS else None
    if top:
        return top
    entry = longest(lower, text, at)
    known = entry[1] if entry else at
    figure = units.read(lower, at) if character in units.STARTS else None
    amount = figure is not None and figure[0].kind != "number"
    span = _span(lower, at) if character in SPAN_STARTS else None
    if span and span[1] >= known and not (figure and amount and figure[1] > span[1]):
        return Token("span", span[0], at, span[1])
    if figure and (figure[1] > known or (amount and figure[1] == known)):
        return Token("figure", figure[0], at, figure[1])
    mark = _mark(lower, text, at)
    if entry and entry[0].kind == "scope" and entry[0].form.endswith(CONTRACTS):
        known -= len(CONTRACTS)  # "international contracts" gives the measure as well
    if entry and entry[0].form == "contracted" and SHRANK.match(lower, known):
        return Token("role", "down", at, known)
    if entry and (mark is None or known > mark.end or entry[0].kind.startswith("part")):
        return Token(entry[0].kind, entry[0].meaning, at, known)
    return mark


def _span(lower: str, at: int) -> tuple[Span, int] | None:
    if at and lower[at].isascii() and lower[at - 1].isascii() and lower[at - 1].isalnum():
        return None
    chinese = None if lower[at] in LATIN_ONLY else read_chinese(lower, at)
    english = read_english(lower, at) if lower[at].isascii() else None
    if chinese is None or english is None:
        return chinese or english
    return english if english[1] > chinese[1] else chinese


def _top(lower: str, at: int) -> Token | None:
    """Read "the top six markets": a group of markets that has a number for a name."""
    for pattern in TOP:
        found = pattern.match(lower, at)
        if found:
            count = found["count"]
            number = int(count) if count.isdigit() else WORDS.get(count) or chinese_integer(count)
            return Token("part_market", f"top{number}", at, found.end())
    return None


def _mark(lower: str, text: str, at: int) -> Token | None:
    character = lower[at]
    if character in MARKS:
        return Token("mark", MARKS[character], at, at + 1)
    if character == ".":
        return Token("mark", ".", at, at + 1) if ENGLISH_STOP.match(text, at) else None
    for join in JOINS:
        if lower.startswith(join, at):
            return Token("mark", "list", at, at + len(join))
    join_word = ENGLISH_JOIN.match(lower, at) if character in "ap" else None
    if join_word and not (at and lower[at - 1].isalpha()):
        return Token("mark", "list", at, join_word.end())
    return None


def _opens(lower: str, at: int, tokens: list[Token]) -> bool:
    """Whether a clause begins here: only there is an unknown name of a place told from other words."""
    return lower[at] > "\u3400" and (at == 0 or lower[at - 1] in " \n" or (bool(tokens) and tokens[-1].end == at))


def _elsewhere(lower: str, at: int) -> Token | None:
    """Read the name of a place that the grammar does not have ("柳州市")."""
    found = PLACE.match(lower, at)
    return Token("city", ELSEWHERE, at, found.end()) if found else None


def _anonymous(lower: str, at: int) -> Token | None:
    """Read a place whose name is kept back ("A市", "某省")."""
    found = (
        UNNAMED.match(lower, at)
        if lower[at] in "某×*甲乙丙丁" or lower[at + 1 : at + 2] in ("市", "省", "县", "区")
        else None
    )
    known = found is None or (at and lower[at - 1].isascii() and lower[at - 1].isalpha())
    return None if known or found is None else Token("city", ELSEWHERE, at, found.end())


def _word_end(lower: str, at: int) -> int:
    while at < len(lower) and lower[at].isascii() and lower[at].isalpha():
        at += 1
    return at
