"""Glyphs: the marks of a chart as small pictures for its key and for tables.

Observations are drawn in the colour of the text; a bar or a line that the chart colours has the chart's colour.
"""

from __future__ import annotations

from markupsafe import Markup

_SOLID = 'fill="currentColor"'
_HOLLOW = 'fill="none" stroke="currentColor" stroke-width="1.6"'
_CIRCLE, _DIAMOND = f'<circle cx="6" cy="6" r="4" {_SOLID}/>', f'<path d="M6 1 11 6 6 11 1 6Z" {_HOLLOW}/>'
_SHAPES: dict[str, tuple[str, int]] = {
    "published": (_CIRCLE, 12),
    "narrowed": (f'<rect x="2" y="2" width="8" height="8" {_SOLID}/>', 12),
    "derived": (_DIAMOND, 12),
    "estimated": (f'<path d="M6 1 11 11 1 11Z" {_HOLLOW}/>', 12),
    "conflicting": (f'<path d="M4 1H8V4H11V8H8V11H4V8H1V4H4Z" {_HOLLOW}/>', 12),
    "given": (_CIRCLE, 12),
    "summed": (_DIAMOND, 12),
    "outcome": (_CIRCLE, 12),
    "middle": (f'<path d="M1 6H11" {_HOLLOW} style="stroke:var(--series)"/>', 12),
    "interval": ('<path d="M3 0H9V12H3Z" style="fill:var(--fan-80)"/>', 12),
    "outer": ('<path d="M4.5 0H7.5V12H4.5Z" style="fill:var(--fan-95)"/>', 12),
    "forecast": (f'<path d="M0 6H28" {_HOLLOW} stroke-dasharray="5 4"/>', 28),
    "claimed": (f'<path d="M0 6H28" {_HOLLOW} stroke-dasharray="7 3 1.5 3"/>', 28),
}


def glyph(name: str) -> Markup:
    """Return the mark of an observation status, of the forecast median or of a claimed path."""
    shape, width = _SHAPES[name]
    kind = ' class="long"' if width > 12 else ""
    return Markup(f'<svg{kind} viewBox="0 0 {width} 12" aria-hidden="true">{shape}</svg>')  # noqa: S704 - constants
