"""Figures: which of the figures of a sentence are claimed, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from forecast.claims.hearing.asides import supposed
from forecast.claims.hearing.clues import Clues, signed
from forecast.claims.hearing.denials import denied
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import PERCENT_FROM, told
from forecast.claims.records import ClaimHedge, ClaimKind, Wording
from series.extract.clauses import hedge_of
from series.extract.roles import Role, portion, role_after, role_before
from series.extract.tokens import Token
from series.extract.units import Figure

HEDGES = {"nearly": "about", "over": "over", "under": "under", "about": "about"}
AND = re.compile(
    r"\s*(?:(?:in|for|by) (?:\d{4}|this year|next year))?\s*(?:和|与|及|、|and|,|, and)\s*(?:\d{4}年|明年)?"
    r"(?:约|超|逾|about |over )?"
)
OF_WHOLE = re.compile(
    r"\s?of (?:the |all |china's |total |national )*"
    r"(?:offshore|onshore|outsourcing|total|national|execution|contract|world)"
    r"|(?:以上|以下|左右)?的(?:离岸|在岸|服务外包|外包|执行额|合同)"
)
AND_MORE = re.compile(r"(?:多|有余)(?![个年家])|\s*or (?:more|higher|above|over)\b|\s*及以上")
OR_LESS = re.compile(r"\s*or (?:less|lower|below|under)\b|\s*及以下")
FASTER = re.compile(r"\s*(?:as (?:fast|quick)|the (?:rate|pace|speed|growth))|于?.{0,8}的?(?:增速|速度)")
DENIED = "what is claimed: the sentence denies something; say 'not more than' or 'less than' a figure"
MADE_UP = re.compile(r"\b(?:make|makes|made|making|take|takes|taking) up\b|\bup from\b")
MOVED = "whether the share changes by so many percentage points or comes to so many percent"
TARGET_BEFORE = re.compile(r"(?:目标|计划|任务)的?\s*(?:约|近|超)?$")
TARGET_AFTER = re.compile(
    r"\s?of (?:the |its |this year's |last year's )*(?:annual |full-year |yearly )?(?:target|goal|plan)\b"
)
BELOW = re.compile(r"(?:\bbelow|\bunder|低于|跌破)\s*(?:about )?$")
RATE = re.compile(  # growth itself doubles, halves or is compared: "the pace of growth in offshore execution will"
    r"(?:\b(?:growth|rate|pace|speed|expansion)s?(?: rates?)?"
    r"(?: (?:in|of|for) (?:(?!\b(?:means?|lets?|lifts?|helps?|drives?|so|that|as)\b)[^,;。]){1,60}?)?"
    r"|增速|增幅|增长率|增长速度|增长幅度|涨幅|降幅|的增长)\s*"
    r"(?:(?:will|would|is to|could|may|might|should|has|have|had|also|to|is|be|was|fall|drop|slow|more than|almost"
    r"|nearly|about|expected|forecast|set|likely|将|会|有望|预计|或|可能|是|为|达到|达|降至|降到|放缓至|回落至|较|比|近|约|超过"
    r"|(?:\d{4}年|上年|去年|前一年)的?)\s*)*$"
)
OF_YEAR = re.compile(
    r"\s?of (?:(?:its|the|their) )?\d{4}(?:'s)? (?:level|figure|value|volume|size|peak|mark|total)"
    r"|\s?of (?:what (?:it|they) (?:was|were)|that|the (?:level|figure|value)) (?:in|of) \d{4}"
)
OF_YEAR_BEFORE = re.compile(r"(?:为|是|达到?|至|到|相当于)\d{4}年(?:的?水平|同期)?的(?:约|近|超过?|逾)?$")
LARGER = re.compile(r"\s*(?:as )?(?:larger|bigger|higher|greater|more)\b")
GROWING = re.compile(r"\b(?:grow|grew|increas|expand|ris|rose)\w*\s*(?:by )?$")
LIKENED = re.compile(r"\s*(?:as|the|that|its|their|what)\b")
SMALLER = re.compile(r"\s*(?:smaller|lower|less)\b")
RISING = re.compile(r"\b(?:grow|increase|rise|expand|climb|rebound)\b|增长|增加|上升")
CROSSING = ("over", "under")


@dataclass(frozen=True, slots=True)
class Pointed:
    """A figure that something is claimed by: what kind of claim, the value in its unit, and what is wrong with it."""

    kind: ClaimKind
    token: Token
    value: Decimal | None
    unit: str
    hedge: ClaimHedge
    wording: Wording = ""
    currency: str = ""
    total_growth: bool = False  # over the whole span, not a year
    fallen: bool = False  # "under" by "falls to": a limit where it is foretold, a figure where it is past
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


def point(clues: Clues) -> tuple[list[Pointed], list[Token]]:
    """Return the claimed figures in order, and the amounts that a "from … to …" only starts from."""
    found: list[Pointed] = []
    starts: list[Token] = []
    tokens, aside = clues.tokens, supposed(clues)
    since = 0
    for index, token in enumerate(tokens):
        if token.kind != "figure":
            continue
        if token.start in aside:
            since = index + 1
            continue
        figure: Figure = token.meaning
        before = clues.lower[tokens[since - 1].end if since else 0 : token.start]
        if figure.kind == "money" and compiled().from_before.search(before):
            starts.append(token)
            since = index + 1
            continue
        if token.start in clues.uppers and found:
            found.append(replace(found[-1], token=token, value=_like(found[-1], figure), hedge="under"))
            since = index + 1
            continue
        if figure.kind == "percent" and PERCENT_FROM.search(clues.lower[: token.start]):
            starts.append(token)
            continue
        pointed = _pointed(clues, index, since, before)
        if pointed and _ranged(tokens[index + 1 :], clues):
            pointed = replace(pointed, hedge="over")
        if pointed is None and found and figure.kind == found[-1].token.meaning.kind and AND.fullmatch(before):
            pointed = replace(found[-1], token=token, value=_like(found[-1], figure), currency=figure.currency)
        if pointed:
            found.append(pointed)
            since = index + 1
    return found, starts


def _ranged(following: Sequence[Token], clues: Clues) -> bool:
    """Whether the next figure is the upper end of a range that starts with this one."""
    figure = next((token for token in following if token.kind == "figure"), None)
    return figure is not None and figure.start in clues.uppers


def _like(earlier: Pointed, figure: Figure) -> Decimal:
    return figure.hundred_millions if earlier.kind == "level" else figure.number


def _pointed(clues: Clues, index: int, since: int, before: str) -> Pointed | None:
    token = clues.tokens[index]
    figure: Figure = token.meaning
    words = compiled()
    hedge = cast(ClaimHedge, HEDGES.get(hedge_of(clues.tokens, index, clues.lower), "exact"))
    if hedge == "exact" and (words.at_least.search(before) or AND_MORE.match(clues.lower[token.end :])):
        hedge = "over"
    if hedge == "exact" and OR_LESS.match(clues.lower[token.end :]):
        hedge = "under"
    fallen = hedge == "exact" and figure.kind in ("money", "percent") and bool(words.falling_to.search(before))
    if fallen:
        hedge, fallen = "under", not BELOW.search(before)
    denial = denied(clues, token, before)
    if denial == "limit":
        hedge = "under"
    elif denial == "denial":
        found = _asserted(clues, index, since, hedge, before)
        return found and replace(found, missing=(*found.missing, DENIED))
    found = _asserted(clues, index, since, hedge, before)
    return replace(found, fallen=True) if found and fallen else found


def _asserted(clues: Clues, index: int, since: int, hedge: ClaimHedge, before: str) -> Pointed | None:
    token = clues.tokens[index]
    figure: Figure = token.meaning
    if figure.kind == "money":
        return _money(clues, index, hedge, before)
    if figure.kind == "percent":
        return _percent(clues, index, since, hedge)
    if figure.kind == "points":
        shared = any(one.kind == "role" and one.meaning == "share" for one in clues.tokens)
        sign = -1 if compiled().falling.search(before) or signed(clues, token) else 1
        missing = () if shared else ("points of what: of a share that is named",)
        return Pointed("points", token, sign * abs(figure.number), "points", hedge, missing=missing)
    if figure.kind == "multiple":
        return _multiple(clues, token, hedge, before)
    return _bare(clues, token, before)


def _money(clues: Clues, index: int, hedge: ClaimHedge, before: str) -> Pointed | None:
    token = clues.tokens[index]
    figure: Figure = token.meaning
    said = [one for one in clues.tokens[max(0, index - 3) : index] if one.kind not in ("filler", "hedge", "plan")]
    measured = bool(said) and said[-1].kind.startswith(("measure", "part_"))  # 执行额1.1万亿元
    words = compiled()
    after = clues.lower[token.end : token.end + 24]
    if not (
        words.reaching.search(before)
        or words.growth.search(before)
        or words.reaching.search(after)
        or hedge != "exact"
        or measured
    ):
        return None
    missing: list[str] = []
    value = figure.hundred_millions
    if signed(clues, token):
        missing.append(f"an amount that is possible: {clues.word(token)} is negative")
    if words.by_amount.search(before):
        missing.append("the level that is to be reached: only the amount of an increase is given")
    if figure.currency == "other":
        missing.append("an amount in dollars or yuan")
    if value == 0:
        missing.append("an amount above zero")
    currency = figure.currency if figure.currency in ("usd", "cny") else ""
    unit = {"usd": "USD 100m", "cny": "CNY 100m"}.get(currency, "100m")
    return Pointed("level", token, value, unit, hedge, currency=currency, missing=tuple(missing))


def _percent(clues: Clues, index: int, since: int, hedge: ClaimHedge) -> Pointed | None:
    tokens, token = clues.tokens, clues.tokens[index]
    figure: Figure = token.meaning
    words = compiled()
    if TARGET_BEFORE.search(clues.lower[: token.start]) or TARGET_AFTER.match(clues.lower[token.end :]):
        return None  # how much of a target is done says nothing about a whole that the ledger knows
    if _of_earlier(clues, token):
        return None
    role = role_before(tokens[since:index], clues.lower)
    if role is None or role.name == "none":
        following = role_after(tokens, index + 1, clues.lower)
        role = following[0] if following else role
    near = clues.lower[tokens[since].start if since < index else token.start :][:120]
    average = told(clues, token, words.average)
    shared = any(one.kind == "role" and one.meaning == "share" for one in tokens[since:index])
    led = MADE_UP.sub("", near[: near.find(clues.word(token)) + 1])
    moved = shared and not average and words.growth.search(led)
    if shared and ((hedge in CROSSING and not moved) or words.up_to.search(clues.lower[: token.start])):
        role = Role("share")
    elif moved:
        return Pointed("share", token, figure.number, "percent", hedge, missing=(MOVED,))
    earlier = any(one.kind == "role" and one.meaning == "share" for one in tokens[:since])
    if earlier and not average and not words.growth.search(clues.lower[tokens[since - 1].end : token.start]):
        role = Role("share")  # a share goes on being what is spoken of: "…, 2027年不会低于12%"
    larger, smaller = LARGER.match(clues.lower[token.end :]), SMALLER.match(clues.lower[token.end :])
    grown = words.growth.search(near[: near.find(clues.word(token)) + 1]) or larger or smaller
    if OF_WHOLE.match(clues.lower[token.end :]) and (not grown or words.up_to.search(clues.lower[: token.start])):
        role = Role("share")
    if role and role.name == "share" and not (average and words.growth.search(near)):
        value = figure.number
        fallen = hedge == "exact" and bool(words.falling.search(led))
        hedge = "under" if fallen else hedge
        missing = () if 0 <= value <= 100 else (f"a share between 0 and 100 %: {value}% is impossible",)
        return Pointed("share", token, value, "percent", hedge, missing=missing, fallen=fallen)
    compared = (role and role.name in ("growth", "cagr")) or larger or smaller
    if not compared and not average and not words.growth.search(clues.lower):
        return None
    down = max((one.end for one in tokens[since:index] if one.kind == "role" and one.meaning == "down"), default=0)
    risen = bool(down) and RISING.search(clues.lower, down, token.start)  # "will not shrink; it will grow 3%"
    falling = smaller or (not risen and role is not None and role.sign < 0) or _falls(led)
    value = -abs(figure.number) if falling or signed(clues, token) else figure.number
    impossible = (f"growth above -100 %: {value}% is impossible",) if value <= -100 else ()
    return Pointed("growth", token, value, "percent a year", hedge, total_growth=not average, missing=impossible)


def _falls(led: str) -> bool:
    """Whether the words that lead to a figure are of a fall, with no rise after: "not shrink but grow"."""
    falls = list(compiled().falling.finditer(led))
    return bool(falls) and not RISING.search(led, falls[-1].end())


def _of_earlier(clues: Clues, token: Token) -> bool:
    """Whether a percentage or a half is of an earlier level or rate: "180% of its 2020 level", "增速降至上年的一半"."""
    before = clues.lower[: token.start]
    named = any(one.kind == "role" and one.meaning == "share" for one in clues.tokens)
    halved = portion(clues.word(token)) and before.endswith("的") and RATE.search(before)
    return bool(halved or OF_YEAR.match(clues.lower, token.end) or (OF_YEAR_BEFORE.search(before) and not named))


def _multiple(clues: Clues, token: Token, hedge: ClaimHedge, before: str) -> Pointed | None:
    figure: Figure = token.meaning
    if RATE.search(before) or FASTER.match(clues.lower[token.end :]):
        return None  # a rate that doubles or halves says nothing of the amount
    word, words = clues.word(token), compiled()
    spelt = not any(character.isdigit() for character in word) and "倍" not in word and not word.startswith(("番",))
    near = before[-16:].replace("约", "").replace("近", "").replace("超过", "").rstrip()
    grown = words.increase_worded.search(near) or words.increase_worded.search(clues.lower[token.end : token.end + 14])
    to = near.endswith(("到", "至", "为", "是", "的", "达", "于", "to"))
    if spelt and word.endswith("times") and not LIKENED.match(clues.lower[token.end :]):
        grown = LARGER.match(clues.lower[token.end :]) or GROWING.search(before)
        spelt = not grown
    likened = words.ratio_worded.search(clues.lower[token.end : token.end + 22]) if word.isascii() else None
    if spelt or "fold" in word or to or likened or not grown:
        return Pointed("multiple", token, figure.number, "x", hedge)
    if figure.number == 1:  # grown by once itself is doubled; a ratio of one would be no growth
        return Pointed("multiple", token, Decimal("2.0"), "x", hedge)
    return Pointed("multiple", token, figure.number, "x", hedge, wording="increase")


def _bare(clues: Clues, token: Token, before: str) -> Pointed | None:
    """Take up a number without a unit where one is claimed: "will grow 11.3 a year"."""
    figure: Figure = token.meaning
    word = clues.word(token)
    counted = any(one.kind == "count" for one in clues.tokens)
    if figure.kind == "count":
        reached = counted and compiled().reaching.search(before[-8:])
        return Pointed("level", token, figure.number, "", "exact") if reached else None
    if not (word[-1:].isdigit() or word[-1:] in "零一二三四五六七八九十百千万亿"):
        return None
    words = compiled()
    near = before[-12:]
    if not (words.growth.search(near) or words.average.search(near) or words.reaching.search(near[-8:])):
        return None
    grows = words.growth.search(near) or words.average.search(near)
    wanted = "percent, points or times" if grows else "percent, USD or CNY, and billions or 亿"
    return Pointed(
        "growth" if grows else "level", token, figure.number, "", "exact", missing=(f"the unit of {word}: {wanted}",)
    )
