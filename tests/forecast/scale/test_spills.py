from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecast.errors import EvidenceError
from forecast.scale import spills
from forecast.scale.openings import open_source
from forecast.scale.stores import Store
from tests.forecast.scale.conftest import growing


def test_a_series_is_whole_in_one_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spills, "SPILL", 150)
    frame = growing(60)
    frame.to_csv(tmp_path / "my.csv", index=False)
    monkeypatch.setattr("forecast.scale.sources.BLOCK", 1000)
    store = Store(str(tmp_path / "out"))
    index = spills.scatter(open_source(tmp_path / "my.csv"), store, 50)
    assert len(index["spills"]) > 2
    assert index["rows"] == len(frame)
    seen: dict[str, int] = {}
    for chunk in range(index["chunks"]):
        table = spills.gather(store, index, chunk).to_pandas()
        sizes = table.groupby("series", observed=True).size()
        assert not set(sizes.index) & set(seen)
        seen |= sizes.to_dict()
    assert seen == frame.groupby("series").size().to_dict()


def test_a_series_has_the_same_chunk_everywhere() -> None:
    assert spills.chunk_of(["Dalian"], 10**9).tolist() == [995806005]
    many = np.bincount(spills.chunk_of([f"s{n}" for n in range(10_000)], 10), minlength=10)
    assert many.min() > 800


def test_nothing_in_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("series,period,value\na,2019,\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match="holds no value"):
        spills.scatter(open_source(tmp_path / "my.csv"), Store(str(tmp_path / "out")))


def test_pieces_read_by_others_make_the_same_chunks_and_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spills, "SPILL", 150)
    growing(60).to_parquet(tmp_path / "my.parquet", row_group_size=100)
    source = open_source(tmp_path / "my.parquet")
    alone, spread = Store(str(tmp_path / "alone")), Store(str(tmp_path / "spread"))
    wanted = spills.scatter(source, alone, 50)
    read: list[int] = []
    heard: list[int] = []

    def backwards(work: Callable[[object, int], Any], pieces: list[int]) -> Iterator[Any]:
        for piece in reversed(pieces):
            read.append(piece)
            yield work(None, piece)

    def stopped(work: Callable[[object, int], Any], pieces: list[int]) -> Iterator[Any]:
        yield from backwards(work, pieces[:2])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spills.scatter(source, spread, 50, spread=stopped)
    index = spills.scatter(source, spread, 50, heard.append, backwards)
    assert sorted(read) == list(range(len(source.pieces(150))))
    assert heard == sorted(heard)
    assert index == wanted
    for chunk in range(index["chunks"]):
        assert spills.gather(spread, index, chunk).to_pylist() == spills.gather(alone, wanted, chunk).to_pylist()
