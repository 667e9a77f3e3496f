"""Extraction: from the text of a press release to the statements that it seems to make."""

from __future__ import annotations

from dataclasses import dataclass

from series.extract.binding import bind
from series.extract.candidates import Candidate
from series.extract.claimed import only_claimed
from series.extract.documents import Document, from_bytes, load_file, load_stream
from series.extract.kinds import told_apart
from series.extract.mapped import Mapped
from series.extract.markup import unmarked
from series.extract.normal import normalised
from series.extract.reading import Reading
from series.extract.sentences import split
from series.extract.timeline import Timeline
from series.extract.tokens import lowered, tokenize

__all__ = ["Candidate", "Document", "Extraction", "extract", "extract_text", "from_bytes", "load_file", "load_stream"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one text yielded; `undated` counts figures left out because no year could be known."""

    candidates: tuple[Candidate, ...]
    undated: int


def extract(
    document: Document, *, published: tuple[int, int | None] | None = None, source: str | None = None
) -> Extraction:
    """Return the statements that a document seems to make about outsourcing, in the order of the text.

    `published` is year and month (None: only the year is known); without it, what the document says of itself
    and then its date line are used to understand "this year".
    """
    mapped = Mapped.whole(document.text)
    if document.marked:
        mapped = unmarked(mapped)
    plain = normalised(mapped)
    lower = lowered(plain.text)
    tokens = list(told_apart(tokenize(plain.text), lower))
    sentences = list(only_claimed(split(tokens, len(lower)), lower))
    year, month = published or document.published or (None, None)
    reading = Reading(plain, document.text, source or document.name, Timeline(year, month))
    bind(sentences, reading)
    if reading.undated and len(reading.periods) == 1:  # the only period comes after its figures
        again = Reading(plain, document.text, source or document.name, Timeline(year, month))
        (again.period,) = reading.periods
        bind(sentences, again)
        reading = again
    unique = {candidate.key: candidate for candidate in reversed(reading.candidates)}
    return Extraction(tuple(sorted(unique.values(), key=lambda candidate: candidate.span)), reading.undated)


def extract_text(text: str, *, published: tuple[int, int | None] | None = None, source: str = "text") -> Extraction:
    """Return the statements that a plain text seems to make."""
    return extract(Document(source, text, "text", marked=False, published=None), published=published)
