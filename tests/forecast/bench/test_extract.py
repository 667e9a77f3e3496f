import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from forecast.bench import extract
from forecast.bench.press import Key, Piece, collected, key
from series.extract import extract as read_from
from series.extract import load_file
from series.periods import Period

YEAR = Period.year(2020)
LEVEL: Key = ("cn", "offshore", "execution", None, YEAR, "level", Decimal(100), "CNY 100m")
GROWTH: Key = ("cn", "offshore", "execution", None, YEAR, "growth", Decimal(5), "percent")
OTHER: Key = ("cn", "total", "execution", None, YEAR, "growth", Decimal(5), "percent")


def test_a_row_counts_what_is_right_and_what_differs_is_listed() -> None:
    pieces = [Piece("a", "en", Counter([LEVEL, GROWTH]), Counter([LEVEL, OTHER]))]
    scores, differing = extract.measured("Texts", pieces)
    assert scores.rows[0] == {
        "language": "English", "kind": "all", "figures": 2, "read": 2, "right": 1,
        "precision": 0.5, "recall": 0.5, "F1": 0.5,
    }  # fmt: skip
    assert [(row["side"], row["figure"]) for row in differing.rows] == [
        ("missed", "cn offshore execution, 2020: growth 5 percent"),
        ("extra", "cn total execution, 2020: growth 5 percent"),
    ]


def test_speed_is_measured_on_ever_longer_texts() -> None:
    (one, two) = extract.speed((1, 2)).rows
    assert two["characters"] == 2 * int(str(one["characters"]))


@pytest.mark.parametrize(
    ("number", "published", "figures"),
    [(0, (2020, 9), 8), (1, (2012, 9), 8), (2, (2021, 10), 7), (3, (2023, 6), 10), (4, (2019, 5), 68)],
)
def test_whole_documents_yield_their_figures_and_nothing_of_other_matters(
    number: int, published: tuple[int, int], figures: int
) -> None:
    shared = os.environ.get(extract.SHARED)
    if not shared:
        pytest.skip(f"{extract.SHARED} does not name the folder of the whole documents")
    (path,) = (Path(shared) / "seeds").glob(f"{number:03d}_*")
    read = Counter(key(one) for one in read_from(load_file(path), published=published).candidates)
    (piece,) = (one for one in collected(Path(shared) / "press") if one.name.startswith(f"seed_{number:03d}"))
    assert read.total() == figures
    assert not piece.gold - read


def test_press_texts_are_read_as_well_as_promised() -> None:
    shared = os.environ.get(extract.SHARED)
    if not shared:
        pytest.skip(f"{extract.SHARED} does not name the folder of the press texts")
    scores = extract.measured("Press", collected(Path(shared) / "press"))[0]
    found = {row["language"]: row["F1"] for row in scores.rows if row["kind"] == "all"}
    assert float(str(found["Chinese"])) >= 0.99
    assert float(str(found["English"])) >= 0.98
