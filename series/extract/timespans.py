"""Periods as the press writes them: 2020年1-8月, 前三季度, the first seven months of 2020, 十三五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from series.extract.numerals import WORDS, chinese_integer

SpanKind = Literal["period", "date", "stock"]
HAN_YEAR = "[一二][〇零○九一二三四五六七八]{3}"
YEAR = rf"(?:(?P<year>(?:19|20)\d\d|{HAN_YEAR})\s?年(?:度)?|(?P<relative>今年|本年度?|当年|去年|上年|前年|明年))"
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTHS = (
    rf"(?P<first>{NUMBER})\s?(?:月(?:份)?)?\s?(?:-{{1,2}}|~|至|到)\s?(?P<last>{NUMBER})\s?月(?:份)?"
    rf"|(?:前|头|首)(?P<count>{NUMBER})个?月"
    r"|前(?P<quarters>[二两三23])个?季度?"
    r"|第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|(?P<full>全年|整年)|q(?P<q>[1-4])(?!\d)|h(?P<h>[12])(?!\d)"
)
CHINESE = re.compile(
    rf"{YEAR}?(?:的|我国|中国|全国|间|,)?(?:{MONTHS})(?P<stock>末|底)?"
    rf"|{YEAR.replace('year', 'dyear').replace('relative', 'drelative')}?(?P<dmonth>{NUMBER})月(?:(?P<day>\d{{1,2}})[日号]|(?P<dstock>末|底|初|中旬|上旬|下旬))"
    rf"|{YEAR.replace('year', 'myear').replace('relative', 'mrelative')}?(?P<month>\d{{1,3}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?:单月|当月)?"
)
CHINESE_YEARS = re.compile(
    rf"(?:从|自)?(?P<from>(?:19|20)\d\d|{HAN_YEAR})年?\s?(?:-{{1,2}}|~|至|到)\s?(?P<to>(?:19|20)\d\d|{HAN_YEAR})年"
    rf"|(?P<plan>十一|十二|十三|十四|十五)五(?:期间|时期|规划期|规划)?(?P<planstock>末|以来)?|{YEAR}(?P<stock>末|底|初)?"
)
PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
ENGLISH_MONTHS = "january february march april may june july august september october november december".split()
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(ENGLISH_MONTHS, start=1)}
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z])\.?)"
COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
ORDINAL = r"(?P<{}>first|second|third|fourth|1st|2nd|3rd|4th|last|final)"
OF = r"(?:(?:,| period)?(?: (?:of|in|for))?(?: the)?(?: year)? (?P<year>(?:19|20)\d\d)(?!\d|[,.]\d| percent|%)|(?:,| of| in)? (?P<relative>this year|last year|the year|the previous year))?"
ENGLISH = re.compile(
    rf"(?:from |between |the )?(?P<first>{MONTH})(?: (?P<firstyear>(?:19|20)\d\d))?\s?(?:-{{1,2}}|~|to|through|and|until|till)\s?(?P<last>{MONTH})(?![a-z]){OF}"
    rf"|(?:the |in the )?(?:first|opening|initial)[- ](?P<count>{COUNT})[- ]months?(?: period)?{OF.replace('year>', 'cyear>').replace('relative>', 'crelative>')}"
    rf"|(?:the )?first (?P<quarters>three|two) quarters{OF.replace('year>', 'qsyear>').replace('relative>', 'qsrelative>')}"
    rf"|(?:the )?{ORDINAL.format('quarter')}[- ]quarter{OF.replace('year>', 'qyear>').replace('relative>', 'qrelative>')}"
    rf"|(?:the )?{ORDINAL.format('half')}[- ]half{OF.replace('year>', 'hyear>').replace('relative>', 'hrelative>')}"
    rf"|q(?P<q>[1-4])(?![a-z0-9]){OF.replace('year>', 'qqyear>').replace('relative>', 'qqrelative>')}"
    rf"|h(?P<h>[12])(?![a-z0-9]){OF.replace('year>', 'hhyear>').replace('relative>', 'hhrelative>')}"
    rf"|(?P<dmonth>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]?\d)(?:,? (?P<dyear>(?:19|20)\d\d))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<dmonth2>{MONTH})(?:,? (?P<dyear2>(?:19|20)\d\d))?"
    rf"|(?P<month>{MONTH})(?![a-z]){OF.replace('year>', 'myear>').replace('relative>', 'mrelative>')}"
)
ENGLISH_YEARS = re.compile(
    r"(?:from |between )?(?P<from>(?:19|20)\d\d)\s?(?:-{1,2}|to|and|through)\s?(?P<to>(?:19|20)\d\d)(?!\d)"
    r"|(?P<plan>11th|12th|13th|14th|15th) five-year(?: plan)?(?: period)?"
    r"|(?:(?:the )?(?:full|whole|entire)[- ](?:of )?(?:the )?(?:year )?(?:of )?)(?P<yearfull>(?:19|20)\d\d)(?!\d|[,.]\d)"
    r"|(?P<year>(?:19|20)\d\d)(?!\d|[,.]\d|\s?(?:%|percent|million|billion|yuan|us|firms|compan|enterpr|employ|people|contract))"
    r"|(?P<full>(?:the )?(?:full|whole|entire) year)|(?P<relative>this year|last year)"
)
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4, "final": 4}
RELATIVE = {
    "今年": 0, "本年": 0, "本年度": 0, "当年": 0, "this year": 0, "the year": 0, "明年": 1,
    "去年": -1, "上年": -1, "last year": -1, "the previous year": -1, "前年": -2,
}  # fmt: skip
STARTS = frozenset("0123456789一二三四五六七八九十今本当去上前明头首第全整下从自qhjfmasondtblew")


@dataclass(frozen=True, slots=True)
class Span:
    """Months `first`..`last` of a year: a number, one relative to publication, or none printed; `to` ends a span of years."""

    kind: SpanKind
    first: int
    last: int
    year: int | None = None
    relative: int | None = None
    to: int | None = None
    day: int | None = None

    @property
    def dated(self) -> bool:
        """Whether the print itself names the year, in figures or as this or last year."""
        return self.year is not None or self.relative is not None

    @property
    def annual(self) -> bool:
        """Whether the span is one of whole years."""
        return (self.first, self.last) == (1, 12)


def read(lower: str, at: int) -> tuple[Span, int] | None:
    """Return the period or date that stands at `at` and where it ends."""
    if lower[at] not in STARTS:
        return None
    if at and lower[at].isascii() and lower[at - 1].isascii() and lower[at - 1].isalnum():
        return None
    best: tuple[Span, int] | None = None
    for pattern, parse in _READERS:
        found = pattern.match(lower, at)
        if found and found.end() > at and (best is None or found.end() > best[1]):
            span = parse(found)
            if span:
                best = span, found.end()
    return best


def _chinese(found: re.Match[str]) -> Span | None:
    part = found.groupdict()
    if part["dmonth"]:
        month, day = _number(part["dmonth"]), _number(part["day"] or "")
        kind: SpanKind = "date" if part["day"] else "stock"
        return _span(kind, month, month, part["dyear"], part["drelative"], day=day)
    if part["month"]:
        first, last = _lost_dash(part["month"])
        return _span("period", first, last, part["myear"], part["mrelative"])
    months = _months(part)
    return _span("stock" if part["stock"] else "period", *months, part["year"], part["relative"]) if months else None


def _months(part: dict[str, str | None]) -> tuple[int, int] | None:
    if part["first"] and part["last"]:
        return _number(part["first"]), _number(part["last"])
    for name, length in (("count", 1), ("quarters", 3)):
        if part[name]:
            return 1, length * _number(str(part[name]))
    for name, length in (("quarter", 3), ("q", 3), ("h", 6)):
        if part[name]:
            number = _number(str(part[name]))
            return length * (number - 1) + 1, length * number
    if part["half"]:
        return (1, 6) if part["half"] == "上" else (7, 12)
    return (1, 12) if part["full"] else None


def _chinese_years(found: re.Match[str]) -> Span | None:
    part = found.groupdict()
    if part["plan"]:
        start = PLANS[part["plan"]]
        return None if part["planstock"] else Span("period", 1, 12, start, to=start + 4)
    if part["from"]:
        return _years(_year(part["from"]), _year(part["to"]))
    return _span("stock" if part["stock"] else "period", 1, 12, part["year"], part["relative"])


def _english(found: re.Match[str]) -> Span | None:
    part = {name: value for name, value in found.groupdict().items() if value is not None}
    year = next((part[name] for name in part if name.endswith(("year", "year2")) and name != "firstyear"), part.get("firstyear"))
    relative = next((part[name] for name in part if name.endswith("relative")), None)
    day = part.get("day") or part.get("day2")
    if day:
        month = _month(part.get("dmonth") or part["dmonth2"])
        return _span("date", month, month, year, None, day=int(day))
    if "first" in part:
        return _span("period", _month(part["first"]), _month(part["last"]), year, relative)
    if "month" in part:
        if part["month"] == "may" and not year and found.start() < 3 or part["month"] in ("may", "march") and not year:
            before = found.string[max(0, found.start() - 4) : found.start()]
            if not before.endswith(("in ", "of ", "for ", "- ")):
                return None
        return _span("period", _month(part["month"]), _month(part["month"]), year, relative)
    for name, length, table in (("count", 1, WORDS), ("quarters", 3, WORDS)):
        if name in part:
            number = int(part[name]) if part[name].isdigit() else table[part[name]]
            return _span("period", 1, length * number, year, relative)
    for name, length in (("quarter", 3), ("half", 6), ("q", 3), ("h", 6)):
        if name in part:
            number = int(part[name]) if part[name].isdigit() else min(ORDINALS[part[name]], 12 // length)
            return _span("period", length * (number - 1) + 1, length * number, year, relative)
    return None


def _english_years(found: re.Match[str]) -> Span | None:
    part = found.groupdict()
    if part["from"]:
        return _years(int(part["from"]), int(part["to"]))
    if part["plan"]:
        start = 2006 + 5 * (int(part["plan"][:2]) - 11)
        return Span("period", 1, 12, start, to=start + 4)
    bare = found.string[found.end() : found.end() + 1] > "\u3000"  # "2020全球" names an event, not a period
    return _span("stock" if bare else "period", 1, 12, part["year"] or part["yearfull"], part["relative"])


def _years(first: int, last: int) -> Span | None:
    return Span("period", 1, 12, first, to=last) if first < last else None


def _span(
    kind: SpanKind, first: int, last: int, year: str | None, relative: str | None, day: int | None = None
) -> Span | None:
    if not 1 <= first <= last <= 12 or (day is not None and not 0 <= day <= 31):
        return None
    return Span(kind, first, last, _year(year) if year else None, RELATIVE[relative] if relative else None, day=day or None)


def _year(text: str) -> int:
    return int(text) if text.isascii() else (chinese_integer(text) or 0)


def _number(text: str) -> int:
    if not text:
        return 0
    return int(text) if text.isascii() else (chinese_integer(text) or 0)


def _month(name: str) -> int:
    return SHORT_MONTHS[name[:3]]


def _lost_dash(text: str) -> tuple[int, int]:
    """Read a month; one that no year has, as 18, is a range from January that lost its dash."""
    number = _number(text)
    if number > 12 and text.isascii() and text.startswith("1"):
        return 1, int(text[1:])
    return number, number


_READERS = (
    (CHINESE, _chinese),
    (CHINESE_YEARS, _chinese_years),
    (ENGLISH, _english),
    (ENGLISH_YEARS, _english_years),
)
