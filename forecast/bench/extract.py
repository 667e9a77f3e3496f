"""How well figures are read out of press texts, and how fast: by language and by kind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from forecast.bench import Row, Table
from forecast.bench.press import WRITTEN, Key, Piece, collected, samples, written
from forecast.bench.records import keep
from series.extract import extract_text

SHARED = "OUTSOURCING_SHARED"
"""The environment variable that names the folder with the collection of press texts, in `press`."""

KINDS = ("level", "growth", "share", "multiple", "cagr")
LANGUAGES = {"zh": "Chinese", "en": "English"}
COPIES = (1, 10, 100)
PAGE = 9_000  # characters of the text that is copied
REASONS = {
    ("growth", 118): "growth over two years, against 2005; the list has growth over one year only",
    ("cagr", 10.4): "average growth over a plan period, read on purpose; the list has none",
    ("multiple", 183): "a multiple of the base year, read on purpose; the list has none",
    ("multiple", 137): "a multiple of the base year, read on purpose; the list has none",
}
REMARK = "A figure counts when subject, period, kind, value and unit are all right."


def tables() -> Sequence[Table]:
    """Measure the written samples, the collection of press texts where its folder is named, and the speed."""
    found = []
    if WRITTEN.is_dir():
        found += measured("Written samples", written())
    shared = os.environ.get(SHARED)
    if shared:
        found += measured("Press texts", collected(Path(shared) / "press"))
    return [*found, speed()]


def measured(title: str, pieces: Sequence[Piece]) -> list[Table]:
    """Return precision, recall and F1 by language and kind, and every figure that differs with the reason."""
    rows: list[Row] = []
    for language, name in LANGUAGES.items():
        spoken = [piece for piece in pieces if piece.language == language]
        rows += [_row(name, kind, spoken) for kind in ("all", *KINDS)]
    differing = [
        _differing(piece.name, side, one)
        for piece in pieces
        for side, some in (("missed", piece.gold - piece.read), ("extra", piece.read - piece.gold))
        for one in sorted(some.elements(), key=str)
    ]
    texts = f"{len(pieces)} texts. {REMARK}"
    return [Table(title, [row for row in rows if row["figures"] or row["read"]], texts)] + (
        [Table(f"{title}: what differs", differing)] if differing else []
    )


def speed(copies: Iterable[int] = COPIES) -> Table:
    """Read ever longer texts: seconds of the processor."""
    base = (
        "".join(text for *_, text, _ in samples())[:PAGE] or "2020年离岸服务外包执行额516.5亿美元,增长10.7%。\n" * 250
    )
    extract_text(base)  # words and tables are loaded once
    rows: list[Row] = []
    for times in copies:
        text = base * times
        start = time.process_time()
        figures = len(extract_text(text).candidates)
        seconds = time.process_time() - start
        rows.append(
            {
                "copies": times,
                "characters": len(text),
                "seconds": round(seconds, 2),
                "microseconds a character": round(1e6 * seconds / len(text), 1),
                "different figures": figures,
            }
        )
    return Table(
        "Speed of reading", rows, "Copies of one text in both languages; a printed page has about 1,500 characters."
    )


def _row(language: str, kind: str, pieces: Sequence[Piece]) -> Row:
    def of(keys: Iterable[Key]) -> int:
        return sum(kind in ("all", one[5]) for one in keys)

    gold = sum(of(piece.gold.elements()) for piece in pieces)
    read = sum(of(piece.read.elements()) for piece in pieces)
    right = sum(of((piece.gold & piece.read).elements()) for piece in pieces)
    return {
        "language": language,
        "kind": kind,
        "figures": gold,
        "read": read,
        "right": right,
        "precision": round(right / read, 3) if read else "–",
        "recall": round(right / gold, 3) if gold else "–",
        "F1": round(2 * right / (gold + read), 3) if gold + read else "–",
    }


def _differing(text: str, side: str, one: Key) -> Row:
    area, scope, measure, part, period, kind, value, unit = one
    return {
        "text": text,
        "side": side,
        "figure": f"{area} {scope} {measure} {part or ''}".strip() + f", {period}: {kind} {value:f} {unit}",
        "why": REASONS.get((kind, float(value)), ""),
    }


if __name__ == "__main__":
    keep("extract", tables())
