"""Figures with their units: money, percent, percentage points, multiples, counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from series.extract.numerals import WORDS, arabic, chinese

FigureKind = Literal["money", "percent", "points", "multiple", "count", "number"]
CURRENCIES = {
    "usd": "usd", "us$": "usd", "$": "usd", "美元": "usd", "美金": "usd", "us dollars": "usd", "us dollar": "usd",
    "u.s. dollars": "usd", "u.s. dollar": "usd", "u.s dollars": "usd", "dollars": "usd", "dollar": "usd", "usd$": "usd", "usds": "usd",
    "american dollars": "usd", "greenbacks": "usd", "u.s.$": "usd",
    "元": "cny", "元人民币": "cny", "人民币元": "cny", "人民币": "cny", "rmb": "cny", "cny": "cny", "yuan": "cny", "renminbi": "cny",
    "¥": "cny", "￥": "cny", "rmb yuan": "cny", "chinese yuan": "cny", "yuan rmb": "cny", "rmb¥": "cny", "圆": "cny", "yuan renminbi": "cny",
    "元(人民币)": "cny", "元rmb": "cny",
    "欧元": "other", "日元": "other", "港元": "other", "港币": "other", "英镑": "other", "韩元": "other", "新台币": "other",
    "euros": "other", "euro": "other", "yen": "other", "pounds": "other", "hk$": "other", "hong kong dollars": "other",
    "€": "other", "£": "other", "rupees": "other", "won": "other", "卢比": "other", "新元": "other", "台币": "other",
}  # fmt: skip
SCALES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "兆": 12,
    "trillion": 12, "tn": 12, "trln": 12, "trn": 12, "billion": 9, "bn": 9, "bln": 9, "b": 9, "million": 6, "mn": 6, "mln": 6, "m": 6,
    "billions": 9, "millions": 6, "trillions": 12, "hundred million": 8, "thousand": 3,
}  # fmt: skip
CLASSIFIERS = "个人家份项件名户位所种条台套次座篇批国强款点届处只类省市年天岁倍".replace("倍", "").replace("点", "")


def _either(words: dict[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


PREFIX = re.compile(rf"(?P<currency>{_either({k: 1 for k in CURRENCIES if k not in ('元', '圆', 'won')})})\s?(?=[\d零一二三四五六七八九十百千两])")
SCALE = re.compile(rf"\s?-?(?:(?P<han>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|兆)|(?P<latin>{_either({k: 1 for k in SCALES if k.isascii()})})(?![a-z]))")
CURRENCY = re.compile(rf"[\s-]?(?:\((?P<bracketed>{_either(CURRENCIES)})\)|(?P<currency>{_either(CURRENCIES)})(?![a-z]))")
REST = re.compile(r"(?P<number>\d{1,4}(?:\.\d+)?)(?P<scale>千万|百万|万)")
PERCENT = re.compile(r"\s?-?(?:%|percents?(?![a-z])|per cents?(?![a-z])|pct(?![a-z])|个?百分点|个?百分比|percentage points?(?![a-z])|pp(?![a-z]))(?P<tail>\.\d+)?")
POINTS = re.compile(r"\s?-?(?:%|percents?|per cents?)?\s?-?(?:个?百分点|percentage[- ]points?|points?(?![a-z])|pp(?![a-z])|basis points?)|\s?个点")
PERCENT_OF = re.compile(r"百分之")
TIMES = re.compile(r"\s?(?:倍(?!增)|-?fold(?![a-z])|times(?![a-z]))")
TENTHS = re.compile(r"成(?![立为员长本功交熟果就都品])(?P<more>[一二三四五六七八九半](?![年个大家]))?")
COUNTER = re.compile(rf"(?:\s?(?:多|余|几))?\s?(?:万|亿|千|百)?(?:多|余)?(?:[{CLASSIFIERS}]|平方|公里|mb|gb|兆|亩|吨|小时|分钟|周|季|项)")
FRACTION = re.compile(r"(?P<below>[二三四五六七八九十两]{1,2})分之(?P<above>[一二三四五六七八九])|(?P<words>(?:one|two)[- ](?:third|quarter|fifth)s?|three[- ]quarters|a (?:third|quarter|fifth)|one half)(?= of)")
MORE = re.compile(r"\s?(?:多|余|来)(?=\s?(?:万亿|亿|万|个|倍|%))")
FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5, "half": 2}
COUNTS = frozenset("人家份件名户")
STARTS = frozenset("0123456789零〇一二三四五六七八九十百千两+-$¥￥€£ucryhea人美港欧日英韩新台otw")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: `number` as printed, `scale` its power of ten, `currency` usd, cny, other or empty."""

    kind: FigureKind
    number: Decimal
    scale: int = 0
    currency: str = ""
    signed: bool = False
    more: bool = False

    @property
    def hundred_millions(self) -> Decimal:
        """The amount of a money figure in units of 100 million."""
        return self.number.scaleb(self.scale - 8)


def read(lower: str, at: int) -> tuple[Figure, int] | None:
    """Return the figure printed at `at` and where it ends, or None when none starts there."""
    fraction = FRACTION.match(lower, at)
    if fraction:
        return Figure("percent", _fraction(fraction), more=False), fraction.end()
    start, sign = at, 1
    prefix = PREFIX.match(lower, at)
    currency = CURRENCIES[prefix["currency"]] if prefix else ""
    if prefix:
        start = prefix.end()
    elif lower[at] in "+-":
        if at and (lower[at - 1].isascii() and lower[at - 1].isalnum() or lower[at - 1] in ")%"):
            return None
        sign = -1 if lower[at] == "-" else 1
        start = at + 1
    spoken = PERCENT_OF.match(lower, start)
    if spoken:
        start = spoken.end()
    number = arabic(lower, start) or chinese(lower, start)
    if not number:
        return None
    value, end = number
    if not value.is_finite():
        return Figure("count", Decimal(0)), end
    value *= sign
    if spoken:
        return Figure("percent", value, signed=sign < 0), end
    return _with_unit(lower, value, end, currency, signed=start == at + 1)


def _with_unit(lower: str, value: Decimal, end: int, currency: str, *, signed: bool) -> tuple[Figure, int] | None:
    more = MORE.match(lower, end)
    if more:
        end = more.end()
    points = POINTS.match(lower, end)
    if points:
        return Figure("points", value, signed=signed), points.end()
    percent = PERCENT.match(lower, end)
    if percent:
        if percent["tail"] and value == value.to_integral_value():
            value = Decimal(f"{value}{percent['tail']}")  # "27%.2" is 27.2%
            return Figure("percent", value, signed=signed), percent.end()
        return Figure("percent", value, signed=signed, more=bool(more)), _bare_end(percent)
    times = TIMES.match(lower, end)
    if times:
        return Figure("multiple", value, more=bool(more)), times.end()
    tenths = TENTHS.match(lower, end)
    if tenths and value <= 10 and not currency:
        rest = tenths["more"]
        part = Decimal(5) if rest == "半" else Decimal("一二三四五六七八九".index(rest) + 1) if rest else Decimal(0)
        return Figure("percent", value * 10 + part), tenths.end()
    return _money(lower, value, end, currency, bool(more)) or _counted(lower, value, end, signed=signed)


def _bare_end(percent: re.Match[str]) -> int:
    """End of a percent sign without the digits that may follow it by damage."""
    return percent.start("tail") if percent["tail"] else percent.end()


def _money(lower: str, value: Decimal, end: int, currency: str, more: bool) -> tuple[Figure, int] | None:
    scale = SCALE.match(lower, end)
    power = SCALES[scale[0].strip(" -")] if scale else 0
    at = scale.end() if scale else end
    if scale and scale["han"] and not more:
        extra = MORE.match(lower, at) or re.compile("[多余](?=[元美人])").match(lower, at)
        if extra:
            at, more = extra.end(), True
        rest = REST.match(lower, at)
        if rest and scale["han"] in ("亿", "万亿"):
            value += Decimal(rest["number"]).scaleb(SCALES[rest["scale"]] - power)
            at = rest.end()
    if COUNTER.match(lower, end) and not currency and not CURRENCY.match(lower, at):
        return None
    named = CURRENCY.match(lower, at)
    if named:
        currency = CURRENCIES[named["currency"] or named["bracketed"]]
        at = named.end()
        again = re.compile(r"\s?(?:人民币|\(人民币\)|rmb(?![a-z]))").match(lower, at)
        at = again.end() if again else at
    if not currency and not (scale and (scale["han"] or "").endswith("亿")) and not (scale and scale["latin"] and len(scale["latin"]) > 2):
        return None
    if not currency and not scale:
        return None
    return Figure("money", value, power, currency, more=more), at


def _counted(lower: str, value: Decimal, end: int, *, signed: bool) -> tuple[Figure, int]:
    counter = COUNTER.match(lower, end)
    if counter:
        return Figure("count" if counter[0][-1] in COUNTS else "number", value), counter.end()
    wide = re.compile(r"\s?(?:万|亿)?(?:人|家|份)").match(lower, end)
    if wide:
        return Figure("count", value), wide.end()
    return Figure("number", value, signed=signed), end


def _fraction(found: re.Match[str]) -> Decimal:
    if found["below"]:
        below = chinese(found["below"], 0)
        above = chinese(found["above"], 0)
        ratio = (above[0] if above else Decimal(1)) / (below[0] if below else Decimal(1))
    else:
        words = re.split("[- ]", found["words"])
        unit = next(value for word, value in FRACTIONS.items() if words[-1].startswith(word))
        ratio = Decimal(WORDS.get(words[0], 1)) / unit
    return (ratio * 100).quantize(Decimal("0.1")).normalize()
