"""Periods and dates in English."""

from __future__ import annotations

import re

from series.extract.numerals import WORDS
from series.extract.timespans import Span, SpanKind, rolling, span, years

SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z])\.?)"
)
COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
ORDINAL = r"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|last|final)"
REACHED = "(?P<reached>by|as of|as at|until|till|through|up to|up until|at(?= (?:the )?(?:end|close)))"
TO = "(?:-{1,2}|~|to|through|and|until|till)"
UNTIL = "(?:through|to|ended|ending|ending in|up to)"
YEAR = r"(?:19|20)\d\d(?!\d|[,.]\d| ?percent| ?%)"
OF = (
    rf"(?:(?:,| period)?(?: (?:of|in|for))?(?: the)?(?: year)? (?P<year>{YEAR})"
    r"|(?:,| of| in)? (?P<relative>this year|last year|the year|the previous year))?"
)
PLAN = "(?P<plan>11th|12th|13th|14th|15th) five-year(?: plan)?(?: period)?"
COUNTED = (
    "increase|rise|growth|gain|decline|fall|drop"
    "|figure|data|total|statistic|result|report|tally|sum|value|volume|number|cumulative|contract|execut|offshore"
)
YEARS = "(?:years|decade)"
NOT_A_COUNT = (
    r"(?!\s?(?:million|billion|yuan|us|firms|compan|enterpr|employ|people|contract)|\s?[万亿千百人家户个名项份笔])"
)
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:from |between |the )?(?P<first>{MONTH})(?: (?P<year1>{YEAR}))?\s?{TO}\s?(?P<last>{MONTH})(?![a-z]){OF}",
        rf"(?:the |in the )?(?:first|opening|initial)[- ](?P<count>{COUNT})[- ]months?(?: period)?{OF}",
        rf"(?:the )?(?P<count>{COUNT})-month (?:period{OF}|(?={COUNTED}))",
        rf"(?:over|in|for|during) (?:the|these|those) (?P<count>{COUNT}) months(?! to| through| end)(?![a-z])",
        rf"(?:the )?first (?P<quarters>three|two) quarters{OF}",
        rf"(?:the )?(?P<threes>two|three) quarters {UNTIL} (?P<until>{MONTH}){OF}",
        rf"(?:the )?(?P<count>{COUNT})[- ]months? (?:period )?{UNTIL} (?P<until>{MONTH}){OF}",
        rf"(?:the )?(?P<whole>quarter|half|half-year|year) {UNTIL} (?P<until>{MONTH}){OF}",
        rf"(?:the )?{ORDINAL}[- ](?P<length>quarter|half){OF}",
        rf"(?P<length>q)(?P<ordinal>[1-4])(?![a-z0-9]){OF}",
        r"(?P<ordinal>[1-4])(?P<length>q)(?P<short>[012]\d)(?![a-z0-9])",
        rf"(?P<length>h)(?P<ordinal>[12])(?![a-z0-9]){OF}",
        rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]?\d)(?:,? (?P<year>{YEAR}))?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?",
        rf"{REACHED} (?:(?:the )?(?:end|close)(?: of |-| ))?(?P<month>{MONTH})(?![a-z]| \d{{1,2}}(?!\d)){OF}",
        rf"{REACHED} (?P<month>{MONTH}) (?P<last_day>\d{{1,2}})(?!\d)(?:,? (?P<year>{YEAR}))?",
        rf"(?:the )?(?:year's )?(?:first|opening) (?P<opening>month)(?![a-z]){OF}",
        rf"(?P<count>{COUNT}) months into (?:the year (?P<year1>{YEAR})|the (?:new )?year|(?P<year>{YEAR}))",
        rf"(?P<month>{MONTH})(?![a-z]){OF}",
        r"(?:from |between )?(?P<from>(?:19|20)\d\d)\s?(?:-{1,2}|to|through)\s?(?P<to>(?:19|20)\d\d)(?!\d)",
        r"between (?P<from>(?:19|20)\d\d) and (?P<to>(?:19|20)\d\d)(?!\d)",
        rf"(?:the )?(?:(?P<lasting>{COUNT}) years|(?P<decade>decade)) {UNTIL} (?P<year>{YEAR})",
        rf"(?:the )?(?P<lasting>{COUNT}) years (?:from|since) (?P<year1>{YEAR})(?!\s?{TO}\s?\d)",
        rf"(?:(?:the )?(?:first|opening) (?P<years>{COUNT}) years (?:of|in) (?:the )?)?{PLAN}",
        rf"(?:(?:the )?(?:full|whole|entire)[- ](?:of )?(?:the )?(?:year )?(?:of )?)(?P<year>{YEAR})",
        rf"(?P<year>{YEAR}){NOT_A_COUNT}",
        rf"(?<=\bin )(?P<year>{YEAR})(?= contract)",
        rf"(?P<loose>early|mid|late)[- ](?:in )?(?P<year>{YEAR})",
        rf"(?P<since>(?:(?:over|in|during|for) (?:the )?|the )(?:past|last) (?:{COUNT} |few )?{YEARS}(?![a-z]))",
        rf"(?P<since>since) (?:the )?(?:beginning|start) of (?:the year|this year|(?P<year>{YEAR}))",
        rf"(?P<since>since) (?P<month>{MONTH})(?![a-z]){OF}",
        rf"(?P<since>since) (?:the )?(?:year |early |late )?(?P<year>{YEAR})",
        r"(?:the )?(?:full|whole|entire) year|(?P<relative>this year|last year)",
    )
)
LENGTHS = {"quarter": 3, "half": 6, "q": 3, "h": 6, "half-year": 6}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
RELATIVE = {"this year": 0, "the year": 0, "last year": -1, "the previous year": -1}
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
VERBS = frozenset(("may", "march"))  # months that are words as well
BEFORE_MONTH = ("in ", "of ", "for ", "during ")


def read_english(lower: str, at: int) -> tuple[Span, int] | None:
    """Return the longest English period or date at `at` and where it ends."""
    best: tuple[Span, int] | None = None
    for pattern in PATTERNS:
        found = pattern.match(lower, at)
        if found and (best is None or found.end() > best[1]):
            parsed = _parse({name: text for name, text in found.groupdict().items() if text}, found)
            best = (parsed, found.end()) if parsed else best
    return best


def _parse(part: dict[str, str], found: re.Match[str]) -> Span | None:
    if "plan" in part:
        start = 2006 + 5 * (int(part["plan"][:2]) - 11)
        return years(start, start + min(_number(part.get("years", "5")), 5) - 1, counted=True)
    if "lasting" in part and "year1" in part:
        return years(int(part["year1"]) + 1, int(part["year1"]) + _number(part["lasting"]), counted=True)
    if "lasting" in part or "decade" in part:
        return years(int(part["year"]) - _number(part.get("lasting", "ten")) + 1, int(part["year"]), counted=True)
    if "from" in part:
        return years(int(part["from"]), int(part["to"]))
    before = found.string[max(0, found.start() - 7) : found.start()]
    if set(part) == {"month"} and part["month"] in VERBS and not before.endswith(BEFORE_MONTH):
        return None
    if {"first", "year", "year1"} <= part.keys() and part["year1"] < part["year"]:
        first, last = _months(part)
        return Span("period", first, last, int(part["year1"]), to=int(part["year"]))
    year = part.get("year") or part.get("year1")
    year = year or ("20" + part["short"] if "short" in part else None)
    relative = RELATIVE[part["relative"]] if "relative" in part else None
    if "until" in part:
        counted = 3 * _number(part["threes"]) if "threes" in part else _number(part.get("count", "12"))
        length = LENGTHS.get(part.get("whole", ""), counted)
        return rolling(length, _month(part["until"]), int(year) if year else None, relative)
    if "last_day" in part and int(part["last_day"]) < LAST_DAYS[_month(part["month"]) - 1]:
        return span("since", 1, 12, None)  # the months up to a day within one have no name
    if "reached" in part:
        return span("until", 1, _month(part["month"]), int(year) if year else None, relative)
    kind: SpanKind = (
        "stock" if "loose" in part else "date" if "day" in part else "since" if "since" in part else "period"
    )
    if set(part) == {"year"} and found.string[found.end() : found.end() + 1] > "\u3000":
        kind = "stock"  # "2020全球服务外包大会" names an event
    return span(kind, *_months(part), int(year) if year else None, relative)


def _months(part: dict[str, str]) -> tuple[int, int]:
    if "opening" in part:
        return 1, 1
    if "first" in part:
        return _month(part["first"]), _month(part["last"])
    if "month" in part:
        return _month(part["month"]), _month(part["month"])
    for name, length in (("count", 1), ("quarters", 3)):
        if name in part:
            return 1, length * _number(part[name])
    if "ordinal" in part:
        length = LENGTHS[part["length"]]
        number = ORDINALS.get(part["ordinal"]) or (int(part["ordinal"]) if part["ordinal"].isdigit() else 12 // length)
        return length * (number - 1) + 1, length * number
    return 1, 12


def _number(text: str) -> int:
    return int(text) if text.isdigit() else WORDS[text]


def _month(name: str) -> int:
    return SHORT_MONTHS.index(name[:3]) + 1
