"""Verdicts in words: a paragraph per claim that can be printed as it stands, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from forecast.claims.court import Judged, Outlook
from forecast.claims.history import Runs, growth_rate
from forecast.claims.records import Claim
from forecast.claims.views import Outside, Pace
from series import catalog, precision

Language = Literal["en", "zh"]
_SCOPE = {
    "total": ("all outsourcing (onshore and offshore)", "全口径（在岸与离岸）"),
    "offshore": ("offshore outsourcing", "离岸服务外包"),
    "onshore": ("onshore outsourcing", "在岸服务外包"),
}
_MEASURE = {"execution": ("execution value", "执行额"), "contract": ("contract value", "合同额")}
_CURRENCY = {"usd": ("in dollars", "按美元计"), "cny": ("in yuan", "按人民币计")}
TELLING = 0.2
"""Points of growth a year between a figure and what rounds to it from which both are told."""
_YEARS = (("one", "一"), ("two", "两"), ("three", "三"), ("four", "四"), ("five", "五"))
_CHANCE = (
    (0.01, "almost none", "几乎没有可能"),
    (0.10, "very small", "可能性很小"),
    (0.33, "small", "可能性较小"),
    (0.66, "about even", "大致参半"),
    (0.90, "good", "可能性较大"),
    (0.99, "very good", "可能性很大"),
    (1.01, "near certain", "几乎可以肯定"),
)


def paragraph(claim: Claim, judged: list[Judged], language: Language) -> str:
    """Return the verdict on `claim` as one paragraph, or where several readings are judged as one line each."""
    head = claim.en if language == "en" else claim.zh
    body = [_sentence(claim, one, language) for one in judged]
    parts = [part for part in [head, *body, _caveat(judged, language)] if part]
    return ("\n" if len(judged) > 1 else " " if language == "en" else "").join(parts)


def subject_in_words(subject: str, language: Language) -> str:
    """Return a subject id as words: scope, measure and currency."""
    side = 0 if language == "en" else 1
    words = subject.split(".")
    if len(words) != 4 or words[0] != "cn" or words[-1] not in _CURRENCY:
        title = catalog.load().entry(subject).title
        if language == "zh":
            return title.zh
        return title.en if title.en.startswith(("China", "India")) else title.en[:1].lower() + title.en[1:]
    scope = next((_SCOPE[word][side] for word in words if word in _SCOPE), subject)
    measure = next((_MEASURE[word][side] for word in words if word in _MEASURE), "")
    currency = next((_CURRENCY[word][side] for word in words if word in _CURRENCY), "")
    return f"{measure} of {scope} {currency}".strip() if language == "en" else f"{scope}{measure}（{currency}）"


def chance(probability: float, language: Language) -> str:
    """Return a probability as a word, with fixed borders."""
    english, chinese = next((en, zh) for limit, en, zh in _CHANCE if probability < limit)
    return english if language == "en" else chinese


def percent(probability: float) -> str:
    """Return a probability in whole percent, never a false 0 or 100."""
    return f"{precision.chance(probability)}%"


def amount(value: Decimal, subject: str, language: Language) -> str:
    """Return a level held in hundreds of millions as people write it: bn, or 亿; with the digits that it has."""
    currency = subject.rsplit(".", 1)[-1]
    if currency == "share":
        return f"{number(value, language)}%"
    if language == "zh":
        return f"{number(value, language)}亿{'美元' if currency == 'usd' else '元'}"
    return f"{'USD' if currency == 'usd' else 'CNY'} {number(value.scaleb(-1), language)} bn"


def number(value: Decimal, language: Language) -> str:
    """Return a number with a true minus; thousands are set apart in English only."""
    return (f"{value:,f}" if language == "en" else f"{value:f}").replace("-", "−")


def with_article(subject: str) -> str:
    """Return an English subject with "the", which a country's own needs not: China's share."""
    return subject if subject.startswith(("China's", "India's")) else f"the {subject}"


def _sentence(claim: Claim, one: Judged, language: Language) -> str:
    if one.outcome:
        return _settled(claim, one, language)
    return _open(claim, one, one.now, language) if one.now else ""


def _settled(claim: Claim, one: Judged, language: Language) -> str:
    assert one.outcome is not None  # noqa: S101 - the caller has looked
    value = _came(one.outcome, one.reading.subject, language)
    wanted = amount(one.reading.asked, one.reading.subject, language)
    subject = subject_in_words(one.reading.subject, language)
    verdict = one.outcome["verdict"]
    if language == "zh":
        word = {"entailed": "已达到", "refuted": "未达到", "consistent": "在误差范围内无法判定"}[verdict]
        before = f"；按当时所知，概率为{percent(one.then.probability)}" if one.then else ""
        return f"{claim.end}年{subject}实际{value}，对照目标{wanted}，{word}{before}。"
    word = {"entailed": "so it was met", "refuted": "so it was not met", "consistent": "too close to tell"}[verdict]
    before = f" On what was known then, the chance was {percent(one.then.probability)}." if one.then else ""
    named = with_article(subject)
    return (
        f"{named[:1].upper()}{named[1:]} came to {value} in {claim.end} against the {wanted} that was claimed, "
        f"{word}.{before}"
    )


def _came(outcome: Mapping[str, Any], subject: str, language: Language) -> str:
    """Say what came: the value, or both ends where one number would not tell why the verdict is what it is."""
    close = outcome["verdict"] == "consistent"
    ends = precision.came(outcome["value"], outcome["low"], outcome["high"], outcome["last_digit"], close)
    low, high = (amount(end, subject, language) for end in ends)
    if low == high:
        return low if language == "en" else f"为{low}"
    return f"between {low} and {high}" if language == "en" else f"在{low}至{high}之间"


def _open(claim: Claim, one: Judged, now: Outlook, language: Language) -> str:
    subject = subject_in_words(one.reading.subject, language)
    wanted = _wanted(claim, one, now, language)
    latest = amount(now.latest_shown, one.reading.subject, language)
    then = one.then
    if language == "zh":
        before = f"（作出判断时为{percent(then.probability)}）" if then else ""
        recent = f"，而此前{_span(now.recent, language)}为{_rate(now.recent.rate)}%" if now.recent else ""
        return (
            f"按{subject}理解，{wanted}；自{now.latest}年的{latest}起，"
            f"{_takes(one, now, language)}{recent}。"
            f"{_past(now.runs, language, ceiling=one.reading.ceiling)}"
            f"{_views(now, language, ceiling=one.reading.ceiling)}"
            f"{'综合概率' if _pooled(now) else '故概率'}为{percent(now.probability)}{before}，"
            f"{chance(now.probability, language)}。"
        )
    before = f", against {percent(then.probability)} on what was known when it was made" if then else ""
    recent = f", against {_rate(now.recent.rate)}% over the {_span(now.recent, language)} before" if now.recent else ""
    return (
        f"Read as {subject}, it means {wanted}: from {latest} in {now.latest} that "
        f"{_takes(one, now, language)}{recent}. "
        f"{_past(now.runs, language, ceiling=one.reading.ceiling)} "
        f"{_views(now, language, ceiling=one.reading.ceiling)} "
        f"{'Together that' if _pooled(now) else 'So the chance'} is {percent(now.probability)}{before}: "
        f"{'the chance is ' if _pooled(now) else ''}{chance(now.probability, language)}."
    )


def _wanted(claim: Claim, one: Judged, now: Outlook, language: Language) -> str:
    """Say what a reading asks for and when, and what counts as met already where that takes another growth."""
    reading = one.reading
    asked, least = (amount(level, reading.subject, language) for level in (reading.asked, reading.least))
    apart = abs(growth_rate(now.latest_value, reading.demanded, now.runs.years) - now.required) >= TELLING
    if language == "zh":
        counted = f"（{'不高于' if reading.ceiling else '达到'}{least}即视为实现）" if apart else ""
        return f"{claim.end}年{'须不高于' if reading.ceiling else '须达到'}{asked}{counted}"
    counted = f" (counted as met {'up to' if reading.ceiling else 'from'} {least})" if apart else ""
    return f"{'at most ' if reading.ceiling else ''}{asked} in {claim.end}{counted}"


def _takes(one: Judged, now: Outlook, language: Language) -> str:
    """Say what growth a level takes or allows; below zero it is a fall, that of a share is told in points too."""
    required, ceiling, points = now.required, one.reading.ceiling, _points(one, now, language)
    rate = _rate(abs(required))
    if language == "zh":
        if required < 0:
            return f"每年至少须下降{rate}%{points}" if ceiling else f"即使每年下降{rate}%{points}也可达到"
        return f"{'每年增长不能超过' if ceiling else '每年还须增长'}{rate}%{points}"
    if required < 0:
        room = "takes a fall of at least" if ceiling else "leaves room for a fall of"
        return f"{room} {rate}% a year{points}"
    return f"{'allows at most' if ceiling else 'takes growth of' if points else 'takes'} {rate}% a year{points}"


def _points(one: Judged, now: Outlook, language: Language) -> str:
    """Say how many points a year the growth of a share is; nothing of an amount."""
    if one.reading.series.unit != "percent":
        return ""
    yearly = abs(one.reading.threshold - now.latest_value) / now.runs.years
    return f"（{yearly:.1f}个百分点）" if language == "zh" else f" ({yearly:.1f} percentage points)"


def _rate(rate: float) -> str:
    """Return a rate in percent with one decimal and a true minus."""
    return f"{rate:.1f}".replace("-0.0", "0.0").replace("-", "−")


def _span(recent: Pace, language: Language) -> str:
    """Say over how many years a series grew so: one year has no average."""
    if language == "zh":
        return f"{_YEARS[recent.years - 1][1]}年年均" if recent.years > 1 else "一年增速"
    return f"{_YEARS[recent.years - 1][0]} years" if recent.years > 1 else "year"


def _pooled(now: Outlook) -> bool:
    """Whether the chance puts two views together."""
    return now.inside is not None and now.outside is not None


def _views(now: Outlook, language: Language, *, ceiling: bool = False) -> str:
    """Say what the series itself gives and what others' records give."""
    inside, outside = now.inside, now.outside
    parts = []
    if inside:
        nowcast = inside.method == "nowcast"
        parts.append(
            f"{'按年内已知月份推算' if nowcast else '该序列自身的预测'}给出{percent(inside.probability)}"
            if language == "zh"
            else f"{'The months known of the year give' if nowcast else 'Forecasts of the series itself give'} it "
            f"{percent(inside.probability)}"
        )
    if outside:
        rate, counted = outside.rate, _counted(outside, ceiling, language)
        parts.append(
            f"{rate.economies}个经济体信息通信服务出口处于相近阶段的{rate.runs}个{rate.years}年区间中，"
            f"{percent(rate.share)}{'快于' if ceiling else '达到过'}这一速度{counted}"
            if language == "zh"
            else f"of {rate.runs} {rate.years}-year runs in the exports of ICT services of {rate.economies} economies "
            f"at a like stage, {percent(rate.share)} grew {'faster' if ceiling else 'that fast'}{counted}"
        )
    if language == "zh":
        return "；".join(parts) + "；" if parts else ""
    joined = "; ".join(parts)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""


def _counted(outside: Outside, ceiling: bool, language: Language) -> str:
    """Say what chance the share of runs stands for, where half a case more makes another number of it."""
    share, own = percent(outside.rate.share), percent(outside.probability)
    if ceiling or share == own:
        return ""
    return f"（计入半例后为{own}）" if language == "zh" else f", or {own} with half a case added"


def _past(runs: Runs, language: Language, *, ceiling: bool = False) -> str:
    if ceiling and runs.count:
        return _within(runs, language)
    if not runs.count:
        return "" if language == "zh" else "The series is too short to say how often it has done that."
    if language == "zh" and runs.count == 1:
        return f"历史上仅有的一个{runs.years}年区间{'达到' if runs.reached else '未达到'}过这一速度。"
    if language == "zh" and not runs.reached:
        return f"历史上{runs.count}个{runs.years}年区间中没有一个达到过这一速度。"
    if language == "zh" and runs.reached == runs.count:
        return f"历史上{runs.count}个{runs.years}年区间全部达到过这一速度。"
    if language == "zh":
        last = f"，最近一个止于{runs.newest_reached}年" if runs.newest_reached else ""
        return f"历史上{runs.count}个{runs.years}年区间中有{runs.reached}个达到过这一速度{last}。"
    if runs.count == 1:
        return f"The only {runs.years}-year run on record grew {'that fast' if runs.reached else 'less'}."
    if runs.reached == runs.count:
        return f"{'Both' if runs.count == 2 else f'All {runs.count}'} {runs.years}-year runs on record grew that fast."
    when = f", the last of them ending in {runs.newest_reached}" if runs.newest_reached else ""
    return f"Of the {runs.count} {runs.years}-year runs on record, {runs.reached or 'none'} grew that fast{when}."


def _within(runs: Runs, language: Language) -> str:
    """Say how many runs stayed within the growth that a ceiling allows."""
    within = runs.count - runs.reached
    if runs.count == 1:
        kept = ("stayed within that", "未超过这一速度") if within else ("grew faster", "快于这一速度")
        english = f"The only {runs.years}-year run on record {kept[0]}."
        return english if language == "en" else f"历史上仅有的一个{runs.years}年区间{kept[1]}。"
    if language == "en":
        return f"Of the {runs.count} {runs.years}-year runs on record, {within or 'none'} stayed within that."
    kept_zh = f"有{within}个未超过这一速度" if within else "没有一个不快于这一速度"
    return f"历史上{runs.count}个{runs.years}年区间中{kept_zh}。"


def _caveat(judged: list[Judged], language: Language) -> str:
    looks = [one.now for one in judged if one.now]
    if not looks:
        return ""
    others, overlap = any(one.outside for one in looks), any(one.outside or one.runs.count for one in looks)
    if language == "zh":
        record = "与其他经济体的经验" if others else ""
        runs = "；各区间相互重叠，并非独立试验" if overlap else ""
        return f"概率来自短序列上的统计模型{record}，且假定口径不变{runs}。"
    record = " and from the record of other economies" if others else ""
    runs = "; the runs overlap, so they are a description, not independent trials" if overlap else ""
    return (
        f"The probabilities come from statistical models on a short series{record}, and assume that definitions stay "
        f"as they are{runs}."
    )
