"""Figures: which of the figures of a sentence are claimed, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from forecast.claims.hearing.asides import supposed
from forecast.claims.hearing.changes import changed, step
from forecast.claims.hearing.clauses import shared, within
from forecast.claims.hearing.clues import Clues, signed
from forecast.claims.hearing.denials import denied, put_aside
from forecast.claims.hearing.falling import compared, turned
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.percents import LARGER, RATE, RATES, percent
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import ANOTHER, PERCENT_FROM, of_another
from forecast.claims.records import ClaimHedge
from series.extract.clauses import hedge_of
from series.extract.tokens import Token
from series.extract.units import Figure

HEDGES = {"nearly": "about", "over": "over", "under": "under", "about": "about"}
CURRENCY_UNITS = {"usd": "USD 100m", "cny": "CNY 100m"}
AMONG = re.compile(r"(?:\bincluding|\bof which|其中|包括) ?(?:about |some |nearly |over |约|近|超过?)?$")
HEADED = re.compile(r":\s*(?:20\d\d年?:?\s*)?$|^[^:;。]*\b20\d\d年?:\s*$")
NATION = re.compile(
    r"(?:\b(?:country|nation|nationwide|china|whole|total|together|combined|market|industry)(?:'s)?|全国|合计|共计)"
    r"\s*(?:about |some |nearly |over |约|近|超过?)?$"
)
AND = re.compile(
    r"\s*(?:(?:in|for|by) (?:\d{4}|this year|next year))?\s*(?:和|与|及|、|and|,|, and)\s*"
    r"(?:\d{4}年|明年|(?:in|by) (?:\d{4}|next year),? )?"
    r"(?:约|超|逾|about |over )?"
)
RISE = re.compile(r"\s*(?:[a-z]+ )?(?:growth|increase|rise|gain|expansion)\b|的?(?:增|涨)")
AND_MORE = re.compile(r"(?:还|都)?(?:多|有余|不止)(?![个年家])|\s*or (?:more|higher|above|over)\b|\s*及以上")
OR_LESS = re.compile(r"\s*or (?:less|lower|below|under)\b|\s*及以下")
FASTER = re.compile(r"\s*(?:as (?:fast|quick)|the (?:rate|pace|speed|growth))|于?.{0,8}的?(?:增速|速度)")
DENIED = "what is claimed: the sentence denies something; say 'not more than' or 'less than' a figure"
BELOW = re.compile(r"(?:\bbelow|\bunder|低于|跌破)\s*(?:about )?$")
GROWING = re.compile(r"\b(?:grow|grew|increas|expand|ris|rose)\w*\s*(?:by )?$")
ABOUT_SHARE = re.compile(r"(?:约|大约|大概|大致)占[^,;。]{0,16}$")
REST = re.compile(r"[a-z0-9][a-z0-9.]*")
BESIDE = ("filler", "hedge", "plan", "market_word")
FAR = 100  # tokens before a figure: what was said further back is not of it
LEAST = Decimal("0.01")  # hundred millions: no amount of a country or a city is below a million
YEAR = re.compile(
    r"(?:\b(?:to|by|until|till|through|in|before|after|year|of|and|than)|[至到在]|截至|截止)\s*(?:the )?(?:year )?$"
)
LIKENED = re.compile(r"\s*(?:as|the|that|its|their|what)\b")


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
        since = max(since, index - FAR)
        before = clues.lower[tokens[since - 1].end if since else 0 : token.start]
        if figure.kind == "money" and _starts_from(clues, token, before):
            starts.append(token)
            since = index + 1
            continue
        if token.start in clues.uppers and found:
            found.append(replace(found[-1], token=token, value=_like(found[-1], figure), hedge=turned(found[-1].hedge)))
            since = index + 1
            continue
        if figure.kind == "percent" and PERCENT_FROM.search(clues.before(token.start)):
            starts.append(token)
            continue
        if step(clues, index, before) or put_aside(clues, token, before):
            since = index + 1 if put_aside(clues, token, before) else since
            continue
        pointed = _pointed(clues, index, since, before)
        if pointed and pointed.kind != "share" and found and _goes_on(clues, found[-1], token, before):
            pointed = replace(pointed, value=_like(found[-1], figure), hedge=turned(pointed.hedge))
        if pointed and pointed.kind == "points" and found and found[-1].kind == "share" and not RATES.search(before):
            pointed = replace(pointed, missing=())  # "46% in 2029, up 3 points"
        if pointed and _ranged(tokens[index + 1 :], clues):
            pointed = replace(pointed, hedge="under" if _falling(pointed) else "over")
        if pointed is None and found and figure.kind == found[-1].token.meaning.kind and AND.fullmatch(before):
            currency = figure.currency or found[-1].currency
            unit = CURRENCY_UNITS.get(currency, found[-1].unit)
            pointed = replace(found[-1], token=token, value=_like(found[-1], figure), currency=currency, unit=unit)
        if pointed:
            found.append(pointed)
            since = index + 1
    return [_in_currency(clues, one) for one in found], starts


def _starts_from(clues: Clues, figure: Token, before: str) -> bool:
    """Whether an amount is what something starts from, and not what comes from a market: "from Japan USD 20 bn"."""
    found = list(compiled().from_before.finditer(before))
    if not found:
        return False
    began = figure.start - len(before) + found[-1].start()
    named = [token for token in within(clues.tokens, began, figure.start) if token.kind not in ("filler", "tie")]
    return not named or named[0].kind != "part_market"


def _ranged(following: Sequence[Token], clues: Clues) -> bool:
    """Whether the next figure is the upper end of a range that starts with this one."""
    figure = next((token for token in following if token.kind == "figure"), None)
    return figure is not None and figure.start in clues.uppers


def _names(clues: Clues, word: Token, figure: Token) -> bool:
    """Whether a word right before an amount says what it is of: "执行额1.1万亿元", "其中离岸2万亿元"."""
    if word.kind in ("scope", "topic"):
        return not clues.lower[word.end : figure.start].strip()
    return word.kind.startswith(("measure", "part_", "province", "city"))


def _in_currency(clues: Clues, one: Pointed) -> Pointed:
    """Return a level without a currency in that of the amount before it: "4 trillion yuan, of which 2 trillion"."""
    if one.kind != "level" or one.unit != "100m" or one.token.meaning.currency:
        return one
    named = [
        token.meaning.currency
        for token in clues.tokens
        if token.kind == "figure" and token.start < one.token.start and token.meaning.currency in CURRENCY_UNITS
    ]
    return replace(one, currency=named[-1], unit=CURRENCY_UNITS[named[-1]]) if named else one


def _goes_on(clues: Clues, earlier: Pointed, figure: Token, between: str) -> bool:
    """Whether a percentage goes on with a fall: "will fall 5% in 2026 and 3% in 2027"."""
    if figure.meaning.kind != "percent" or earlier.kind != "growth" or not _falling(earlier):
        return False
    said = any(
        token.kind == "role"
        and token.meaning in ("up", "down", "share", "yoy", "flat")
        and token.start >= earlier.token.end
        for token in clues.tokens
        if token.start < figure.start
    )
    grown = compiled().growth.search(between) or RISE.match(clues.lower, figure.end) or compared(between)
    return not (said or grown or signed(clues, earlier.token) or signed(clues, figure))


def _like(earlier: Pointed, figure: Figure) -> Decimal:
    if earlier.kind == "level":
        return figure.hundred_millions
    return -abs(figure.number) if _falling(earlier) else figure.number


def _falling(pointed: Pointed) -> bool:
    return pointed.kind in ("growth", "points") and pointed.value is not None and pointed.value < 0


def _pointed(clues: Clues, index: int, since: int, before: str) -> Pointed | None:
    token = clues.tokens[index]
    figure: Figure = token.meaning
    words = compiled()
    hedge = cast(ClaimHedge, HEDGES.get(hedge_of(clues.tokens, index, clues.lower), "exact"))
    if hedge == "exact" and (words.at_least.search(before) or AND_MORE.match(clues.lower[token.end :])):
        hedge = "over"
    if hedge == "exact" and (ABOUT_SHARE.search(before) or words.nearly.match(clues.word(token))):
        hedge = "about"
    if hedge == "exact" and (words.at_most.search(before) or OR_LESS.match(clues.lower[token.end :])):
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
        return percent(clues, index, since, hedge)
    if figure.kind == "points":
        told = shared(clues, token)
        sign = -1 if compiled().falling.search(before) or signed(clues, token) else 1
        hedge = turned(hedge) if sign < 0 and not signed(clues, token) else hedge
        missing = () if told else ("points of what: of a share that is named",)
        return Pointed("points", token, sign * abs(figure.number), "points", hedge, missing=missing)
    if figure.kind == "multiple":
        return _multiple(clues, token, hedge, before)
    return _bare(clues, token, before)


def _money(clues: Clues, index: int, hedge: ClaimHedge, before: str) -> Pointed | None:
    token = clues.tokens[index]
    figure: Figure = token.meaning
    said = [one for one in clues.tokens[max(0, index - 3) : index] if one.kind not in BESIDE]
    measured = bool(said) and _names(clues, said[-1], token)
    words = compiled()
    after = clues.lower[token.end : token.end + 24]
    change = changed(clues, token, before)
    if not (
        change
        or words.reaching.search(before)
        or words.growth.search(before)
        or words.reaching.search(after)
        or hedge != "exact"
        or measured
        or AMONG.search(before)
        or HEADED.search(before)
        or NATION.search(before)
    ):
        return None
    missing: list[str] = []
    value = figure.hundred_millions
    if signed(clues, token):
        missing.append(f"an amount that is possible: {clues.word(token)} is negative")
    missing += [wanted for wanted in (change, _unreadable(clues, token)) if wanted]
    if figure.currency == "other":
        missing.append("an amount in dollars or yuan")
    if value == 0:
        missing.append("an amount above zero")
    currency = figure.currency if figure.currency in CURRENCY_UNITS else ""
    unit = CURRENCY_UNITS.get(currency, "100m")
    return Pointed("level", token, value, unit, hedge, currency=currency, missing=tuple(missing))


def _unreadable(clues: Clues, token: Token) -> str:
    """Return what is missing of an amount that goes on behind what was read of it, or that nobody would claim."""
    rest = REST.match(clues.lower, token.end)
    word = clues.word(token)
    if rest and word[-1:].isascii() and word[-1:].isalnum():
        return f"an amount in digits, with million, billion, 万 or 亿: '{word}{rest.group()}' is not read"
    value = token.meaning.hundred_millions
    return f"millions, billions, 万 or 亿 of '{word}'" if 0 < abs(value) < LEAST else ""


def _multiple(clues: Clues, token: Token, hedge: ClaimHedge, before: str) -> Pointed | None:
    figure: Figure = token.meaning
    if RATE.search(before) or FASTER.match(clues.lower[token.end :]):
        return None  # a rate that doubles or halves says nothing of the amount
    if of_another(clues, token):
        return Pointed("multiple", token, figure.number, "x", hedge, beyond=(ANOTHER,))
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
    if re.fullmatch(r"[1-9]\d{3}", word) and (YEAR.search(before) or clues.lower.startswith("年", token.end)):
        return None  # a year that no claim is for
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
