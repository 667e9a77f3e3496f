"""Binding: which subject and period each figure belongs to, in one pass over the sentences."""

from __future__ import annotations

from collections.abc import Iterable

from series.extract.clauses import base_indices
from series.extract.levels import bind_levels
from series.extract.rates import bind_rates
from series.extract.reading import Here, Reading
from series.extract.runs import collect
from series.extract.sentences import Sentence
from series.extract.timespans import Span
from series.extract.tokens import Token

RELEASING = frozenset(("topic", "scope", "part_type"))


def bind(sentences: Iterable[Sentence], reading: Reading) -> None:
    """Read the sentences in order; candidates gather in `reading`."""
    for sentence in sentences:
        _begin(sentence, reading)
        index = 0
        while index < len(sentence.tokens):
            index = _step(sentence.tokens[index], index, reading)


def _begin(sentence: Sentence, reading: Reading) -> None:
    reading.here = Here(tokens=sentence.tokens, bases=base_indices(sentence.tokens, reading.lower))
    reading.context.in_sentence = False
    if sentence.opens:
        reading.timeline.turn()
        reading.context.parts, reading.context.measured = (), frozenset()
        reading.basis = ""
    reading.topical = reading.topical or any(token.kind in RELEASING for token in sentence.tokens)


def _step(token: Token, index: int, reading: Reading) -> int:
    """Take in one token and return the index of the next."""
    here, kind = reading.here, token.kind
    if kind == "figure":
        return _figure(index, reading)
    if kind == "mark":
        here.clause = here.clause if token.meaning == "list" else index + 1
        here.planned = here.planned and token.meaning != ";"
    elif kind == "span":
        _span(token.meaning, index, reading)
    elif kind == "stop":
        reading.blocked, here.group, here.pending = True, [], []
    elif kind == "count":
        here.group, here.pending = [], []
    elif kind == "plan":
        here.planned = True
    elif kind == "basis":
        reading.basis = "" if token.meaning == "same" else token.meaning
    else:
        if kind in RELEASING or (kind == "measure" and token.meaning == "execution"):
            reading.blocked = False
        mention = reading.mention(token, index)
        if mention:
            here.pending.append(mention)
    return index + 1


def _figure(index: int, reading: Reading) -> int:
    here = reading.here
    run = collect(here.tokens, index, reading.normal.text)
    if run.kind == "number":
        return index + 1
    following = run.last + 1
    if run.kind == "money":
        following = bind_levels(reading, run)
    elif run.kind in ("percent", "multiple"):
        following = bind_rates(reading, run)
    elif run.kind == "count":
        here.group, here.pending = [], []
    here.clause = here.since = following
    return following


def _span(span: Span, index: int, reading: Reading) -> None:
    timeline, here = reading.timeline, reading.here
    if span.kind != "period":
        timeline.dated(span)
    if index in here.bases:
        here.base = timeline.base(span, reading.period)
    elif span.kind == "period":
        before, reading.period = reading.period, timeline.period(span)
        if reading.period != before:
            here.group = []
