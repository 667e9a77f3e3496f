"""Columns: how the cells of a table line up, alike on a page and on paper."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures import Figure
from reports.page import Basis, Cell, Day, Table
from reports.voice import Voice
from series.periods import Period

MOST = 60
"""Letters beyond which a cell asks for no more room."""
LEAST = 4
GUTTER = 3
SHORT = 12
"""Letters up to which a column is not made narrower."""
FEWEST = 10
"""Letters that a long column gets at least."""
BRIEF = 10
"""Letters up to which the head of a row is not folded."""
ROOMY = 19
"""Letters that a name in words gets, so that it does not break at every one."""
LINE = 108
"""Letters of a table that a line of paper holds."""
STEP = 12
"""Letters that a column may be given at once."""
LINES = 4
"""Lines that a heading may take."""
TOGETHER = 8
"""Letters of a Chinese heading that stay on one line: four of its own."""

SPLIT = 24
"""Letters of one word beyond which a column asks for no more room."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen holds of a table, and what it gives: letters of a line, of a column of prose, between columns."""

    letters: int
    prose: int
    gap: float


DESK = Screen(104, 35, 2.2)
PHONE = Screen(57, 25, 1.5)


def fits(table: Table, voice: Voice, screen: Screen) -> bool:
    """Whether a table fits in a line of a screen, words folded as far as they may be."""
    needed = (least(table, index, voice, screen) + screen.gap for index in range(len(table.columns)))
    return sum(needed) <= screen.letters


def least(table: Table, index: int, voice: Voice, screen: Screen) -> int:
    """Return how many letters a column needs on a screen, as its style sheet folds it."""
    column = table.columns[index]
    if column.kind == "prose":
        return screen.prose
    cells = [shown(row[index], column.unit, voice) for row in table.rows]
    longest = max((wide(text) for text in cells), default=0)
    heading = voice.say(column.heading)
    most = max((len(word) for word in heading.split() if word.isascii()), default=0)
    if wide(heading) > len(heading):
        most = max(most, min(wide(heading), TOGETHER + 2))
    if column.kind == "number":
        return max(most, longest)
    if longest > {"head": BRIEF, "text": SPLIT}[column.kind]:
        return max(most, ROOMY, *_words(cells))
    return max(most, longest if column.kind == "head" else max(FEWEST, *_words(cells)))


def _words(cells: Sequence[str]) -> list[int]:
    """Return how long the words of a column are, of Chinese ones two letters."""
    return [0, *(min(SPLIT, wide(word)) if word.isascii() else LEAST for text in cells for word in text.split())]


def padding(table: Table, index: int, voice: Voice) -> Sequence[str]:
    """Return what each cell of a column of figures lacks behind its last digit for the points to stand in line.

    Empty where the cell is no single figure, or brings its own unit.
    """
    unit = table.columns[index].unit
    shown = [
        voice.bare(cell)
        if isinstance(cell := row[index], Figure) and cell.value is not None and unit == cell.unit
        else None
        for row in table.rows
    ]
    tails = [None if text is None else _tail(text) for text in shown]
    longest = max((len(tail) for tail in tails if tail is not None), default=0)
    full = f".{'0' * longest}"[:longest]
    return ["" if tail is None else full[len(tail) :] for tail in tails]


def widths(table: Table, voice: Voice) -> Sequence[float]:
    """Return how wide each column is on paper, in letters.

    Short ones, dates and figures have what they want. The others begin with their longest word, and what is left goes
    by and by to where it saves most lines.
    """
    wanted = [room(table, index, voice) + GUTTER for index in range(len(table.columns))]
    made = [float(one) for one in wanted]
    if sum(made) <= LINE:
        return made
    long = [i for i in range(len(made)) if made[i] > SHORT and _folds(table, i)]
    texts = [[shown(row[i], table.columns[i].unit, voice) for row in table.rows] for i in long]
    for i, cells in zip(long, texts, strict=True):
        made[i] = max(FEWEST, *_words((voice.say(table.columns[i].heading), *cells))) + GUTTER
    spare = int(LINE - sum(made))
    steps = [(at, more) for at in range(len(long)) for more in range(1, STEP + 1)]
    while spare > 0:
        saved = {
            (at, more): _saved(texts, [made[i] for i in long], at, more) / more for at, more in steps if more <= spare
        }
        at, more = max(saved, key=lambda step: (saved[step], -step[1]), default=(0, 0))
        if not saved or saved[at, more] <= 0:
            break
        made[long[at]] += more
        spare -= more
    whole = sum(wanted[i] for i in long)
    return [one + max(0, spare) * wanted[i] / whole if i in long else one for i, one in enumerate(made)]


def _folds(table: Table, index: int) -> bool:
    """Whether the cells of a column may be folded: figures and dates stay on one line."""
    whole = any(isinstance(row[index], (Day, Period)) for row in table.rows)
    return table.columns[index].kind != "number" and not whole


def _saved(texts: Sequence[Sequence[str]], made: Sequence[float], at: int, more: int) -> float:
    """Return how many lines the rows lose where a column gets `more` letters; those of its own cells count a little."""
    saved = 0.0
    for row in zip(*texts, strict=True):
        lines = [_lines(text, int(one - GUTTER)) for text, one in zip(row, made, strict=True)]
        after = _lines(row[at], int(made[at] + more - GUTTER))
        others = max((count for i, count in enumerate(lines) if i != at), default=1)
        saved += max(lines) - max(after, others) + 0.1 * (lines[at] - after)
    return saved


@functools.cache
def _lines(text: str, width: int) -> int:
    """Count the lines of a text in a column: English breaks between words, Chinese anywhere."""
    if not text.isascii():
        return max(1, -(-wide(text) // width))
    count, at = 1, 0
    for word in text.split():
        if at and at + 1 + len(word) > width:
            count, at = count + 1, len(word)
        else:
            at += len(word) + (1 if at else 0)
    return count


def room(table: Table, index: int, voice: Voice) -> int:
    """Return how many letters wide a column wants to be: its longest cell, or a part of its heading.

    A heading breaks between words, a Chinese one anywhere.
    """
    cells = [shown(row[index], table.columns[index].unit, voice) for row in table.rows]
    heading = voice.say(table.columns[index].heading)
    whole = [word for word in heading.split() if word.isascii()]
    part = 2 + wide(heading) // LINES
    if wide(heading) > len(heading):
        part = max(part, min(wide(heading), TOGETHER))
    return max(LEAST, part, *(min(MOST, wide(text)) for text in cells), *(len(word) for word in whole))


def shown(cell: Cell, unit: str, voice: Voice) -> str:
    """Return what a cell shows: of sources their numbers, three to a line at the most."""
    return ", ".join(["00"] * min(3, len(cell.ids))) if isinstance(cell, Basis) else voice.cell(cell, unit)


def _tail(text: str) -> str:
    """Return the point and what follows it."""
    _, point, digits = text.partition(".")
    return point + digits


def wide(text: str) -> int:
    """Count letters; Chinese ones are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
