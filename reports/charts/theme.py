"""Theme: the colours by role, and the sizes a chart is drawn in.

A chart is drawn in the light colours. Inline in a page each of them becomes the style variable of its role, so that
dark mode and print follow the page; alone (PNG, PDF) it stays as drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

LIGHT: dict[str, str] = {
    "paper": "#fffffe",
    "ink": "#1c1d21",
    "muted": "#5c6068",
    "rule": "#dcdad5",
    "series": "#17456e",
    "fan-50": "#7ba2c3",
    "fan-80": "#abc6db",
    "fan-95": "#d5e3ee",
    "claim": "#93370d",
}
FONT = "Liberation Sans"
"""The face that a chart is measured with: it travels with vl-convert, so every machine measures alike."""

FACES = "Report Sans, Noto Sans SC"
"""The faces that a chart is typeset with."""


@dataclass(frozen=True, slots=True)
class Size:
    """Outer size of a chart in pixels, the room around its plot, and its letters."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    letters: int
    every: int

    @property
    def plot(self) -> tuple[int, int]:
        """Width and height inside the axes."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom


WIDE = Size("wide", 720, 400, 44, 104, 18, 30, 13, 5)
PAPER = Size("paper", 720, 300, 44, 104, 18, 30, 13, 5)
NARROW = Size("narrow", 344, 340, 34, 70, 18, 28, 12, 10)
