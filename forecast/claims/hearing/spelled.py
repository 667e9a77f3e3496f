"""Spelled: numbers written out in English, basis points, and the short years of brokers, put in plain digits."""

from __future__ import annotations

import re
from decimal import Decimal

from series.extract.numerals import TEENS, TENS, WORDS

SMALL = {"zero": 0} | WORDS | TEENS
_DIGIT = "|".join(list(SMALL)[:10])
_UNIT = "|".join(list(SMALL)[1:10])
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{_UNIT}))?|{'|'.join(reversed(SMALL))})"
COUNTED = r"(?:per ?cent|percent|percentage points?|points?|[bmt]r?illion|hundred million)\b"
WRITTEN = re.compile(
    rf"\b(?:(?P<hundreds>an?|{_UNIT}) hundred(?: and)?(?: (?P<rest>{_BELOW_HUNDRED}))?|(?P<number>{_BELOW_HUNDRED}))"
    rf"(?: point (?P<decimals>(?:{_DIGIT})(?: (?:{_DIGIT}))*)"
    rf"|(?P<half> and a half))?(?=[ -]{COUNTED})",
    re.IGNORECASE,
)
FISCAL = re.compile(r"\bFY\s?'?(?:20)?(?P<year>\d\d)(?=E?\b(?![/-]))", re.IGNORECASE)
ESTIMATED = re.compile(r"(?<![\d.,$])(?P<year>20\d\d)[EF]\b")
SHORT_END = re.compile(
    r"(?<![\d.,$])20(?P<first>\d\d)\s?[-–—]\s?(?P<last>\d\d)"
    r"(?!\d|[.,]\d|\s?(?:%|per ?cent|percent|points?|pp|[bt]n\b|[mbt]r?illion|万|亿|个|倍|月))"
)
BASIS_POINTS = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?(?:basis points?|bps?\b|个?基点)", re.IGNORECASE)
HUNDREDTHS = -2
MONTHS = 12


def in_digits(text: str) -> str:
    """Return the text with its written numbers and short years in digits.

    Only numbers that count percent, points or money are: "one of the two" stays. "2026-09" stays a month.

    Example:
        >>> in_digits("up twenty-one and a half percent in FY27, a CAGR of eight point two per cent (2025–30)")
        'up 21.5 percent in fiscal 2027, a CAGR of 8.2 per cent (2025-2030)'
    """
    text = WRITTEN.sub(lambda found: f"{_value(found):f}", text)
    text = FISCAL.sub(r"fiscal 20\g<year>", text)
    text = ESTIMATED.sub(r"\g<year>", text)
    text = BASIS_POINTS.sub(lambda found: f"{Decimal(found['number']).scaleb(HUNDREDTHS):f} percentage points", text)
    return SHORT_END.sub(_whole_years, text)


def _value(found: re.Match[str]) -> Decimal:
    whole = _integer(found["number"] or found["rest"])
    if found["hundreds"]:
        whole += 100 * SMALL.get(found["hundreds"].lower(), 1)
    if found["decimals"]:
        return Decimal(f"{whole}.{''.join(str(SMALL[word]) for word in found['decimals'].lower().split())}")
    return whole + Decimal("0.5") if found["half"] else Decimal(whole)


def _integer(words: str | None) -> int:
    known = SMALL | TENS
    return sum(known[word] for word in re.split("[ -]", words.lower())) if words else 0


def _whole_years(found: re.Match[str]) -> str:
    first, last = int(found["first"]), int(found["last"])
    months = last <= MONTHS
    return found.group() if months or last <= first else f"20{found['first']}-20{found['last']}"
