"""Documents: whatever a user hands over, as text with its date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from series.errors import InputError
from series.extract import limits
from series.extract.decoding import decode
from series.extract.markup import declared_date, is_marked
from series.extract.pdf import is_pdf, text_of


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read: spans of candidates count the characters of `text`; `published` is what it says of itself."""

    name: str
    text: str
    encoding: str
    marked: bool
    published: tuple[int, int | None] | None


def load_file(path: Path) -> Document:
    """Read a text, HTML, Markdown or PDF file.

    Raises:
        InputError: if there is no such file, or it is too large, empty or unreadable.
    """
    if not path.is_file():
        there = f"{path} is no file that can be read" if path.exists() else f"there is no file {path}"
        raise InputError(f"{there}; give a text, HTML, Markdown or PDF file, or - for standard input")
    with path.open("rb") as stream:
        return load_stream(stream, path.name)


def load_stream(stream: BinaryIO, name: str) -> Document:
    """Read a document from a stream of bytes, no more of it than the limit."""
    data = stream.read(limits.BYTES + 1)
    if len(data) > limits.BYTES:
        raise InputError(f"{name} is larger than {limits.BYTES // 1_000_000} MB; give the pages that matter")
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Document:
    """Return the document that the bytes hold."""
    text, encoding = (text_of(data, name), "pdf") if is_pdf(data) else decode(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty; give a press text")
    if len(text) > limits.CHARACTERS:
        raise InputError(
            f"{name} has {len(text):,} characters, at most {limits.CHARACTERS:,} are read; give the pages that matter"
        )
    marked = encoding != "pdf" and is_marked(text)
    published = declared_date(text) if marked or text.lstrip()[:3] == "---" else None
    return Document(name, text, encoding, marked, published)
