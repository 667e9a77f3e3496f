"""Ruling words: what arithmetic found, as a paragraph that can be printed, in English and Chinese."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from decimal import Decimal

from forecast.claims.arithmetic import Weighed
from forecast.claims.records import Claim
from forecast.claims.sentences import Language, amount, number, subject_in_words, with_article
from series import precision
from series.periods import Period

OUTCOME = {
    "entailed": ("the statement follows from the evidence", "该说法可由现有数据推出"),
    "consistent": (
        "the evidence leaves room for the statement, but does not prove it",
        "该说法与现有数据不矛盾，但未获证明",
    ),
    "refuted": ("the evidence rules the statement out", "现有数据排除了该说法"),
}
ROUNDED = (
    "the statement holds only within the rounding of the figures printed beside it, {}",
    "该说法仅在其所依据数字的四舍五入范围内（{}）成立",
)
BESIDE = (
    "By the figures that its own text prints, the end is {:,.2f} times the base, an increase of {:,.2f} times.",
    "按同一文本所载数字，期末为基期的{:.2f}倍，即增加{:.2f}倍。",
)
RATIO = (
    " So {} is a ratio (times as much), not an increase (times more), though it is worded as one.",
    "可见{}倍是“是基期的多少倍”，不是“增长了多少倍”。",
)


def paragraph(claim: Claim, weighed: Sequence[Weighed], language: Language) -> str:
    """Return the ruling on a statement of the past as one paragraph."""
    head = claim.en if language == "en" else claim.zh
    body = [_sentence(claim, one, language) for one in weighed]
    if claim.wording == "increase":
        body.append(_wording(claim, weighed, language))
    return " ".join([head, *body]) if language == "en" else "".join([head, *body])


def period_in_words(period: Period, language: Language) -> str:
    """Return a period as people write it: 2015, January to August 2020, 2020年1—8月."""
    year, first, last = period.start // 12, period.start % 12 + 1, period.end % 12 + 1
    whole = period.start % 12 == 0 and period.end % 12 == 11
    if whole:
        final = period.end // 12
        span = f"{year}" if final == year else f"{year} to {final}"
        return span if language == "en" else f"{span.replace(' to ', '—')}年"
    if language == "zh":
        return f"{year}年{first}月" if first == last else f"{year}年{first}—{last}月"
    names = calendar.month_name
    return f"{names[first]} {year}" if first == last else f"{names[first]} to {names[last]} {year}"


def _sentence(claim: Claim, one: Weighed, language: Language) -> str:
    side = 0 if language == "en" else 1
    outcome = OUTCOME[one.ruling][side]
    if one.rounded and one.own:
        outcome = ROUNDED[side].format(_range(claim, one, one.own.low, one.own.high, language))
    found = _range(claim, one, one.implied.low, one.implied.high, language)
    claimed = _claimed(claim, one, language)
    what = _what(claim, one, language)
    if language == "en":
        return f"On all other evidence {what} was {found}, against {claimed} that is claimed: {outcome}."
    return f"据其他全部数据，{what}为{found}，而说法为{claimed}：{outcome}。"


def _what(claim: Claim, one: Weighed, language: Language) -> str:
    assert claim.end is not None  # noqa: S101 - a checkable claim has one
    subject, end = subject_in_words(one.subject, language), period_in_words(claim.end, language)
    base = period_in_words(one.base, language) if one.base else ""
    many = one.base is not None and claim.end.end - one.base.end > 12
    if claim.kind == "growth" and one.base == claim.end.shift(-12):
        yearly = f"the growth of {with_article(subject)} in {end} on a year earlier"
        return yearly if language == "en" else f"{subject}{end}的同比增长率"
    if language == "zh":
        rate = "年均增长率" if many else "增长率"
        return {
            "growth": f"{subject}{base}至{end}的{rate}",
            "multiple": f"{subject}{end}与{base}之比"
            if one.sense != "times more"
            else f"{subject}{end}较{base}增加的倍数",
            "points": f"{subject}{base}至{end}的变化",
        }.get(claim.kind, f"{end}{subject}")
    rate = "the average annual growth" if many else "the growth"
    subject = with_article(subject)
    return {
        "growth": f"{rate} of {subject} from {base} to {end}",
        "multiple": (
            f"{subject} in {end} over that of {base}"
            if one.sense != "times more"
            else f"the increase of {subject} from {base} to {end}, counted in times its base,"
        ),
        "points": f"the change of {subject} from {base} to {end}",
    }.get(claim.kind, f"{subject} in {end}")


def _claimed(claim: Claim, one: Weighed, language: Language) -> str:
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    hedge = {"over": ("more than ", "超过"), "under": ("less than ", "不足"), "about": ("about ", "约")}.get(
        claim.hedge
    )
    side = 0 if language == "en" else 1
    value = (
        amount(precision.rounded(float(claim.value), claim.last_digit), one.subject, language)
        if claim.kind == "level"
        else _plain(number(claim.value, language), claim, language)
    )
    return f"{hedge[side] if hedge else ''}{value}"


def _range(claim: Claim, one: Weighed, low: float, high: float, language: Language) -> str:
    def said(value: Decimal) -> str:
        return amount(value, one.subject, language) if claim.kind == "level" else number(value, language)

    if not math.isfinite(high):
        least = said(precision.least(low))
        return f"{'at least ' if language == 'en' else '不低于'}{_plain(least, claim, language)}"
    first, last = map(said, precision.came((low + high) / 2, low, high, close=one.ruling == "consistent"))
    joint = " to " if language == "en" else "%至" if claim.kind in ("growth", "share") else "至"
    return _plain(first if first == last else f"{first}{joint}{last}", claim, language)


def _plain(text: str, claim: Claim, language: Language) -> str:
    unit = {
        "growth": ("%", "%"), "share": ("%", "%"), "points": (" points", "个百分点"), "multiple": (" times", "倍"),
    }.get(claim.kind, ("", ""))  # fmt: skip
    return f"{text}{unit[0 if language == 'en' else 1]}"


def _wording(claim: Claim, weighed: Sequence[Weighed], language: Language) -> str:
    """Say whether "increased N times" is a ratio or an increase, by the figures of its own text and by all evidence."""
    assert claim.value is not None  # noqa: S101 - a checkable claim has one
    ratio = next((one for one in weighed if one.sense == "times as much"), None)
    if ratio is None or ratio.simple is None:
        return ""
    side = 0 if language == "en" else 1
    beside = BESIDE[side].format(ratio.simple, ratio.simple - 1)
    is_ratio = round(ratio.simple) == round(float(claim.value))
    return beside + (RATIO[side].format(f"{claim.value:f}") if is_ratio else "")
