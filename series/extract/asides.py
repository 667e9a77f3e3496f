"""Asides: a look back at an earlier period, after which a sentence goes on with the one that it speaks of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from series.extract import moments
from series.extract.reading import Reading
from series.extract.targets import Aside
from series.extract.timespans import Span
from series.extract.tokens import Token
from series.periods import Period

COPULAS = frozenset(("为", "是", "仅", "仅为", "则", "则为", "只有", "约为"))
BACKWARD = re.compile(
    r"\s*(?:as )?(?:after|following|against|versus|compared|exceeding|surpassing|topping|(?:up|down) from)\b"
)
NAMING = frozenset(("scope", "measure", "topic"))
DEEP = 12  # tokens of a bracket
VALUES = frozenset(("money", "percent", "multiple"))


def enter(index: int, reading: Reading) -> None:
    """Keep what is spoken of when a bracket opens that dates a figure of its own ("(2022年为1369亿美元)").

    So does a clause between commas (", after a rise of 5.1% in 2022,", ", up from 38.3% in 2022,").
    """
    here, period = reading.here, reading.period
    if here.tokens[index].meaning == ",":
        if not BACKWARD.match(reading.lower, here.tokens[index].end):
            return
        close = _comma(here.tokens, index + 1)
    else:
        close = _closing(here.tokens, index)
    inside = here.tokens[index + 1 : close]
    dated = any(token.kind == "span" and token.meaning.kind == "period" for token in inside)
    valued = any(token.kind == "figure" and token.meaning.kind in VALUES for token in inside)
    beside = index > 0 and here.tokens[index].meaning == "(" and here.tokens[index - 1].kind == "figure"
    if dated and valued and (period or beside) and here.aside is None:
        here.aside = Aside(close, period, tuple(here.group), here.closed, sure=here.dated or bool(here.history))


def leave(index: int, reading: Reading) -> None:
    """Go on with what was spoken of before the bracket, once it has closed."""
    here, aside = reading.here, reading.here.aside
    if aside is None or index < aside.close:
        return
    here.aside, here.lost = None, here.lost and not aside.group
    if aside.period is None:
        reading.period, here.group, here.base = None, [], None
        return
    back = reading.period is not None and reading.period.start < aside.period.start
    if reading.period != aside.period and (aside.sure or back):
        reading.period, reading.resume = aside.period, None
        here.group, here.closed, here.base = list(aside.group), aside.closed, None


def look_back(span: Span, index: int, reading: Reading) -> None:
    """Keep what is spoken of when a clause only gives a figure of an earlier year (",2022年为8920亿元,")."""
    here, tokens = reading.here, reading.here.tokens
    before = moments.of_the_year_before(tokens, index)
    if here.aside or reading.period is None or (span.year is None and not before) or span.to or not span.annual:
        return
    comma = index > 0 and tokens[index - 1].kind == "mark" and tokens[index - 1].meaning == ","
    if not comma and not moments.turns(tokens, index - 1):
        return
    if span.year is not None and 12 * span.year + 11 >= reading.period.start:
        return
    after = [token for token in tokens[index + 1 : index + 4] if token.word(reading.lower) not in COPULAS]
    amount = bool(after) and after[0].kind == "figure" and after[0].meaning.kind == "money"
    levelled = any(target.currencies for target in here.group)
    rate = [token.kind for token in after[:2]] == ["role", "figure"] and after[1].meaning.kind == "percent"
    rate = rate or before
    if amount and levelled and not here.closed:
        close = _comma(tokens, index)
    elif rate and here.closed:  # what follows is of that year too, unless it names something else
        close = _comma(tokens, index)
        while close < len(tokens) - 1 and not _names(tokens[close + 1]):
            close = _comma(tokens, close + 1)
    else:
        return
    here.aside = Aside(close, reading.period, tuple(here.group), here.closed)


def look_in(months: Period, index: int, reading: Reading) -> None:
    """Keep the longer period of which a month is told without a name (",其中2月份下降12.5%;执行金额92.1亿美元").

    The month is an aside up to a semicolon after which something is named, or to the end of the sentence.
    """
    here, tokens, period = reading.here, reading.here.tokens, reading.period
    if here.aside or period is None or not period.start < months.start <= months.end == period.end:
        return
    before = tokens[index - 2 : index] if index > 1 and tokens[index - 1].kind == "mark" else tokens[index - 1 : index]
    if not before or not before[0].ties("among"):
        return
    close = next((at for at in range(index, len(tokens)) if tokens[at].kind == "mark" and tokens[at].meaning == ";"), 0)
    if not close:
        reading.resume = reading.resume or period
    elif not any(map(_names, tokens[index:close])) and _named_anew(tokens[close + 1 :]):
        here.aside = Aside(close, period, tuple(here.group), here.closed)


def widen(index: int, reading: Reading) -> None:
    """Go on with the scope that an aside narrowed ("合同额28666亿元,其中离岸15141亿元;执行额19591亿元,其中离岸…").

    So it is when the aside names no measure of its own and a bare measure follows the mark at `index`: after a
    semicolon, or where an aside of the same kind follows that.
    """
    here, tokens = reading.here, reading.here.tokens
    aside = tokens[here.within : index]
    statement = list(
        itertools.takewhile(lambda token: token.kind != "mark" or token.meaning != ";", tokens[index + 1 :])
    )
    first = next((at for at, token in enumerate(statement) if token.kind == "figure"), 0)
    closing = next((at for at in range(first, len(statement)) if statement[at].kind == "mark"), len(statement))
    ahead = {token.kind for token in statement[:closing]}
    if "measure" not in ahead or ahead & {"scope", "topic", "span"} or any(kind.startswith("part_") for kind in ahead):
        return
    again = any(one.ties("among") and two.kind == "scope" for one, two in itertools.pairwise(statement))
    measured = any(token.kind == "measure" for token in aside)
    semicolon = tokens[index].meaning == ";"
    if any(token.kind == "scope" for token in aside) and (
        (semicolon and again) or (not measured and (semicolon or again))
    ):
        reading.context.scope = here.whole
        here.within = None


def _named_anew(tokens: Sequence[Token]) -> bool:
    """Whether something is named, and no period, before the next figure."""
    ahead = list(itertools.takewhile(lambda token: token.kind != "figure", tokens))
    return any(map(_names, ahead)) and not any(token.kind == "span" for token in ahead)


def _names(token: Token) -> bool:
    return token.kind in NAMING or token.kind.startswith("part_") or token.ties("among")


def _comma(tokens: Sequence[Token], index: int) -> int:
    """Return the index of the next comma or semicolon, or of the end of the sentence."""
    marks = (at for at in range(index, len(tokens)) if tokens[at].kind == "mark" and tokens[at].meaning in ",;")
    return next(marks, len(tokens))


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Return the index of the mark that closes the bracket at `index`, or of the bracket itself when none does."""
    for at in range(index + 1, min(index + DEEP, len(tokens))):
        if tokens[at].kind == "mark" and tokens[at].meaning in "()":
            return at if tokens[at].meaning == ")" else index
    return index
