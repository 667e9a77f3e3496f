"""Amounts that are no level of a value: averages, increments, differences, and growth that is told of counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import guards
from series.extract.sentences import Sentence
from series.extract.tokens import Token

YEARLY = (" a year", " per year", " annually", " each year", " every year", " per annum")
THAN = re.compile(
    r"(?:高于|低于|快于|慢于|大于|小于)[^,;。:]{1,16}的$"
    r"|(?:higher than|lower than|faster than|slower than|ahead of|above|below) the $"
)
OF_ALL_TRADE = re.compile(
    r" (?:of|to) (?:the |all |total |china's |its |country's |nation's |national |overall |whole )*"
    r"(?:(?:commercial )?services? (?:exports?|trade)|exports? of (?:all |commercial )?services?(?! outsourcing)"
    r"|trade in services|(?:foreign|service) trade|exports?(?= (?:in|that|for)|[,.;]|$)"
    r"|gdp|gross domestic product)(?![a-z])"
)
TORN = re.compile(r"(?<!\d)(?!(?:19|20)\d\d\n)[\d.,]{1,7}\n$")  # a number that a line break has torn
LATEST = 2100  # a number up to it may be a year
REACH = 120  # characters before an amount that may say what it is
OF = frozenset(("of", "为", "的", "是"))
LINKS = frozenset(("mark", "filler", "role", "span", "hedge", "basis"))
BESIDE = frozenset(("market_word", "whole", "filler"))
PLACES = frozenset(("province", "city", "part_market"))
SUBJECTS = frozenset(("topic", "scope", "measure", "business", "amount"))


def other_amounts(sentence: Sentence, lower: str) -> set[int]:
    """Return the indices of amounts that are no level, of growth that is told of them, and of counts' growth."""
    parts = guards.clauses(sentence, lower)
    tokens = sentence.tokens
    found: set[int] = set()
    for at, token in enumerate(tokens):
        if (
            token.kind == "figure"
            and lower[token.start - 1 : token.start] == "\n"
            and TORN.search(lower, max(0, token.start - 8), token.start)
        ):
            found.add(at)
        if token.kind == "count" and token.word(lower) == "number of":
            found |= _rates_after(tokens, at)
        if token.kind != "figure":
            continue
        start = max(guards.clause_at(parts, token.start).start, token.start - REACH)
        kind = token.meaning.kind
        if kind == "money":
            averaged = _averaged(token, start, lower)
            if averaged or _differs(token, start, lower):
                found |= {at, *(_rates_after(tokens, at) if averaged else ())}
        elif kind == "percent":
            rated = guards.found("rated", lower, start, token.start)
            found |= {at} if rated or _compared(tokens, at, lower) else set()
        elif kind == "multiple":
            found |= {at} if _of_another(tokens, at, lower) else set()
        elif kind == "number" and (_counts(token, lower) or _then_grew(tokens, at)):
            found |= _rates_after(tokens, at)
    return found


def _averaged(token: Token, start: int, lower: str) -> bool:
    after = guards.pattern("each").match(lower, token.end + lower.startswith(" ", token.end))
    return after is not None or bool(guards.found("averaged", lower, start, token.start))


def _differs(token: Token, start: int, lower: str) -> bool:
    """Whether an amount is what was added, or how far two amounts are apart."""
    if guards.pattern("difference").match(lower, token.end + lower.startswith(" ", token.end)):
        return True
    end = token.start - lower.startswith(" ", max(0, token.start - 1))
    return any(match.end() >= end for match in guards.pattern("increment").finditer(lower, start, token.start))


def _compared(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a percentage is only compared with: where a share came from, a national average."""
    before = [token for token in tokens[max(0, at - 4) : at] if token.word(lower) not in OF]
    if not before:
        return False
    led = [token for token in before if token.kind not in ("role", "hedge", "filler")]
    if led and led[-1].ties("average_of") and not lower.startswith(YEARLY, tokens[at].end):
        return True
    return _of_other_matter(tokens, at, lower) or _than(tokens, at, lower)


def _than(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether something is only more or less than a percentage; "the 8 percent rise in contract value" is a figure."""
    risen = at + 1 < len(tokens) and tokens[at + 1].kind == "role"
    return not risen and THAN.search(lower, max(0, tokens[at].start - REACH), tokens[at].start) is not None


def _of_other_matter(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a percentage is another matter's ("against 8.1% for GDP", "高于8.1%的GDP增速", "39.7% of … exports")."""
    if OF_ALL_TRADE.match(lower, tokens[at].end):
        return True
    after = tokens[at + 1 : at + 4]
    linked = bool(after) and after[0].word(lower) in ("for", "的")
    rest = [token for token in after[1:] if token.word(lower) != "the"]
    return linked and bool(rest) and rest[0].kind == "stop"


def _rates_after(tokens: Sequence[Token], at: int) -> set[int]:
    """Return the percentages after a figure that name nothing of their own: they are told of it."""
    for index in range(at + 1, len(tokens)):
        token = tokens[index]
        if token.kind == "figure":
            return {index} if token.meaning.kind == "percent" else set()
        if token.kind == "mark" and token.meaning == ";":
            return set()
        named = token.kind in SUBJECTS or token.kind in BESIDE
        if token.kind not in LINKS and not (named and _beside(tokens, at, index)):
            return set()
    return set()


def _beside(tokens: Sequence[Token], at: int, index: int) -> bool:
    """Whether only words of the subject stand between a count and the word at `index` ("305,000 … contracts")."""
    return all(token.kind in SUBJECTS or token.kind in BESIDE for token in tokens[at + 1 : index])


def _counts(token: Token, lower: str) -> bool:
    """Whether a bare number counts contracts or firms."""
    return guards.pattern("counted").match(lower, token.end + 1) is not None


def _then_grew(tokens: Sequence[Token], at: int) -> bool:
    """Whether growth right after a bare number is told of it ("bringing the total to 75,000, up 12.4 percent")."""
    kinds = [token.kind for token in tokens[at + 1 : at + 4]]
    return tokens[at].meaning.number > LATEST and kinds == ["mark", "role", "figure"]


def _of_another(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a multiple compares with another market or place, not with an earlier year ("为日本的3倍")."""
    before = [token for token in tokens[max(0, at - 3) : at] if token.word(lower) != "的"]
    after = [token for token in tokens[at + 1 : at + 5] if token.kind not in ("filler", "tie", "whole")]
    return bool(before and before[-1].kind in PLACES) or bool(after and after[0].kind in PLACES)
