"""What commands print: one JSON document, or a table for people; diagnostics go to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.streams import printing, visible

if TYPE_CHECKING:
    from rich.console import Console

ENDLESS = 100_000
NARROWEST = 20
LEAST = 3
"""Columns are never narrower than that, however narrow the terminal."""
NARROW = 24
"""Columns up to this width are never folded on a terminal: ids and names stay whole."""
READABLE = 1e15
"""Numbers from here on are written with a power of ten."""
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else on stdout.")]


def document(content: Any) -> None:
    """Print `content` as one JSON document; the same content always gives the same bytes.

    Letters that the encoding of the output cannot hold, or that are none, are written as JSON escapes.
    """
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(content, ensure_ascii=True, indent=1, allow_nan=False)
    with printing():
        sys.stdout.write(f"{text}\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> None:
    """Print a table: columns of numbers are set flush right.

    On a terminal it is folded to its width, short columns last. Elsewhere each row is one line, to be searched and cut.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    filled = [[visible(cell if isinstance(cell, str) else _number(cell)) for cell in row] for row in rows]
    over, under = (Text(visible(text)) if text else None for text in (title, caption))
    view = Table(title=over, title_justify="left", caption=under, caption_justify="left")
    for index, column in enumerate(map(visible, columns)):
        cells = [row[index] for row in filled]
        numeric = bool(cells) and all(_is_number(cell) for cell in cells)
        widest = max(cell_len(cell) for cell in (column, *cells))
        whole = widest if numeric or widest <= NARROW else None
        view.add_column(Text(column), justify="right" if numeric else "left", overflow="fold", min_width=whole)
    for row in filled:
        view.add_row(*(Text(cell) for cell in row))
    console = _console()
    wants = console.measure(view, options=console.options.update(width=ENDLESS))
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = wants.maximum
    elif wants.minimum > console.width:
        for one in view.columns:
            one.min_width = min(one.min_width or LEAST, LEAST)
        console.width = max(console.width, len(columns) * (LEAST + 3) + 1)  # what is cut is lost
    with printing():
        console.print(view)


def _console() -> Console:
    """Return the output as wide as it is, but never without width: some environments say that it has none."""
    from rich.console import Console

    console = Console(highlight=False)
    console.width = max(console.width, NARROWEST)
    return console


def say(text: str) -> None:
    """Print a sentence for people, wrapped to the terminal."""
    with printing():
        _console().print(visible(text, "\n"), markup=False, emoji=False)


def plain(text: str) -> None:
    """Print lines that are already set."""
    with printing():
        sys.stdout.write(visible(text.rstrip("\n"), "\n\t") + "\n")


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that `what` is going on; say nothing when stderr is piped."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(f"{visible(what)} …")):
        yield


def note(text: str) -> None:
    """Print a diagnostic on stderr."""
    print(f"forecast: {visible(text)}", file=sys.stderr)


def tell_findings(findings: Sequence[Mapping[str, str]]) -> None:
    """Print what looks odd about the data on stderr, a line a kind."""
    kinds: dict[str, list[str]] = {}
    for one in findings:
        kinds.setdefault(one["kind"], []).append(f"{one['series']}: {one['message']}")
    for kind, some in kinds.items():
        note(f"{kind}, {len(some)}: {'; '.join(some[:3])}{'; …' if len(some) > 3 else ''}")


def rounded(value: float | None, digits: int = 4) -> str:
    """Write a number for people: so many digits, but all of those before the point as long as they can be read."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if 1000 <= abs(value) < READABLE else f"{value:,.{digits}g}"


def _number(cell: object) -> str:
    if cell is None:
        return "–"
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.1f}" if 1000 <= abs(cell) < READABLE else f"{cell:.4g}"


def _is_number(text: str) -> bool:
    return text in ("", "–") or text.strip("-+%").replace(",", "").replace(".", "", 1).isdigit()
