"""Extraction: from the text of a press release to the statements that it seems to make."""

from __future__ import annotations

from dataclasses import dataclass

from series.extract.binding import bind
from series.extract.candidates import Candidate
from series.extract.mapped import Mapped
from series.extract.normal import normal
from series.extract.sentences import split
from series.extract.timeline import Timeline
from series.extract.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one text yielded; `undated` counts figures left out because no year could be known."""

    candidates: tuple[Candidate, ...]
    undated: int


def extract(text: str, *, source: str = "text", year: int | None = None, month: int | None = None) -> Extraction:
    """Return the statements that `text`, published in `year` and `month`, seems to make about outsourcing."""
    plain = normal(Mapped.whole(text))
    sentences = list(split(tokenize(plain.text), len(plain.text)))
    binder = bind(sentences, plain, text, source, Timeline(year, month))
    unique = {candidate.key: candidate for candidate in reversed(binder.candidates)}
    candidates = sorted(unique.values(), key=lambda candidate: candidate.span)
    return Extraction(tuple(candidates), binder.undated)
