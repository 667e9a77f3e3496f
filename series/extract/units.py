"""Figures with their units: money, percent, percentage points, multiples, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from series.extract.currencies import AFTER_ONLY, CURRENCIES, SIGNS
from series.extract.numerals import DIGITS, SMALL, WORDS, arabic, chinese, spelt

FigureKind = Literal["money", "percent", "points", "multiple", "count", "number", "void"]
HAN_SCALES = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "兆": 12,
}
LATIN_SCALES = {
    "trillion": 12, "tn": 12, "trln": 12, "trn": 12, "tln": 12, "billion": 9, "billions": 9, "bn": 9, "bln": 9, "b": 9,
    "hundred million": 8, "100 million": 8, "million": 6, "millions": 6, "mn": 6, "mln": 6, "m": 6, "thousand": 3,
}  # fmt: skip
PERSONS = "人家份件名户"  # counted things of outsourcing that a figure may be about
THINGS = "个项位所种条台套次座篇批国强款届处只类省市年天岁"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONEY = _either(CURRENCIES)
PREFIX = re.compile(rf"(?P<currency>{_either(set(CURRENCIES) - AFTER_ONLY)})\s?(?=[\d零一二三四五六七八九十百千两])")
TORN = re.compile(r"(?:\d[e^][+-]?\d{0,2}|\d\.\d{1,3}\.\d{0,3})$")  # "1e5", "1.5.1": no number that anyone prints
BEFORE_TORN = frozenset("e^.+-0123456789")
ZEROS = "零〇○"
SCALE = re.compile(rf"\s?-?(?:(?P<han>{_either(HAN_SCALES)})|(?P<latin>{_either(LATIN_SCALES)})(?![a-z]))")
CURRENCY = re.compile(rf"[\s-]?(?:\((?P<bracketed>{MONEY})\)|(?P<currency>{MONEY})(?![a-z]))")
UNIT = re.compile(
    rf"\s?\((?:in )?(?:(?P<han>{_either(HAN_SCALES)})|(?P<latin>{_either(LATIN_SCALES)})) ?(?P<currency>{MONEY})\)"
)  # "8124 (100 million yuan)"
AGAIN = re.compile(r"\s?(?:人民币|\(人民币\)|rmb(?![a-z]))")
REST = re.compile(r"(?P<number>\d{1,4}(?:\.\d+)?)(?P<scale>千万|百万|万)")
MORE = re.compile(r"\s?(?:多|余|来)(?=\s?(?:万亿|亿|万|个|倍|%|元|美|人))")
PERCENT = re.compile(r"\s?-?(?:%|percents?(?![a-z])|per cents?(?![a-z])|pct(?![a-z])|个?百分比)(?P<tail>\.\d+)?")
POINTS = re.compile(
    r"\s?-?(?:%|percents?|per cents?)?\s?-?"
    r"(?:个?百分点|percentage[- ]points?|points?(?![a-z])|pp(?![a-z])|basis points?)|\s?个点"
)
PERCENT_OF = "百分之"
TIMES = re.compile(r"\s?(?:倍(?!增)|-?fold(?![a-z])|times(?![a-z]))")
TENTHS = re.compile(r"成(?![立为员长本功交熟果就都品])(?P<more>[一二三四五六七八九半](?![年个大家]))?")
COUNTER = re.compile(
    rf"\s?(?:多|余|几)?\s?(?:万|亿|千|百)?(?:多|余)?(?:[{PERSONS}{THINGS}]|平方|公里|mb|gb|兆|亩|吨|小时|分钟|周|季)"
)
FRACTION = re.compile(
    r"(?P<half>一半)|(?P<below>[二三四五六七八九十两]{1,2})分之(?P<above>[一二三四五六七八九])"
    r"|(?P<words>(?:one|two|three|a)[- ](?:third|quarter|fifth|tenth)s?|(?:one|a) half)(?= of)"
)
BY_FRACTION = re.compile(r"(?P<words>(?:one|a)[- ](?:third|quarter|fifth|tenth))(?![a-z])(?![ ,(]{1,3}(?:or )?\d)")
BY = re.compile(
    r" by (?:about |around |nearly |almost |more than |over |roughly |some |less than |under |just |close to )?$"
)
FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}
STARTS = frozenset("0123456789零〇一二三四五六七八九十百千两+-$¥￥€£₹₩acefhijkmnoprstuvwyzbtg人美港欧日英韩新台澳加")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: `number` as printed, `scale` its power of ten, `currency` usd, cny, other or empty.

    `signed` when a sign is printed; `more` when the print says that there is somewhat more ("10多亿");
    `still` for a rate of none that is told without a figure.
    """

    kind: FigureKind
    number: Decimal
    scale: int = 0
    currency: str = ""
    signed: bool = False
    more: bool = False
    still: bool = False

    @property
    def hundred_millions(self) -> Decimal:
        """The amount of a money figure in units of 100 million."""
        return self.number.scaleb(self.scale - 8)


def read(lower: str, at: int) -> tuple[Figure, int] | None:
    """Return the figure printed at `at` and where it ends, or None when none starts there."""
    if at and lower[at - 1] in BEFORE_TORN and TORN.search(lower, max(0, at - 8), at):
        return None
    fraction = FRACTION.match(lower, at) or (BY.search(lower, max(0, at - 16), at) and BY_FRACTION.match(lower, at))
    if fraction:
        return Figure("percent", _fraction(fraction)), fraction.end()
    start, sign, currency = at, 1, ""
    prefix = PREFIX.match(lower, at)
    if prefix:
        start, currency = prefix.end(), CURRENCIES[prefix["currency"]]
    elif lower[at] in "+-":
        if at and ((lower[at - 1].isascii() and lower[at - 1].isalnum()) or lower[at - 1] in ")%"):
            return None
        start, sign = at + 1, -1 if lower[at] == "-" else 1
    signed = start == at + 1 and not prefix
    spoken = lower.startswith(PERCENT_OF, start)
    start += len(PERCENT_OF) * spoken
    if start and lower[start : start + 1] in DIGITS and lower[start - 1] in DIGITS and lower[start - 1] not in ZEROS:
        return None  # 两三成
    number = arabic(lower, start) or chinese(lower, start) or spelt(lower, start)
    if not number:
        return None
    value, end = number
    if not value.is_finite():
        magnitude = _money(lower, Decimal(1), end, currency) if lower[end - 1] in SMALL else None
        return Figure("number" if magnitude else "count", Decimal(0)), magnitude[1] if magnitude else end
    if spoken:
        return Figure("percent", sign * value, signed=signed), end
    return (
        _rate(lower, sign * value, end, signed=signed, money=bool(currency))
        or _money(lower, value, end, currency)
        or _counted(lower, sign * value, end, signed=signed)
    )


def _rate(lower: str, value: Decimal, end: int, *, signed: bool, money: bool) -> tuple[Figure, int] | None:
    """Read what follows a number as percent, points, a multiple or tenths (成)."""
    more = MORE.match(lower, end)
    end = more.end() if more else end
    points = POINTS.match(lower, end)
    if points:
        return Figure("points", value, signed=signed), points.end()
    percent = PERCENT.match(lower, end)
    if percent:
        tail = percent["tail"]
        if tail and value.as_tuple().exponent == 0:  # "27%.2" is 27.2%
            return Figure("percent", Decimal(f"{value}{tail}"), signed=signed), percent.end()
        return Figure("percent", value, signed=signed, more=bool(more)), percent.start(
            "tail"
        ) if tail else percent.end()
    times = TIMES.match(lower, end)
    if times:
        return Figure("multiple", value, more=bool(more)), times.end()
    tenths = TENTHS.match(lower, end)
    if tenths and 0 < value <= 10 and not money:
        rest = tenths["more"]
        tens = Decimal(5) if rest == "半" else (chinese(rest, 0) or (Decimal(0), 0))[0] if rest else Decimal(0)
        over = not rest and lower.startswith(("多", "余", "强"), tenths.end())
        tenth = value.scaleb(1)
        return Figure("percent", tenth + tens if rest else tenth, more=over), tenths.end() + over
    return None


def _money(lower: str, value: Decimal, end: int, currency: str) -> tuple[Figure, int] | None:
    """Read what follows a number as a scale and a currency; an amount in 亿 or billions may leave the currency out."""
    unit = UNIT.match(lower, end)
    if unit:
        power = HAN_SCALES[unit["han"]] if unit["han"] else LATIN_SCALES[unit["latin"]]
        return Figure("money", value, power, CURRENCIES[unit["currency"]]), unit.end()
    more = MORE.match(lower, end)
    at = more.end() if more else end
    scale = SCALE.match(lower, at)
    power = 0
    if scale:
        at = scale.end()
        power = HAN_SCALES[scale["han"]] if scale["han"] else LATIN_SCALES[scale["latin"]]
        more = more or MORE.match(lower, at)
        at = max(at, more.end() if more else 0)
        rest = REST.match(lower, at) if scale["han"] in ("亿", "万亿") else None
        if rest:  # 1462亿6000万元
            value += Decimal(rest["number"]).scaleb(HAN_SCALES[rest["scale"]] - power)
            at = rest.end()
    named = CURRENCY.match(lower, at)
    if named and named[0][-1] in SIGNS and lower[named.end() : named.end() + 1].isdigit():
        named = None  # "2021 $130.3bn"
    if named:
        currency = CURRENCIES[named["currency"] or named["bracketed"]]
        again = AGAIN.match(lower, named.end())
        at = again.end() if again else named.end()
    elif not currency and (not scale or power < 8 or COUNTER.match(lower, end) or scale["latin"] in ("b", "m", "tn")):
        return None
    if not scale and value < 1000 and not named and not currency:
        return None
    return Figure("money", value, power, currency, more=bool(more)), at


def _counted(lower: str, value: Decimal, end: int, *, signed: bool) -> tuple[Figure, int]:
    counter = COUNTER.match(lower, end)
    if counter:
        return Figure("count" if counter[0][-1] in PERSONS else "number", value), counter.end()
    return Figure("number", value, signed=signed), end


def _fraction(found: re.Match[str]) -> Decimal:
    part = found.groupdict()
    if part.get("half"):
        return Decimal(50)
    if part.get("below"):
        below, above = chinese(found["below"], 0), chinese(found["above"], 0)
        ratio = above[0] / below[0] if above and below else Decimal(0)
    else:
        count, unit = re.split("[- ]", found["words"])
        ratio = Decimal(WORDS.get(count, 1)) / next(part for word, part in FRACTIONS.items() if unit.startswith(word))
    return (ratio * 100).quantize(Decimal("0.1")).normalize()
