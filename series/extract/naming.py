"""Naming: what one word of a sentence says about the subject of its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from series.extract import locations, mentions
from series.extract.runs import OF_TWO
from series.extract.subjects import NATION, Mention, whole_of
from series.extract.tokens import ELSEWHERE, Token

if TYPE_CHECKING:
    from series.extract.reading import Reading

WEAK = frozenset(("contract", "contracts", "deal", "deals", "合同"))  # in "BPO contracts" it may be those executed


def mention_of(token: Token, index: int, reading: Reading) -> Mention | None:
    """Return what the token says about the subject, if anything."""
    tokens, text, lower = reading.here.tokens, reading.normal.text, reading.lower
    if token.kind == "filler":
        return _of_pronoun(token.word(lower), index, reading)
    if token.kind.startswith("part_"):
        within = index and tokens[index - 1].word(lower) in ("within", "inside")
        if (
            within
            or mentions.set_aside(tokens, index, lower)
            or mentions.surpassed(tokens, index, lower)
            or locations.agency(token, lower)
            or locations.names_event(token, lower)
            or (token.kind == "part_area" and locations.of_place(tokens, index, lower))
            or lower[token.start - 1 : token.start] in ("居", "列")  # "居西部之首"
        ):
            return None  # "Germany, within the EU, …"
        family = token.kind.removeprefix("part_")
        if token.kind == "part_owner" and mentions.gives(tokens, index, text):
            return Mention("scope", "offshore", linked=False)
        name = token.meaning if family == "type" else f"{family}_{token.meaning}"
        return Mention("part", name, mentions.linked(tokens, index, text))
    if token.kind == "these":
        subjects = list(dict.fromkeys(target.subject for target in (reading.here.history or reading.earlier)))
        part = whole_of(subjects).part if len(subjects) > 1 else None
        return Mention("part", part, linked=False) if part else Mention("world", "any", linked=False)
    if token.kind == "whole" and lower.endswith("out of ", 0, token.start):
        return Mention("scope", "total", linked=False)  # "offshore executions of …, out of total executions of …"
    if token.kind == "whole" and index and tokens[index - 1].kind == "local":
        return None  # "the province's total": of the place just named
    if token.kind == "whole" and _of_nation(reading, index):
        return Mention("area", NATION, linked=False)
    if token.kind == "local":
        return (
            None if lower.startswith(" of ", token.end) else Mention("area", _own_place(reading, token), linked=False)
        )
    if token.kind in ("province", "city"):
        if locations.holds(tokens, index, lower) or locations.is_example(token, lower):
            return None
        if locations.of_unknown(tokens, index, lower):
            return Mention("area", ELSEWHERE, linked=False)
        if locations.locative(tokens, index, lower) or locations.agency(token, lower):
            return None
        return Mention("area", token.meaning, mentions.linked(tokens, index, text))
    if token.kind == "scope" and mentions.only_included(tokens, index, lower):
        return Mention("scope", "total", linked=False)
    if token.kind in ("scope", "measure"):
        weak = token.word(lower) in WEAK
        if weak and reading.context.measure == "execution" and mentions.among(tokens, index):
            return Mention("business", "any", linked=False)  # "of which offshore contracts": executed ones
        return Mention(token.kind, token.meaning, mentions.linked(tokens, index, text), weak)
    if token.kind in ("topic", "business", "amount", "whole", "world"):
        return Mention(token.kind, token.meaning, linked=False)
    return None


def _of_pronoun(word: str, index: int, reading: Reading) -> Mention | None:
    """Return what a word that names nothing by itself goes back to: "the latter", "they", "its", "the country's"."""
    context = reading.context
    if word in OF_TWO:
        return _of_two(reading, OF_TWO[word])
    if context.subject and word in ("they", "their"):
        return Mention("part", context.subject, linked=False)
    if context.owner and word in ("its", "其") and _opens(reading.here.tokens, index):
        return Mention("area", context.owner, linked=False)
    if word == "china's" and _is_local(reading) and locations.nations_own(reading.here.tokens, index, reading.lower):
        return Mention("area", NATION, linked=False)
    return None


def _is_local(reading: Reading) -> bool:
    """Whether a place is spoken of, not the country."""
    return reading.context.area != "cn" or any(one.kind == "area" for one in reading.here.pending)


def _of_two(reading: Reading, which: int) -> Mention | None:
    """Return what tells the former (0) or the latter (1) of two subjects spoken of before from the other."""
    here = reading.here
    if not here.two:
        here.two = list(dict.fromkeys(target.subject for target in (here.history or reading.earlier)))[-2:]
    if len(here.two) < 2:
        return None
    first, second = here.two
    chosen = here.two[which]
    if first.part and second.part and _family(first.part) != _family(second.part):
        return None  # a market and a service are no two of a kind
    if first.part != second.part:
        return Mention("part", chosen.part, linked=False) if chosen.part else None
    if first.scope != second.scope:
        return Mention("scope", chosen.scope, linked=False)
    return Mention("measure", chosen.measure, linked=False) if first.measure != second.measure else None


def _opens(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing but a period stands before what begins a sentence."""
    return all(token.kind in ("span", "mark", "filler") for token in tokens[:index])


def _own_place(reading: Reading, token: Token) -> str:
    """Return the place that "our city" or "the province" is, an unknown one when none has been named."""
    here = reading.home if reading.home != "cn" else reading.context.area
    names = [here.removeprefix("cn."), reading.seen.get(token.meaning, ELSEWHERE)]
    if reading.lower[token.start].isascii():
        names.reverse()  # "the city" is the one named last
    return next((name for name in names if locations.is_own(name, token.meaning)), ELSEWHERE)


def _of_nation(reading: Reading, index: int) -> bool:
    """Whether the whole country is spoken of in a text on a place ("…,全国增长5.7%", "Nationwide, it rose …")."""
    return locations.is_nation(reading.here.tokens, index, reading.lower, local=_is_local(reading))


def _family(part: str) -> str:
    return part.partition("_")[0] if "_" in part else "type"
