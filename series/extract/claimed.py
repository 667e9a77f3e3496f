"""Sentences as the binding reads them: figures that claim nothing of outsourcing are void, and are read over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from series.extract.backdrops import set_back, told_of_others
from series.extract.hearsay import denied_next, is_value
from series.extract.ranges import ends
from series.extract.sentences import Sentence
from series.extract.steady import counted_in
from series.extract.tokens import Token
from series.extract.unclaimed import without_claim
from series.extract.unlevel import other_amounts


def only_claimed(sentences: Iterable[Sentence], lower: str) -> Iterator[Sentence]:
    """Yield the sentences with the figures made void that are denied, supposed, ends of a range, averages and so on."""
    for printed, following in pairwise(chain(sentences, [None])):
        if printed is None:
            break
        sentence = counted_in(set_back(printed, lower), lower)
        void = without_claim(sentence, lower) | ends(sentence, lower) | other_amounts(sentence, lower)
        if denied_next(sentence, following, lower):
            void |= {at for at, token in enumerate(sentence.tokens) if is_value(token)}
        void |= told_of_others(sentence, lower)
        yield replace(sentence, tokens=tuple(_voided(sentence.tokens, void, lower))) if void else sentence


def _voided(tokens: Sequence[Token], void: set[int], lower: str) -> Iterator[Token]:
    """Yield the tokens; what calls a void figure a goal goes with it ("未能达到1550亿美元的预期目标,为1514亿美元")."""
    goal, ahead = False, _plans_of(tokens, void)
    for at, token in enumerate(tokens):
        if at in void:
            yield replace(token, meaning=replace(token.meaning, kind="void"))
        elif token.kind == "plan" and (goal or at in ahead):
            yield replace(token, kind="filler", meaning="any")
        else:
            yield token
        goal = at in void or (goal and (token.kind == "plan" or token.word(lower) == "的"))


def _plans_of(tokens: Sequence[Token], void: set[int]) -> set[int]:
    """Return the words for the future that only belong to void figures ("担心离岸执行额会下滑5%,结果增长10.6%")."""
    found: set[int] = set()
    for figure in void:
        for at in range(figure - 1, -1, -1):
            if tokens[at].kind in ("mark", "figure"):
                break
            found |= {at} if tokens[at].kind == "plan" else set()
    return found
