"""Bare shares: a percentage that a part is said to come to with no word for share: "KPO will exceed 50%"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal

from forecast.claims.hearing.clauses import AREAS, clause, naming, within
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from series.extract.tokens import Token

OF_WHOLE = re.compile(
    r"\s?of (?:the |all |china's |total |national )*"
    r"(?:offshore|onshore|outsourcing|total|national|execution|contract|world)"
    r"|(?:以上|以下|左右)?的(?:离岸|在岸|服务外包|外包|执行额|合同)"
)
ABOUT = (
    r"(?:about |around |roughly |nearly |almost |just |over |above |at least |at most |more than |less than |some )*"
)
MOVES = (
    r"(?:ris|climb|grow|increas|expand|advanc|jump|mov|fall|drop|declin|decreas|shrink|slip|sink|dwindl)\w*"
    r"|rose|grew|fell|shrank|sank"
)
LIFTED = "升|增|提高|提升|上升|增加|增长|扩大|降|下降|降低|减少|下滑|萎缩|收缩|跌|回落"
COMES = re.compile(
    r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|reach(?:es|ed|ing)?|hits?|hitting|tops?|topped|pass(?:es|ed|ing)?"
    r"|cross(?:es|ed|ing)?|com(?:e|es|ing) to|came to|stands? at|stood at|be(?: at| below| under)?"
    r"|(?:stay|remain)(?:s|ed)?(?: at| below| under)?"
    r"|contribut(?:e|es|ed|ing)|represent(?:s|ed|ing)?|constitut(?:e|es|ed|ing)|compris(?:e|es|ed|ing))"
    rf" (?:the )?{ABOUT}$"
    rf"|\b(?:{MOVES}) (?:to|past|beyond|above|below|under) {ABOUT}$"
    rf"|(?:达到?|突破|超过?|逾|接近|高于|低于|不足|为|(?:{LIFTED})[至到])(?:约|近)?$"
)
OF_WHICH = re.compile(r"[\s,;]*(?:of which|including|其中|包括)\s*(?:the )?")
AT = re.compile(rf"\s+(?:at|of|above|over|below|under) {ABOUT}")
PASSES = re.compile(rf"\b(?:exceed|surpass|reach|hit)(?:s|es|ed|ing)? {ABOUT}$|(?:达到?|突破|超过?)(?:约|近)?$")
RATE = re.compile(
    r"\b(?:growth|rates?|pace|speed|expansion)\b|增速|增幅|增长率|增长速度|涨幅|降幅|增长(?=超过|达到?|约?为)"
)
YEARLY = re.compile(r"增长(?![至到])|同比|年均|每年")
GROWN = re.compile(
    r"\s*(?:(?:as )?(?:larger|bigger|higher|greater|more|smaller|lower|less|fewer|faster|slower|up|down|above|below)\b"
    r"|(?:annual |yearly )?(?:growth|increase|rise|fall|decline)\b|(?:a|per|each|every) year\b|on (?:the|a) year"
    r"|of (?:the |its |total )?(?:growth|increase|rise))"
    r"|的?(?:增|涨|降)"
)
GOES_ON = re.compile(
    r"(?:[\s,;、]|\b(?:and|while|by|in|the|for)\b|\bat\b|\b(?:19|20)\d\d\b|和|与|及|而|则|年|到|在|为|约)*"
)
OF_THAT = re.compile(r"'s (?:will|would|is|are|was|were)\b")  # growth or share, as was spoken of: "BPO's will be 10%"
WANTED = "what {} is: growth, or the share of a whole"


@lru_cache(maxsize=512)
def comes_to(clues: Clues, figure: Token) -> Literal["", "share", "unclear"]:
    """Return what a percentage is that something is said to come to, where neither growth nor a share is spoken of.

    That of a part is its share; after a rate of growth ("BPO will grow 6% and KPO will reach 15%"), and of anything
    else, it is for whoever said it to tell.
    """
    start, _ = clause(clues, figure)
    own = within(clues.tokens, start, figure.start)
    earlier = [token for token in own if token.kind == "figure"]
    named = [token for token in own if naming(token) or token.kind == "measure"]
    led = clues.lower[earlier[-1].end if earlier else start : figure.start]
    last = _figure_before(clues, figure)
    before = last if last and last.meaning.kind == "percent" else None
    told = comes_to(clues, before) if before else ""
    if before and told == "share" and _goes_on(clues, before, figure):
        return "share"
    if _of_whole(clues, figure) and not compiled().growth.search(led):
        return "share"
    if last and last.meaning.kind == "money" and named and not clues.lower[named[-1].end : figure.start].strip():
        grown = compiled().growth.search(_clause(clues, last)) or GROWN.match(clues.lower, figure.end)
        return "share" if named[-1].kind.startswith("part_") and not grown else ""
    goes_on = told == "share" and not named
    comes = COMES.search(led) or (
        named and not compiled().growth.search(led) and AT.fullmatch(clues.lower, named[-1].end, figure.start)
    )
    comes = comes or (named and OF_WHICH.fullmatch(clues.lower, start, named[-1].start))
    grown = RATE.search(led) or YEARLY.search(led) or GROWN.match(clues.lower, figure.end)
    if not (named or goes_on) or not comes or grown or compiled().average.search(_clause(clues, figure)):
        return ""
    if OF_THAT.search(led) or any(token.kind == "role" and token.meaning == "share" for token in own):
        return ""
    if named and not named[-1].kind.startswith("part_"):
        return "unclear" if PASSES.search(led) else ""
    return "unclear" if told == "unclear" or (before and not told and _grows(clues, before)) else "share"


def _clause(clues: Clues, figure: Token) -> str:
    return clues.lower[slice(*clause(clues, figure))]


def _figure_before(clues: Clues, figure: Token) -> Token | None:
    at = bisect_left(clues.tokens, figure.start, key=lambda token: token.start)
    return next((token for token in reversed(clues.tokens[:at]) if token.kind == "figure"), None)


@lru_cache(maxsize=512)
def _of_whole(clues: Clues, figure: Token) -> bool:
    """Whether the whole is named behind the last of a row: "the US will take 25% and Japan 8% of outsourcing"."""
    at = bisect_right(clues.tokens, figure.start, key=lambda token: token.start)
    following = next((token for token in clues.tokens[at:] if token.kind == "figure"), None)
    if following is None or following.meaning.kind != "percent" or not _goes_on(clues, figure, following):
        return False
    return bool(OF_WHOLE.match(clues.lower, following.end)) or _of_whole(clues, following)


def _goes_on(clues: Clues, before: Token, figure: Token) -> bool:
    """Whether nothing but another part stands between two percentages: "ITO will reach 45% and BPO 15%"."""
    between = list(clues.lower[before.end : figure.start])
    between_them = within(clues.tokens, before.end, figure.start)
    parts = [token for token in between_them if token.kind.startswith("part_") or token.kind in AREAS]
    for part in parts:
        between[part.start - before.end : part.end - before.end] = " " * (part.end - part.start)
    return bool(parts) and bool(GOES_ON.fullmatch("".join(between)))


def _grows(clues: Clues, figure: Token) -> bool:
    """Whether an earlier percentage is a rate of growth of a part, or of what is called growth."""
    text = _clause(clues, figure)
    start, _ = clause(clues, figure)
    part = any(token.kind.startswith("part_") for token in within(clues.tokens, start, figure.start))
    return bool(RATE.search(text) or (part and compiled().growth.search(text)))
