"""Numbers as they are printed: Arabic, Chinese and mixed."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
LONGEST = 18  # digits of a figure that anyone prints

SPACED = re.compile(
    r"(?<![\d.,] )(?<!\d)\d{1,3}(?: \d{3})+(?:\.\d+)?(?= ?(?:亿|万|元|billion|million|trillion|yuan|bn))"
)
ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
CHINESE = re.compile(r"[零〇○一二三四五六七八九十百千两][零〇○一二三四五六七八九十百千万亿两点]{0,24}")
WORDS = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TEENS = dict(zip(_TEENS, range(13, 20), strict=True))
TENS = dict(zip(_TENS, range(20, 100, 10), strict=True))
SPELT = WORDS | TEENS | TENS
PERCENT = re.compile(
    rf"(?:(?P<tens>{'|'.join(TENS)})[ -])?(?P<units>{'|'.join(sorted(SPELT, key=len, reverse=True))})(?= per ?cent)"
)
SPELT_STARTS = frozenset(word[0] for word in SPELT)


def spelt(text: str, at: int) -> tuple[Decimal, int] | None:
    """Read `twelve` or `twenty-five` at `at` where "percent" follows."""
    found = PERCENT.match(text, at) if text[at : at + 1] in SPELT_STARTS else None
    if not found:
        return None
    tens = SPELT[found["tens"]] if found["tens"] else 0
    return Decimal(tens + SPELT[found["units"]]), found.end()


def arabic(text: str, at: int) -> tuple[Decimal, int] | None:
    """Read `1,234.5` at `at`; a number longer than anyone prints is read over (NaN)."""
    found = SPACED.match(text, at) or ARABIC.match(text, at)
    if not found:
        return None
    printed = found[0].replace(",", "").replace(" ", "")
    return (Decimal(printed) if len(printed) <= LONGEST else Decimal("NaN")), found.end()


def chinese(text: str, at: int) -> tuple[Decimal, int] | None:
    """Read `一千二百亿`, `三点五` or `二〇二〇` at `at`; trailing 万 and 亿 are left to the unit."""
    found = CHINESE.match(text, at)
    if not found:
        return None
    printed = found[0].rstrip("万亿")
    end = at + len(printed)
    whole, point, fraction = printed.partition("点")
    if point and not (fraction and all(character in DIGITS for character in fraction)):
        end, fraction = at + len(whole), ""
    value = chinese_integer(whole)
    if value is None:
        return None
    if not value and whole[0] in SMALL:
        return Decimal("NaN"), end  # 百亿 by itself is an order of magnitude, no figure
    decimals = "".join(str(DIGITS[character]) for character in fraction)
    return Decimal(f"{value}.{decimals}" if decimals else value), end


def chinese_integer(text: str) -> int | None:
    """Return the integer that Chinese numerals say, by places (一千二百) or digit by digit (二〇二〇)."""
    if not text:
        return None
    if all(character in DIGITS for character in text):
        if len(text) in (2, 3) and "零" not in text and "〇" not in text:
            return None  # 三四 is three or four
        return int("".join(str(DIGITS[character]) for character in text))
    total = section = digit = 0
    last = 1
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SMALL:
            section += (digit or (1 if character == "十" else 0)) * SMALL[character]
            digit, last = 0, SMALL[character]
        elif character in LARGE:
            section += digit
            if character == "亿":
                total = (total + section) * LARGE[character]
            else:
                total += section * LARGE[character]
            section, digit, last = 0, 0, LARGE[character]
        else:
            return None
    if digit and last > 10 and "零" not in text and "〇" not in text:
        digit *= last // 10  # 一千二 is 1200
    return total + section + digit
