"""Percents: what a percentage says, growth or a share, and whether of a fall."""

from __future__ import annotations

import re

from forecast.claims.hearing.bareshares import OF_WHOLE, WANTED, comes_to
from forecast.claims.hearing.changes import TO
from forecast.claims.hearing.clauses import clause, led_by, shared
from forecast.claims.hearing.clues import Clues, shares, signed
from forecast.claims.hearing.falling import RISING, compared, falls, of_fall, to_rate, turned, unsaid
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.pointed import Pointed
from forecast.claims.hearing.stretches import told
from forecast.claims.records import ClaimHedge
from series.extract.roles import Role, portion, role_after, role_before
from series.extract.tokens import Token
from series.extract.units import Figure

MADE_UP = re.compile(r"\b(?:make|makes|made|making|take|takes|taking) up\b|\bup from\b")
MOVED = "whether the share changes by so many percentage points or comes to so many percent"
TARGET_BEFORE = re.compile(r"(?:目标|计划|任务)的?\s*(?:约|近|超)?$")
TARGET_AFTER = re.compile(
    r"\s?of (?:the |its |this year's |last year's )*(?:annual |full-year |yearly )?(?:target|goal|plan)\b"
)
RATE = re.compile(  # growth itself doubles, halves or is compared: "the pace of growth in offshore execution will"
    r"(?:\b(?:growth|rate|pace|speed|expansion)s?(?: rates?)?"
    r"(?: (?:in|of|for) (?:(?!\b(?:means?|lets?|lifts?|helps?|drives?|so|that|as)\b)[^,;。]){1,60}?)?"
    r"|增速|增幅|增长率|增长速度|增长幅度|涨幅|降幅|的增长)\s*"
    r"(?:(?:will|would|is to|could|may|might|should|has|have|had|also|to|is|be|was|fall|drop|slow|more than|almost"
    r"|nearly|about|expected|forecast|set|likely|将|会|有望|预计|或|可能|是|为|达到|达|降至|降到|放缓至|回落至|较|比|近|约|超过"
    r"|(?:\d{4}年|上年|去年|前一年)的?)\s*)*$"
)
POINTS_APART = re.compile(  # "growth will be 1.5 points lower than in 2025, at 5%"
    r"(?:points?|pp|百分点)[^;。%]{0,40}?(?:\bat|\bto|为|至|到|达)\s*(?:about |around |just |only |约|近)?$"
)
RATES = re.compile(r"\b(?:growth|rate|pace|expansion)\b|增速|增幅|降幅|增长率|增长速度")
EACH_YEAR = re.compile(r"增速|增长率|增长速度|\bgrowth rates?\b|\brates? of (?:growth|expansion)\b|\bpace\b")
OF_YEAR = re.compile(
    r"\s?of (?:(?:its|the|their) )?\d{4}(?:'s)? (?:level|figure|value|volume|size|peak|mark|total)"
    r"|\s?of (?:what (?:it|they) (?:was|were)|that|the (?:level|figure|value)) (?:in|of) \d{4}"
)
OF_YEAR_BEFORE = re.compile(r"(?:为|是|达到?|至|到|相当于)\d{4}年(?:的?水平|同期)?的(?:约|近|超过?|逾)?$")
FROM_RATE = re.compile(r"(?:由|从)[^,;。%]{0,12}%[^,;。%]{0,12}$")  # "由2026年的5%提高到2027年的8%"
LARGER = re.compile(r"\s*(?:as )?(?:larger|bigger|higher|greater|more)\b")
SMALLER = re.compile(r"\s*(?:smaller|lower|less)\b")
CROSSING = ("over", "under")
OF_OTHER = re.compile(rf"{OF_WHOLE.pattern}|\s?of (?:\d{{4}}|the year|last year)\b")
THAN_THE = re.compile(r"\bthan (?:the|that) (?:about )?$")  # "faster than the 8 percent of onshore"
STAYS_BELOW = re.compile(r"(?<!not )(?<!never )\b(?:be|stay|remain|keep|hold)s? below (?:about )?$")
IMPOSSIBLE = "a share between 0 and 100 %: {}% is impossible"
COMPARED = "a figure of its own: this one is only what something is compared with"
FALLEN = "whether growth falls to {} or the amount falls by it"


def percent(clues: Clues, index: int, since: int, hedge: ClaimHedge) -> Pointed | None:
    """Return what a percentage claims: growth, a share, or nothing that a series is of."""
    tokens, token = clues.tokens, clues.tokens[index]
    figure: Figure = token.meaning
    words = compiled()
    if TARGET_BEFORE.search(clues.before(token.start)) or TARGET_AFTER.match(clues.lower[token.end :]):
        return None  # how much of a target is done says nothing about a whole that the ledger knows
    if _of_earlier(clues, token):
        return None
    if THAN_THE.search(clues.before(token.start)) and OF_OTHER.match(clues.lower[token.end :]):
        return Pointed("growth", token, figure.number, "percent a year", hedge, missing=(COMPARED,))
    bare = comes_to(clues, token)
    if hedge == "exact" and STAYS_BELOW.search(clues.before(token.start)):
        hedge = "under"
    moved_from = _moved_from(clues, index)
    if moved_from and hedge == "exact" and words.falling.search(clues.before(moved_from.start)[-60:]):
        hedge = "under"
    if bare == "share" or moved_from:
        missing = () if figure.number <= 100 else (IMPOSSIBLE.format(figure.number),)
        return Pointed("share", token, figure.number, "percent", hedge, missing=missing)
    role = role_before(tokens[since:index], clues.lower)
    if role is None or role.name == "none":
        following = role_after(tokens, index + 1, clues.lower)
        role = following[0] if following else role
    near = clues.lower[tokens[since].start if since < index else token.start : token.start + 1][:120]
    average = told(clues, token, words.average) or _rate_of_years(clues, token)
    shared = any(one.kind == "role" and one.meaning == "share" for one in tokens[since:index])
    led = MADE_UP.sub("", near)
    moved = shared and not average and words.growth.search(led)
    reached = shared and words.up_to.search(clues.before(token.start))  # "年均增长8%，占比提高到50%"
    if reached or (shared and hedge in CROSSING and not moved):
        role = Role("share")
    elif moved:
        return Pointed("share", token, figure.number, "percent", hedge, missing=(MOVED,))
    told_before = since > 0 and any(one.start < tokens[since].start for one in shares(clues)[:1])
    if (
        told_before
        and not average
        and not _turns(clues, token)
        and not words.growth.search(clues.lower[tokens[since - 1].end : token.start])
    ):
        role = Role("share")  # a share goes on being what is spoken of: "…, 2027年不会低于12%"
    larger, smaller = LARGER.match(clues.lower[token.end :]), SMALLER.match(clues.lower[token.end :])
    grown = words.growth.search(near) or larger or smaller
    if OF_WHOLE.match(clues.lower[token.end :]) and (not grown or words.up_to.search(clues.before(token.start))):
        role = Role("share")
    if role and role.name == "share" and (reached or not (average and words.growth.search(led))):
        value = figure.number
        fallen = hedge == "exact" and bool(words.falling.search(led))
        hedge = "under" if fallen else hedge
        missing = () if 0 <= value <= 100 else (IMPOSSIBLE.format(value),)
        return Pointed("share", token, value, "percent", hedge, missing=missing, fallen=fallen)
    if bare == "unclear":
        return Pointed("share", token, figure.number, "percent", hedge, missing=(WANTED.format(clues.word(token)),))
    rate = (role and role.name in ("growth", "cagr")) or larger or smaller
    if not rate and not average and not words.growth.search(clues.lower):
        return None
    down = max((one.end for one in tokens[since:index] if one.kind == "role" and one.meaning == "down"), default=0)
    risen = bool(down) and RISING.search(clues.lower, down, token.start)  # "will not shrink; it will grow 3%"
    wanting: list[str] = []
    apart = POINTS_APART.search(clues.before(token.start)) and RATES.search(clues.before(token.start))
    falling = not apart and (smaller or (not risen and role is not None and role.sign < 0) or falls(led))
    if compared(clues.before(token.start)):
        falling = of_fall(clues.before(token.start))
    elif to_rate(clues.before(token.start)):
        falling = of_fall(led)
        wanting += [FALLEN.format(clues.word(token))] if unsaid(clues.lower) else []
    value = figure.number
    if falling or signed(clues, token):
        value = -abs(figure.number)
        hedge = hedge if signed(clues, token) else turned(hedge)
    if value <= -100:
        wanting.append(f"growth above -100 %: {value}% is impossible")
    return Pointed("growth", token, value, "percent a year", hedge, total_growth=not average, missing=tuple(wanting))


def _moved_from(clues: Clues, index: int) -> Token | None:
    """Return the points by which a share comes to this percentage: "比重下降3个百分点至40%"."""
    before = next((token for token in reversed(clues.tokens[:index]) if token.kind == "figure"), None)
    if before is None or before.meaning.kind != "points" or not shared(clues, before):
        return None
    return before if TO.fullmatch(clues.lower, before.end, clues.tokens[index].start) else None


def _turns(clues: Clues, token: Token) -> bool:
    """Whether a clause turns from a share to a rate, or to the amount of what is no part."""
    start, _ = clause(clues, token)
    led = led_by(clues, token)
    return bool(led and not led[-1].kind.startswith("part_")) or bool(RATES.search(clues.lower, start, token.start))


def _rate_of_years(clues: Clues, token: Token) -> bool:
    """Whether a rate of growth is that of each of some years: "未来三年增速为6%"."""
    lasting = any(duration.kind != "mean" for duration in clues.durations)
    spans = lasting or any(when.role == "range" for when in clues.whens)
    return spans and told(clues, token, EACH_YEAR) and not told(clues, token, compiled().cumulative)


def _of_earlier(clues: Clues, token: Token) -> bool:
    """Whether a percentage or a half is of an earlier level or rate: "180% of its 2020 level", "增速降至上年的一半"."""
    before = clues.before(token.start)
    named = bool(shares(clues))
    halved = portion(clues.word(token)) and before.endswith("的") and RATE.search(before)
    risen = FROM_RATE.search(before)
    return bool(
        halved or OF_YEAR.match(clues.lower, token.end) or (OF_YEAR_BEFORE.search(before) and not named and not risen)
    )
