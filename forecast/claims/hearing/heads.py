"""Heads: the noun that a figure is of where outsourcing only says of what: "wages in the outsourcing industry"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.strangers import blanked, unsaid
from forecast.claims.hearing.stretches import MARK, subjects
from series.extract.tokens import Token

VERB = (
    r"(?:will|would|is|are|was|were|has|have|could|may|might|should|must|can|rose|fell|grew|doubled|increased|dropped"
    r"|declined|climbed|reached|exceeded|jumped|shrank|hit|to (?:grow|rise|fall|reach|double|increase|expand|exceed))\b"
)
PLACE = (
    r"(?:in |of |at |by |from |across |within |inside )?"
    r"(?:the |all of )?(?:china's|chinese|china|mainland|country|nation)"
)
OF = re.compile(rf"\s+(?:in|of|for|from|at|by|on|across|within|among)\s+(?:the |an? |all |{PLACE} |service |modern )*$")
INDUSTRY = r"(?:(?:industry|sector|business|market|services?|work|firms?|companies|providers|vendors)\s+)?"
SAID = re.compile(rf"\s*{INDUSTRY}(?:{PLACE}\s+)?(?:(?:in|by|over|during) [^,;。]{{1,20}} )?{VERB}")
NOUN = re.compile(rf"\s+{INDUSTRY}(?P<noun>(?!{VERB})[a-z][a-z-]+)\s+(?:{PLACE}\s+)?{VERB}")
WORD = re.compile(r"(?:^|[\s,;:(])(?P<noun>[a-z][a-z-]+)$")
HAN_NOUN = re.compile(
    r"(?:产业|行业|企业|业务|服务|市场)?的?(?P<noun>[\u3400-\u9fff]{2,6}?)(?:(?:19|20)\d\d年)?(?:到|在|于)?"
    r"(?=将|会|有望|预计|年均|同比|增长|增加|增至|上升|上涨|下降|减少|达到|突破|超过)"
)


def heading(clues: Clues, figure: Token) -> str:
    """Return the noun that a figure is of, where the outsourcing named last before it only stands beside that noun."""
    named = subjects(clues)
    last = bisect_left(named, figure.start, key=lambda token: token.start) - 1
    if last < 0 or named[last].kind == "measure" or MARK.search(clues.lower, named[last].end, figure.start):
        return ""
    first = last
    while first and not clues.lower[named[first - 1].end : named[first].start].strip():
        first -= 1
    return _headed(clues, named[first].start, named[last].end)


@lru_cache(maxsize=512)
def _headed(clues: Clues, start: int, end: int) -> str:
    before = clues.before(start)
    joint = OF.search(before)
    led = WORD.search(before, 0, joint.start()) if joint else None
    if led and SAID.match(clues.lower, end) and _matter(clues, led["noun"], start - len(before) + led.start("noun")):
        return f"'{before[led.start('noun') :]}{clues.lower[start:end]}'"
    followed = NOUN.match(clues.lower, end) or HAN_NOUN.match(clues.lower, end)
    if followed and _matter(clues, followed["noun"], followed.start("noun")):
        return f"'{clues.lower[start : followed.end('noun')]}'"
    return ""


def _matter(clues: Clues, noun: str, start: int) -> bool:
    """Whether a noun is another matter than the size of outsourcing: one of the list, or an unknown English word."""
    words = compiled()
    if words.matter.fullmatch(noun):
        return True
    plain = words.size.fullmatch(noun) or noun.endswith("ly") or not noun.isascii()
    return not plain and unsaid(blanked(clues), (start, start + len(noun)))
