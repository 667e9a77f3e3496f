"""Brief: a page in a few lines for a terminal or the body of a mail."""

from __future__ import annotations

import textwrap

from reports.columns import wide
from reports.page import Chart, Page, Tiles
from reports.voice import Voice

WIDTH = 78


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
                lines += ["", *(f"  {_pad(n, label)}  {_pad(v, value)}  {note}" for n, v, note in tiles), ""]
            elif isinstance(block, Chart):
                lines += _wrap(f"{voice.say(section.heading)}: {voice.say(block.finding)}", width, "- ")
    lines += ["", voice.evidence(page.as_of)]
    return "\n".join(lines) + "\n"


def _wrap(text: str, width: int, bullet: str = "") -> list[str]:
    """Break a text into lines of at most `width` columns; Chinese letters take two."""
    half = width // 2 if wide(text) > 1.5 * len(text) else width
    return textwrap.wrap(text, half, initial_indent=bullet, subsequent_indent=" " * len(bullet)) or [""]


def _pad(text: str, width: int) -> str:
    return text + " " * (width - wide(text))
