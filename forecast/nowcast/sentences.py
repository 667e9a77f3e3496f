"""Nowcasts in words: one paragraph in English or Chinese that can be printed as it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from series import precision

if TYPE_CHECKING:
    from forecast.nowcast import Nowcast
    from forecast.nowcast.records import Part

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DERIVED = 4
"""Digits of a sum of months that follows from a later growth rate."""
_UNITS = {"USD 100m": ("USD {} bn", "{}亿美元"), "CNY 100m": ("CNY {} bn", "{}亿元")}


def paragraph(told: Nowcast, language: str, reach: float | None = None) -> str:
    """Return the nowcast as one paragraph in `language` (en or zh)."""
    english = language == "en"
    name, year, unit = _name(told, english), told.year, told.record.unit
    point, low, high = (
        amount(precision.estimate(value, unit), unit, english) for value in (told.point, *told.interval)
    )
    if told.basis == "known":
        point = amount(precision.value(told.reached) if told.reached else _given(told.point), unit, english)
        said = [
            f"{name}: {year} is known, at {point}; there is nothing to nowcast."
            if english
            else f"{name}：{year}年数值已知，为{point}，无需即时预测。"
        ]
    elif told.latest is None and told.record.latest(year) is not None:
        said = [
            f"{name}: the months known of {year} come to nothing, which says little of the rest, so this is the annual "
            f"forecast: {point}, with four chances in five between {low} and {high}."
            if english
            else f"{name}：{year}年已知月份合计为零，此处为年度预测：{point}，八成把握在{low}至{high}之间。"
        ]
    elif told.latest is None:
        said = [
            f"{name}: nothing is known of the months of {year} yet, so this is the annual forecast: {point}, "
            f"with four chances in five between {low} and {high}."
            if english
            else f"{name}：{year}年各月尚无已知数据，此处为年度预测：{point}，八成把握在{low}至{high}之间。"
        ]
    else:
        said = [*_months(told, told.latest, name, english), _year(year, (point, low, high), english)]
        said += _baselines(told, english)
    if reach is not None:
        chance, level = _percent(told.probability(reach)), amount(_given(reach).normalize(), unit, english)
        said.append(
            f"The probability that the year reaches {level} is {chance}."
            if english
            else f"全年达到{level}的概率为{chance}。"
        )
    return " ".join(said) if english else "".join(said)


def amount(value: Decimal, unit: str, english: bool) -> str:
    """Return an amount with the digits it has, as people write it: USD 51.65 bn, or 516.5亿美元."""
    if unit in _UNITS:
        return _UNITS[unit][0 if english else 1].format(_digits(value.scaleb(-1) if english else value, english))
    return f"{_digits(value, english)} {unit}".strip() if english else f"{_digits(value, english)}{unit}"


def _digits(value: Decimal, english: bool) -> str:
    """Write a number out; only English has commas."""
    return f"{value:,f}" if english else f"{value:f}"


def _given(value: float) -> Decimal:
    """Return a number that somebody gave, without what arithmetic leaves behind its ninth digit."""
    return precision.plain(Decimal(f"{value:.9g}"))


def _known(part: Part) -> Decimal:
    """Return the sum of the months: as it was given, or as far as it can be trusted where it is derived."""
    return precision.rounded(part.value, precision.last_of(part.value, DERIVED)) if part.derived else _given(part.value)


def _months(told: Nowcast, part: Part, name: str, english: bool) -> list[str]:
    value = amount(_known(part), told.record.unit, english)
    carried = [100 * share for one, share in told.record.shares(told.year) if one.months == part.months]
    now = 100 * told.share.value if told.share else float("nan")
    if english:
        span = MONTHS[0] if part.months == 1 else f"January to {MONTHS[part.months - 1]}"
        growth = "" if part.growth is None else f", {_change(part.growth, english)} the same months a year earlier"
        said = [f"{name}, {span} {part.year}: {value}{growth}."]
        before = (
            f"In {len(carried)} earlier years these months carried {_range(carried, ' to ')} of the year; "
            if len(carried) > 1
            else f"A year on record carried {_range(carried, ' to ')} in these months; "
            if carried
            else "No earlier year on record tells what these months carry; "
        )
        return [*said, f"{before}for {part.year} the share is put at {now:.0f}%."]
    span = "1月" if part.months == 1 else f"1—{part.months}月"
    growth = "" if part.growth is None else f"，{_change(part.growth, english)}"
    before = (
        f"有记录的{len(carried)}个年份中，同期占全年的{_range(carried, '至')}；"
        if carried
        else "此前没有同期占比的记录；"
    )
    return [f"{name}，{part.year}年{span}：{value}{growth}。", f"{before}{part.year}年的占比估计为{now:.0f}%。"]


def _year(year: int, amounts: tuple[str, str, str], english: bool) -> str:
    point, low, high = amounts
    if english:
        return f"The nowcast for {year} is {point}, with four chances in five between {low} and {high}."
    return f"{year}年全年的即时预测为{point}，八成把握在{low}至{high}之间。"


def _baselines(told: Nowcast, english: bool) -> list[str]:
    unit = told.record.unit
    said = []
    if told.run_rate is not None:
        rate = amount(precision.estimate(told.run_rate, unit), unit, english)
        said.append(
            f"Simply scaling the months up to twelve would give {rate}." if english else f"按月均简单推算为{rate}。"
        )
    if told.same_growth is not None:
        same = amount(precision.estimate(told.same_growth, unit), unit, english)
        said.append(
            f"Last year's total with the same growth would give {same}." if english else f"按同期增速推算为{same}。"
        )
    return said


def _name(told: Nowcast, english: bool) -> str:
    title = told.record.title
    if title is None:
        return told.record.id
    return title.en if english else title.zh


def _change(percent: float, english: bool) -> str:
    if english:
        return f"{abs(percent):.1f}% {'more' if percent >= 0 else 'less'} than in"
    return f"同比{'增长' if percent >= 0 else '下降'}{abs(percent):.1f}%"


def _range(shares: list[float], between: str) -> str:
    low, high = f"{min(shares):.0f}", f"{max(shares):.0f}"
    return f"{low}%" if low == high else f"{low}{between}{high}%"


def _percent(probability: float) -> str:
    if probability < 0.005:
        return "<1%"
    return ">99%" if probability > 0.995 else f"{100 * probability:.0f}%"
