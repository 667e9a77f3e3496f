"""Backdrops: what a sentence only sets its figures against, or tells of somebody or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from series.extract import guards
from series.extract.sentences import Sentence
from series.extract.tokens import Token

OTHERS = ("one_firm", "foreign_body", "given_out", "real")
OWN = re.compile(r"名义|按人民币|以人民币|按美元|以美元|(?<![a-z])nominal(?:ly)?(?![a-z])")
NOMINAL = ("名义", "nominal")
TRUE = re.compile(r"实际(?:同比)?增[长速]|(?<![a-z])real ")
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
    if not any(token.kind == "figure" for token in sentence.tokens):
        return set()
    found = {name: guards.signalled(name, lower, sentence.start, sentence.end) for name in OTHERS}
    based = [token.end for token in sentence.tokens if token.kind in PLACES and BASED.match(lower, token.end)]
    stretch = lower[sentence.start : sentence.end]
    nominal = any(word in stretch for word in NOMINAL)
    if not based and not nominal and not any(found.values()):
        return set()
    parts = guards.clauses(sentence, lower)
    statements = [(one[0].start, one[-1].end) for one in guards.statements(parts)]
    others = [(at, _closes(statements, at)) for at in (*based, *(match.start() for match in found["one_firm"]))]
    others += [one for match in found["foreign_body"] for one in statements if one[0] <= match.start() < one[1]]
    for match in found["given_out"]:
        end = _closes(statements, match.start())
        home = TURNS_HOME.search(lower, match.end(), end)
        others.append((match.start(), home.start() if home else end))
    real = []
    for match in found["real"]:
        end = _closes(statements, match.start())
        own = OWN.search(lower, match.end(), end)
        real.append((guards.clause_at(parts, match.start()).start, own.start() if own else end))
    if nominal:
        beside = TRUE.finditer(lower, sentence.start, sentence.end)
        real += [(match.start(), _closes(statements, match.start())) for match in beside]
    return {
        at
        for at, token in enumerate(sentence.tokens)
        if token.kind == "figure"
        and (_within(token, others) or (token.meaning.kind == "percent" and _within(token, real)))
    }


def _closes(statements: Sequence[tuple[int, int]], at: int) -> int:
    """Return where the statement ends that the character `at` stands in."""
    return next((end for _, end in statements if at < end), statements[-1][1])


def _within(token: Token, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in stretches)


def _stretches(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    for match in guards.signalled("backdrop", lower, sentence.start, sentence.end):
        yield match.span()
    start = sentence.start
    while start < sentence.end and lower[start].isspace():
        start += 1
    led = guards.pattern("led_in").match(lower, start, sentence.end)
    if led:
        yield led.span()


def _emptied(tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]) -> Iterator[Token]:
    for token in tokens:
        if not _within(token, stretches):
            yield token
        elif token.kind == "figure":
            yield replace(token, meaning=replace(token.meaning, kind="void"))
        elif token.kind == "mark":
            yield token
        else:
            yield replace(token, kind="filler", meaning="any")
