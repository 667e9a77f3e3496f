"""Periods and dates in Chinese."""

from __future__ import annotations

import re
from dataclasses import replace

from series.extract.numerals import chinese_integer
from series.extract.timespans import Span, SpanKind, rolling, span, years

HAN_YEAR = "[一二][〇零○九一二三四五六七八]{3}"
SPOKEN_YEAR = "今年|本年度?|当年|去年|上年|前一年|上一年|前年|明年"
YEAR = rf"(?:(?P<year>(?:19|20)\d\d|{HAN_YEAR})\s?年(?:度)?|(?P<relative>{SPOKEN_YEAR}))"
NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
TO = "(?:-{1,2}|~|至|到|—)"
PLAN = "(?P<plan>十一|十二|十三|十四|十五)五(?:期间|时期|规划期|规划)?"
AFTER_YEAR = "(?:当年|的|我国|中国|全国|间|,)?"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{YEAR}?{AFTER_YEAR}(?P<first>{NUMBER})\s?(?:月(?:份)?)?\s?{TO}\s?(?P<last>{NUMBER})\s?月(?:份)?(?P<stock>末|底)?",
        rf"{YEAR}?{AFTER_YEAR}(?:前|头|首)(?P<count>{NUMBER})个?月",
        rf"{YEAR}?{AFTER_YEAR}(?:开年)?首(?P<opening>个?月)",
        rf"{YEAR}?{AFTER_YEAR}前(?P<quarters>[二两三23])个?季度?",
        rf"{YEAR}?{AFTER_YEAR}(?:第?(?P<quarter>[一二三四1-4])季度?|q(?P<q>[1-4])(?!\d))(?P<stock>末|底)?",
        rf"{YEAR}?{AFTER_YEAR}(?:(?P<half>[上下])半年|h(?P<h>[12])(?!\d))(?P<stock>末|底)?",
        rf"{YEAR}?{AFTER_YEAR}(?P<full>全年|整年)",
        rf"{YEAR}?(?P<month>{NUMBER})月(?P<day>\d{{1,2}})[日号]",
        rf"{YEAR}?(?P<month>{NUMBER})月(?:份)?(?P<stock>末|底|初|中旬|上旬|下旬)",
        rf"(?:截至|截止)到?{YEAR}?{AFTER_YEAR}(?P<month>{NUMBER})月(?:份)?(?:末|底|止)?(?!\d|[上中下]旬)",
        rf"{YEAR}?{AFTER_YEAR}(?P<month>\d{{1,3}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?:单月|当月)?",
        rf"(?:从|自)?(?P<from>(?:19|20)\d\d|{HAN_YEAR})年?\s?{TO}\s?(?P<to>(?:19|20)\d\d|{HAN_YEAR})年",
        rf"(?:截至|截止)到?{YEAR}{AFTER_YEAR}(?P<until>{NUMBER})月(?:份)?(?:末|底|止)?的?(?P<length>{NUMBER})个月",
        rf"{PLAN}(?:的?[前头](?P<years>[二两三四2-4])年|(?P<opening>的?开局(?:之年|年|第一年)|的?(?:首|第一)年)|(?P<closing>的?收官(?:之年|年)|的?最后一年)|(?P<stock>末|开局|收官)|(?P<since>以来))?",
        rf"(?:自|从)?{YEAR}(?:当年|(?P<stock>末|底|初)|(?P<since>以来|开始|起))?",
        rf"(?:自|从){YEAR}?(?P<month>{NUMBER})月(?:份)?(?P<since>以来|开始|起)",
        rf"(?P<since>(?:近|过去|这|最近)?{NUMBER}多?年(?:间|来|以来|中)|(?:近|过去|最近){NUMBER}多?年(?!前|期))",
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
    )
)
PLANS = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
PREVIOUS = ("上年", "前一年", "上一年")
RELATIVE = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "明年": 1,
    "去年": -1,
    "上年": -1,
    "前一年": -1,
    "上一年": -1,
    "前年": -2,
}


def read_chinese(lower: str, at: int) -> tuple[Span, int] | None:
    """Return the longest Chinese period or date at `at` and where it ends."""
    best: tuple[Span, int] | None = None
    for pattern in PATTERNS:
        found = pattern.match(lower, at)
        if found and (best is None or found.end() > best[1]):
            parsed = _parse({name: text for name, text in found.groupdict().items() if text}, found)
            best = (parsed, found.end()) if parsed else best
    return best


def _parse(part: dict[str, str], found: re.Match[str]) -> Span | None:
    if "plan" in part:
        start = PLANS[part["plan"]]
        if "opening" in part or "closing" in part:
            return span("period", 1, 12, start if "opening" in part else start + 4)
        last = start + _number(part.get("years", "5")) - 1
        return years(start, last, counted=True) if not {"stock", "since"} & set(part) else span("since", 1, 12, start)
    if "from" in part:
        return years(_number(part["from"]), _number(part["to"]))
    year = _number(part["year"]) if "year" in part else None
    relative = RELATIVE[part["relative"]] if "relative" in part else None
    if "until" in part:
        return rolling(_number(part["length"]), _number(part["until"]), year, relative)
    if found.group().startswith("截"):
        return span("until", 1, _number(part["month"]), year, relative)
    kinds: tuple[tuple[str, SpanKind], ...] = (("day", "date"), ("stock", "stock"), ("since", "since"))
    kind: SpanKind = next((kind for name, kind in kinds if name in part), "period")
    found_span = span(kind, *_months(part), year, relative)
    return replace(found_span, previous=part.get("relative") in PREVIOUS) if found_span else None


def _months(part: dict[str, str]) -> tuple[int, int]:
    if "first" in part:
        return _number(part["first"]), _number(part["last"])
    for name, length in (("count", 1), ("quarters", 3)):
        if name in part:
            return 1, length * _number(part[name])
    for name, length in (("quarter", 3), ("q", 3), ("h", 6)):
        if name in part:
            number = _number(part[name])
            return length * (number - 1) + 1, length * number
    if "opening" in part:
        return 1, 1
    if "half" in part:
        return (1, 6) if part["half"] == "上" else (7, 12)
    if "month" in part:
        return _lost_dash(part["month"])
    return 1, 12


def _number(text: str) -> int:
    return int(text) if text.isascii() else (chinese_integer(text) or 0)


def _lost_dash(text: str) -> tuple[int, int]:
    """Read a month; one that no year has, as 18, is a range from January that lost its dash."""
    number = _number(text)
    if number > 12 and text.isascii() and text.startswith("1"):
        return 1, int(text[1:])
    return number, number
