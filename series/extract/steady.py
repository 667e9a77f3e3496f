"""Steady values: "flat" as one of a list of rates takes its place there, though no figure is printed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from series.extract.sentences import Sentence
from series.extract.tokens import Token
from series.extract.units import Figure

STILL = Figure("percent", Decimal(0), still=True)
BETWEEN = frozenset(("filler", "hedge"))


def counted_in(sentence: Sentence, lower: str) -> Sentence:
    """Return the sentence with each "flat" of a list of rates as a figure not printed ("、基本持平和增长5%")."""
    tokens = sentence.tokens
    if not any(token.kind == "role" and token.meaning == "flat" for token in tokens):
        return sentence
    if not any(token.ties("respectively") for token in tokens):
        return sentence
    placed = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "role" and token.meaning == "flat" and (_beside(tokens, at, -1) or _beside(tokens, at, 1)):
            placed[at] = replace(token, kind="figure", meaning=STILL)
            if at and tokens[at - 1].word(lower) in ("was", "were"):
                placed[at - 1] = replace(tokens[at - 1], kind="filler", meaning="any")
    return replace(sentence, tokens=tuple(placed))


def _beside(tokens: Sequence[Token], at: int, step: int) -> bool:
    """Whether a mark and then a rate, or another "flat", stand on one side of the token at `at`."""
    marked = False
    for index in range(at + step, at + 7 * step, step):
        if not 0 <= index < len(tokens):
            return False
        token = tokens[index]
        if token.kind == "mark" and token.meaning in ("list", ","):
            marked = True
        elif token.kind == "figure":
            return marked and token.meaning.kind == "percent"
        elif token.kind not in BETWEEN and token.kind != "role":
            return False
    return False
