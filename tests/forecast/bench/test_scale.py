from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.bench import measure, panelists, scale
from forecast.bench.processes import Usage, run_timed
from forecast.errors import InputError


def test_without_the_peers_it_says_how_to_get_them() -> None:
    with pytest.raises(InputError, match="make bench SUITE=scale"):
        measure("scale", Path("no/such/python"))


def test_a_made_panel_is_the_same_again_and_as_long_as_it_says(tmp_path: Path) -> None:
    panelists.make(50, tmp_path / "a.parquet")
    panelists.make(50, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    frame = pd.read_parquet(tmp_path / "a.parquet")
    sizes = frame.groupby("series").size()
    assert len(sizes) == 50
    assert sizes.between(20, 80).all()
    assert (frame["value"] > 0).all()
    assert np.isfinite(frame["value"]).all()
    assert frame.groupby("series")["period"].max().eq(2024).all()


def test_rows_say_series_a_second_of_the_clock_and_of_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], one_core: bool) -> Usage:
        size = int(command[command.index("--data") + 1].rpartition("-")[2].removesuffix(".parquet"))
        Path(command[command.index("--out") + 1]).mkdir()
        assert one_core == ("--workers" not in command)
        return Usage(2.0 if one_core else 1.25, 2.0 + size / 40, 300, "", 700)

    monkeypatch.setattr(scale, "run_timed", run)
    monkeypatch.setattr(scale, "_peer", lambda *_: {"series": 10, "processor": 1.0, "version": "2"})
    grown, races = scale.tables(Path(sys.executable), (20, 60))
    assert [row["series/s"] for row in grown.rows] == ["10", "16", "30", "48"]
    assert [row["series/s of a core"] for row in grown.rows] == ["8", "8", "17", "17"]
    assert [row["times one process"] for row in grown.rows] == ["", "1.60", "", "1.60"]
    assert [row["ms a series beyond"] for row in grown.rows] == ["", "", "25.00", "25.00"]
    assert races.rows[0]["ratio"] == "1"


def test_a_process_is_measured_with_all_that_it_starts() -> None:
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}]); print('done')"
    used = run_timed([sys.executable, "-c", child], one_core=True)
    assert used.output == "done\n"
    assert used.processor >= 0.2
    assert used.peak > 1
