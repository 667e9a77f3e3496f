"""Brief: a page in a few lines for a terminal or the body of a mail."""

from __future__ import annotations

import re

from reports.columns import wide
from reports.page import Chart, Page, Tiles
from reports.voice import Voice

WIDTH = 78
LEAST = 24
"""Columns that a note beside a key figure gets at least."""
_PARTS = re.compile("(?:[^ \u2e80-\uffef]+|[\u2e80-\uffef]| )[，。；：、）》]*")
"""What a line does not break within: a word or number, or a Chinese letter, with the marks that close it."""


def render(page: Page, voice: Voice, width: int = WIDTH) -> str:
    """Return title, standfirst, key figures and the finding of every chart as plain text of `width` columns."""
    lines = [voice.say(page.title), "=" * min(width, wide(voice.say(page.title))), ""]
    for text in page.standfirst:
        lines += _wrap(voice.say(text), width)
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Tiles):
                tiles = [
                    (voice.say(tile.label), voice.quantity(tile.figure), voice.say(tile.note)) for tile in block.tiles
                ]
                label = max(wide(name) for name, _, _ in tiles)
                value = max(wide(shown) for _, shown, _ in tiles)
                before = label + value + 6
                room = max(LEAST, width - before)
                lines.append("")
                for name, shown, note in tiles:
                    first, *more = _wrap(note, room)
                    lines.append(f"  {_pad(name, label)}  {_pad(shown, value)}  {first}")
                    lines += [f"{' ' * before}{line}" for line in more]
                lines.append("")
            elif isinstance(block, Chart):
                lines += _wrap(
                    f"{voice.say(section.heading)}{voice.mark('colon')}{voice.say(block.finding)}", width, "- "
                )
    lines += ["", voice.evidence(page.as_of)]
    return "\n".join(lines) + "\n"


def _wrap(text: str, width: int, bullet: str = "") -> list[str]:
    """Break a text into lines of at most `width` columns: between words, and between Chinese letters, which take two.

    Numbers stay whole, and no line begins with a mark that closes what stands before it.
    """
    lines, line = [], bullet
    for part in _PARTS.findall(text):
        if wide(line + part.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = " " * len(bullet)
        line += part if line.strip() else part.lstrip()
    return [*lines, line.rstrip()] if line.strip() else [""]


def _pad(text: str, width: int) -> str:
    return text + " " * (width - wide(text))
