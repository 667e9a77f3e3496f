"""Backdrops: what a sentence only sets its figures against, or tells of somebody or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from series.extract import guards
from series.extract.sentences import Sentence
from series.extract.tokens import Token

VALUES = frozenset(("money", "percent", "multiple", "number"))
KEPT = frozenset(("mark", "figure"))
OWN = re.compile(r"名义|按人民币|以人民币|按美元|以美元|(?<![a-z])nominal(?:ly)?(?![a-z])")
TURNS_HOME = re.compile(r"承接|全国|我国企业承接|(?<![a-z])(?:to|by|for|in) china(?![a-z])")
BASED = re.compile(r"-based (?!on )|-headquartered ")
PLACES = frozenset(("province", "city"))


def set_back(sentence: Sentence, lower: str) -> Sentence:
    """Return the sentence without what it is only set against ("受上年高基数影响,…").

    Words and periods there name nothing; the figures claim nothing, and need no period.
    """
    stretches = list(_stretches(sentence, lower))
    if not stretches:
        return sentence
    return replace(sentence, tokens=tuple(_emptied(sentence.tokens, stretches)))


def told_of_others(sentence: Sentence, lower: str) -> set[int]:
    """Return the indices of figures that are one firm's, another country's, work given out, or real growth."""
    if not any(_is_value(token) for token in sentence.tokens):
        return set()
    others = [*_of_one(sentence, lower), *_given_out(sentence, lower)]
    real = list(_real(sentence, lower))
    return {
        at
        for at, token in enumerate(sentence.tokens)
        if _is_value(token)
        and (
            any(start <= token.start < end for start, end in others)
            or (token.meaning.kind == "percent" and any(start <= token.start < end for start, end in real))
        )
    }


def _stretches(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    for match in guards.found("backdrop", lower, sentence.start, sentence.end):
        yield match.span()
    start = (
        sentence.start + len(lower[sentence.start : sentence.end]) - len(lower[sentence.start : sentence.end].lstrip())
    )
    led = guards.pattern("led_in").match(lower, start, sentence.end)
    if led:
        yield led.span()


def _emptied(tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]) -> Iterator[Token]:
    for token in tokens:
        if not any(start <= token.start < end for start, end in stretches):
            yield token
        elif token.kind == "figure":
            yield replace(token, meaning=replace(token.meaning, kind="void"))
        elif token.kind == "mark":
            yield token
        else:
            yield replace(token, kind="filler", meaning="any")


def _of_one(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    """Yield the statements that tell of one firm or of a body of another country."""
    parts = guards.statements(guards.clauses(sentence, lower))
    for statement in parts:
        start, end = statement[0].start, statement[-1].end
        for match in guards.found("one_firm", lower, start, end):
            yield match.start(), end
        if guards.found("foreign_body", lower, start, end):
            yield start, end
    for token in sentence.tokens:
        if token.kind in PLACES and BASED.match(lower, token.end):
            yield token.start, guards.statement_end(parts, token.start)


def _given_out(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    """Yield what is told of work that Chinese firms give to others, not of work that they are given."""
    for statement in guards.statements(guards.clauses(sentence, lower)):
        start, end = statement[0].start, statement[-1].end
        for match in guards.found("given_out", lower, start, end):
            home = TURNS_HOME.search(lower, match.end(), end)
            yield match.start(), home.start() if home else end


def _real(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    """Yield what is measured at the prices or exchange rates of another time."""
    for statement in guards.statements(guards.clauses(sentence, lower)):
        start, end = statement[0].start, statement[-1].end
        for match in guards.found("real", lower, start, end):
            own = OWN.search(lower, match.end(), end)
            clause = guards.clause_at(statement, match.start())
            yield clause.start, own.start() if own else end


def _is_value(token: Token) -> bool:
    return token.kind == "figure" and token.meaning.kind in VALUES
