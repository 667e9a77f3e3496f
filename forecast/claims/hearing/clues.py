"""Clues: the tokens of a sentence, with durations, multiples in words and years told apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.printed import readable
from forecast.claims.hearing.ranges import paired
from forecast.claims.hearing.spelled import in_digits
from forecast.claims.hearing.years import Duration, When, durations, of_decade, plan_ends, relative_ends
from series.extract.mapped import Mapped
from series.extract.normal import normalised
from series.extract.timeline import Timeline
from series.extract.timespans import Span
from series.extract.tokens import Token, lowered, tokenize
from series.extract.units import Figure
from series.periods import Period

PLAN_OF_SHARE = re.compile(r"占$|account$")
PLANNED = re.compile(r"by (\d{4})")
HALF = re.compile(
    r"(?<!one )(?<!a )(?<!first )(?<!second )(?<!latter )(?<!last )\bhalf(?= of| the)|\bby half\b|一半|半数|过半"
)
COMPARED = r"(?= (?:larger|bigger|higher|greater|more|above|smaller|lower|less|below|up|down)\b)"
BY = r"(?:(?<=by )|(?<=up )|(?<=down ))"
THIRD = re.compile(rf"{BY}(?:a|one) third\b|\b(?:a|one) third(?:(?= of)|{COMPARED})")
ONE_SCALE = re.compile(
    r"\b(?P<half>half )?an? (?P<scale>(?:tr|b)illion)(?= (?:us |u\.s\. )?(?:dollars?|yuan|rmb)\b)", re.IGNORECASE
)
YEAR_THEN_AMOUNT = re.compile(r"\b((?:19|20)\d\d) (?=(?:usd|rmb|cny) ?\d)", re.IGNORECASE)  # no amount of 2030 dollars
GLUED_YEAR = re.compile(r"(?<=[A-Za-z])(?=(?:19|20)\d\d年)")
TWO_DIGITS = re.compile(r"\bdouble[- ]digit\b|两位数")
QUARTER = re.compile(rf"{BY}(?:a|one) quarter\b|\b(?:a|one) quarter{COMPARED}")
LONE_SCALE = re.compile(
    r"(?<![\d零一二三四五六七八九十百千万亿两几数多])(?=(?:万亿|千亿|百亿|十亿)(?:元|美元|人民币|美金))"
)
LOOK_BACK = 160
YEAR = 12
RECORD_BEFORE = re.compile(r"\b(?:[a-z]+est|most|worst|best|first|record|high|low)(?: [a-z]+)?(?: since)?\s*$")
RECORD_AFTER = re.compile(r"(?:以来|来)?的?(?:最|新高|新低|首次|首个)")
SINCE = re.compile(r"\bsince\s*$")
IN = re.compile(r"\s*\(?\s*(?:in|for|of)?\s*")
SIGNED = re.compile(r"(?:-|负)\s?(?:usd|us\$|cny|rmb|\$|¥)?\s?$")


FRACTIONS = ((HALF, Decimal(50)), (TWO_DIGITS, Decimal(10)), (THIRD, Decimal("33.3")), (QUARTER, Decimal(25)))


@dataclass(frozen=True, slots=True, eq=False)
class Clues:
    """What the words of a sentence give away; `lower` is the normal text with durations blanked out.

    Each is equal to itself alone, so that what is looked up of it again and again can be kept.
    """

    lower: str
    tokens: tuple[Token, ...]
    whens: tuple[When, ...]
    durations: tuple[Duration, ...]
    undated: tuple[str, ...] = field(default=())  # relative years that need the date of the claim
    uppers: frozenset[int] = field(default=frozenset())  # where figures start that are the upper ends of ranges
    ahead: bool = False  # what was said before foretells it

    def word(self, token: Token) -> str:
        """Return a token as printed, in lower case."""
        return self.lower[token.start : token.end]

    def before(self, place: int) -> str:
        """Return the words that lead up to a place, as far back as any of ours is looked for."""
        return self.lower[max(0, place - LOOK_BACK) : place]


def gather(text: str, made: dt.date | None) -> Clues:
    """Read a sentence.

    Raises:
        InputError: if it is too long for one.
    """
    plain = LONE_SCALE.sub("1", in_digits(normalised(Mapped.whole(readable(text))).text))  # 突破万亿元 is one 万亿
    plain = ONE_SCALE.sub(lambda found: f"{'0.5' if found['half'] else '1'} {found['scale']}", plain)
    plain, lasting = durations(GLUED_YEAR.sub(" ", YEAR_THEN_AMOUNT.sub(r"\1, ", plain)))
    lower = lowered(plain)
    ends = plan_ends(lower)
    fractions = [
        Token(
            "figure",
            Figure("percent", value, more=pattern is TWO_DIGITS or found.group() == "过半"),
            found.start(),
            found.end(),
        )
        for pattern, value in FRACTIONS
        for found in pattern.finditer(lower)
    ]
    read = [*_shares_told(tokenize(plain), lower), *_words_of_multiples(lower)]
    spoken = [token for token in read if token.kind == "figure" and token.meaning.kind == "percent"]
    read += [one for one in fractions if not any(one.start < token.end and token.start < one.end for token in spoken)]
    read = [token for token in read if token.kind != "span" or not any(_within(token, end) for end in ends)]
    tokens, uppers = paired(sorted(_uncovered(read), key=lambda token: token.start), lower)
    timeline = Timeline(made.year if made else None, made.month if made else None)
    whens: list[When] = [*ends]
    undated: list[str] = []
    for index, token in enumerate(tokens):
        span = _span(token, lower)
        if span is None or of_decade(lower, token.start, token.end):
            continue
        if span.year is None and span.relative is None and span.to is None and compiled().foretelling.search(lower):
            begun = [when.period for when in whens if when.period.length < YEAR]  # 1—8月…,全年
            span = replace(span, year=begun[-1].end // YEAR) if begun else replace(span, relative=0)
        period = timeline.period(span)
        if period is None:
            undated.append(lower[token.start : token.end])
            continue
        follower = next((one for one in tokens[index + 1 :] if one.kind == "figure"), None)
        when = _when(span, period, token, lower, follower)
        whens.append(
            replace(when, role=_starts(tokens[:index], token, lower) or when.role) if when.role == "end" else when
        )
    named, unknown = relative_ends(lower, made)
    return Clues(lower, tokens, (*whens, *named), lasting, (*undated, *unknown), uppers)


@lru_cache(maxsize=4)
def foretells(clues: Clues) -> bool:
    """Whether the words speak of what is to come: will, target, 预计, 力争."""
    planned = any(token.kind == "plan" and not PLANNED.fullmatch(clues.word(token)) for token in clues.tokens)
    return clues.ahead or planned or bool(compiled().foretelling.search(clues.lower))


@lru_cache(maxsize=4)
def shares(clues: Clues) -> tuple[Token, ...]:
    """Return the words that say that something is a share."""
    return tuple(token for token in clues.tokens if token.kind == "role" and token.meaning == "share")


def _starts(before: Sequence[Token], year: Token, lower: str) -> str:
    """Return the role of a year that something starts from: "从2010年的", "from USD 157 bn in 2023"; else nothing.

    The year of a rate or a share that something starts from is no base: "from 0.5% in 2025 to 6% in 2027".
    """
    if lower[year.start : year.start + 1] in "从由自":
        return "base"
    figure = before[-2] if len(before) > 1 and before[-1].kind == "filler" else before[-1] if before else None
    if figure is None or figure.kind != "figure" or figure.meaning.kind not in ("money", "percent"):
        return ""
    beside = IN.fullmatch(lower[figure.end : year.start])
    started = compiled().from_before.search(lower[: figure.start])
    if not beside or not started or compiled().growth.search(started.group()):
        return ""  # "from the US grew 5% in 2025" starts from no figure
    between = [one for one in before if started.start() < one.start < figure.start]
    if any(one.kind in ("figure", "part_market") for one in between):
        return ""  # "from 43% to 48% by 2030", "outsourcing from Japan came to USD 20 bn in 2024"
    return "base" if figure.meaning.kind == "money" else "start"


def _within(token: Token, when: When) -> bool:
    return when.start <= token.start and token.end <= when.stop


def signed(clues: Clues, token: Token) -> bool:
    """Whether a minus stands before a figure."""
    figure: Figure = token.meaning
    if token.start in clues.uppers:
        return False
    return figure.number < 0 or clues.word(token)[:1] in "-负" or bool(SIGNED.search(clues.before(token.start)))


def _words_of_multiples(lower: str) -> list[Token]:
    return [
        Token("figure", Figure("multiple", Decimal(ratio)), match.start(), match.end())
        for ratio, pattern in compiled().multiples
        for match in pattern.finditer(lower)
    ]


def _shares_told(tokens: Iterable[Token], lower: str) -> list[Token]:
    """Return the tokens with the share taken out of a word that foretells one: "将占" is 将 and 占."""
    read = []
    for token in tokens:
        verb = PLAN_OF_SHARE.search(lower, token.start, token.end) if token.kind == "plan" else None
        if verb:
            read += [replace(token, end=verb.start()), Token("role", "share", verb.start(), token.end)]
        else:
            read.append(token)
    return read


def _uncovered(tokens: list[Token]) -> list[Token]:
    """Leave out the tokens that a longer word of a multiple covers ("一" in "翻一番")."""
    words = [token for token in tokens if token.kind == "figure" and token.meaning.kind == "multiple"]
    return [
        token
        for token in tokens
        if not any(
            other is not token and other.start <= token.start and token.end <= other.end
            and (other.end - other.start) > (token.end - token.start)
            for other in words
        )
    ]  # fmt: skip


def _span(token: Token, lower: str) -> Span | None:
    if token.kind == "span":
        span: Span = token.meaning
        return None if span.kind == "date" or (span.kind == "stock" and not span.annual) else span
    planned = PLANNED.fullmatch(lower[token.start : token.end]) if token.kind == "plan" else None
    return Span("period", 1, 12, int(planned[1])) if planned else None


def _when(span: Span, period: Period, token: Token, lower: str, follower: Token | None) -> When:
    word = lower[token.start : token.end]
    if span.to is not None:
        return When("range", period, token.start, token.end, plan="五" in word or "plan" in word)
    before, after = lower[max(0, token.start - 64) : token.start], lower[token.end : token.end + 10]
    words = compiled()
    if _record(span, token, lower):
        return When("start", period, token.start, token.end)
    base = span.kind == "since" or words.base_before.search(before) or words.base_after.match(after)
    if not base and follower and follower.kind == "figure" and follower.meaning.kind == "multiple":
        base = re.fullmatch(r"的(?:约|近|逾|超过|至少)?", lower[token.end : follower.start])
    return When("base" if base else "end", period, token.start, token.end)


def _record(span: Span, token: Token, lower: str) -> bool:
    """Whether a year is only what a record is the first of since: "the fastest since 2019", "2019年以来最快"."""
    since = span.kind == "since" or SINCE.search(lower[: token.start]) or lower.startswith("以来", token.end)
    return bool(since and (RECORD_BEFORE.search(lower[: token.start]) or RECORD_AFTER.match(lower, token.end)))
