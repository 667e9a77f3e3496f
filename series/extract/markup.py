"""HTML, and Markdown with HTML in it: tags, entities and front matter taken out, places kept.

The scanner looks at each character a bounded number of times and keeps no stack, so that neither depth nor
damage of the markup can slow it down.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from series.extract.mapped import Mapped

BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header"
    "|hr|html|legend|li|main|nav|ol|option|p|pre|section|select|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul"
)
SILENT = ("script", "style", "noscript", "template", "svg")
TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9]{0,20})|!|\?)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d?);?")
SIGNS = re.compile(r"</[a-zA-Z]{1,12}\s{0,3}>|<(?:p|div|br|html|body|td|span|img|meta)[\s/>]", re.IGNORECASE)
FRONT = re.compile(r"\A\s{0,200}---[ \t]*\n(?:.{0,2000}\n){0,60}?---[ \t]*\n")
MARKDOWN = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^)\s]{0,2000}\)|(?<=\])\([^)\s]{1,2000}\)|\*\*|__|^#{1,6}(?=\s)|`{1,3}", re.MULTILINE
)
DATE = re.compile(
    r"^date:\s{0,4}\w{0,4},?\s{0,2}\d{1,2} (?P<name>[A-Z][a-z]{2}) (?P<year2>(?:19|20)\d\d)"
    r"|(?:publish\w{0,12}|pubdate|date|article:published_time|datetime)[\"']?\s{0,3}(?:content)?\s{0,3}[=:]\s{0,3}[\"']?"
    r"[^\"'<\n]{0,12}?(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2}))?",
    re.IGNORECASE | re.MULTILINE,
)
HEAD = 20_000  # characters in which a document says when it was published
NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def is_marked(text: str) -> bool:
    """Whether a text has HTML in it."""
    return SIGNS.search(text) is not None


def unmarked(mapped: Mapped) -> Mapped:
    """Return the readable text: blocks become paragraphs, scripts and tags go, entities become characters."""
    mapped = mapped.edit(_tags(mapped.text))
    mapped = mapped.edit(
        (found.start(), found.end(), plain)
        for found in ENTITY.finditer(mapped.text)
        if (plain := html.unescape(found[0])) != found[0]
    )
    return mapped.edit((found.start(), found.end(), "") for found in MARKDOWN.finditer(mapped.text))


def declared_date(text: str) -> tuple[int, int | None] | None:
    """Return the year and month that a document's own head gives as its date of publication."""
    for found in DATE.finditer(text[:HEAD]):
        if found["name"]:
            name = found["name"].lower()
            return int(found["year2"]), NAMES.index(name) + 1 if name in NAMES else None
        month = int(found["month"]) if found["month"] else None
        if month is None or 1 <= month <= 12:
            return int(found["year"]), month
    return None


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    front = FRONT.match(text)
    at = front.end() if front else 0
    if front:
        yield 0, at, "\n\n"
    closing = -1  # place of the next ">", looked up once for all tags before it
    while True:
        found = TAG.search(text, at)
        if not found:
            return
        start = found.start()
        name = (found[1] or "").lower()
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            end = len(text) if end < 0 else end + 3
        else:
            if closing < start:
                closing = text.find(">", start)
                if closing < 0:
                    return
            end = closing + 1
            if name in SILENT and text[start + 1] != "/":
                shut = _find(text, f"</{name}", end)
                end = len(text) if shut < 0 else shut
        yield start, end, "\n\n" if BLOCKS.fullmatch(name) else "\n" if name == "br" else ""
        at = end


def _find(text: str, closing: str, start: int) -> int:
    found = re.compile(re.escape(closing), re.IGNORECASE).search(text, start)
    return found.start() if found else -1
