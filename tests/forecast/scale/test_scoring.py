from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import backtest
from forecast.cli import invoke
from forecast.panels import from_frame
from forecast.scale import runs
from forecast.scale.chunks import Job
from forecast.scale.engines import Alone
from forecast.scale.openings import open_source
from forecast.scale.scoring import judge
from tests.forecast.scale.conftest import Heard, growing


def test_scores_in_chunks_are_those_of_a_backtest_in_memory(tmp_path: Path) -> None:
    frame = growing(25)
    job = Job(str(tmp_path / "out"), ("theta",), 3, origins=4)
    outcome = runs.execute(job, open_source(frame), Alone(), Heard(), chunk=60)
    assert outcome.chunks > 2
    wanted = backtest.make(from_frame(frame), ["theta"], 4, 3).scores
    each = pd.concat(pd.read_parquet(path) for path in (tmp_path / "out/scores").iterdir())
    there = wanted[(wanted["series"] != "all") & (wanted["horizon"] == "all")].dropna(subset="value")
    merged = there.merge(each, on=["model", "series", "metric"], suffixes=("", "_mine"))
    assert len(merged) == len(there) == len(each)
    assert merged["value_mine"].tolist() == pytest.approx(merged["value"].tolist(), rel=1e-9)
    assert merged["n_mine"].tolist() == merged["n"].tolist()
    overall = pd.read_csv(tmp_path / "out/scores.csv", dtype={"horizon": str})
    there = wanted[wanted["series"] == "all"].astype({"horizon": str})
    merged = there.merge(overall, on=["model", "horizon", "metric"], suffixes=("", "_mine"))
    assert len(merged) == len(there)
    assert merged["value_mine"].tolist() == pytest.approx(merged["value"].tolist(), rel=1e-8)
    assert overall["against naive"].notna().sum() == 2


def test_series_without_an_origin_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csv"
    lines = [f"a,{2000 + n},{10 + n % 3}\n" for n in range(9)] + [f"b,{2000 + n},{n}\n" for n in range(4)]
    path.write_text("series,period,value\n" + "".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    command = ["backtest", "--data", str(path), "--models", "drift", "--horizon", "2", "--out", str(out)]
    assert invoke(command) == 3
    assert "1 of 2 series are backtested" in capsys.readouterr().out
    assert "b,refused,4 observations; a backtest needs 4" in (out / "failures.csv").read_text(encoding="utf-8")
    assert invoke([*command, "--origins", "0"]) == 2
    assert invoke([*command, "--reconcile"]) == 2


def test_few_series_cannot_tell() -> None:
    assert judge(-5.0, 12, 2.5) == "cannot tell"
    assert judge(-5.0, 100, 2.5) == "better"
    assert judge(5.0, 100, 2.5) == "worse"
    assert judge(0.5, 100, 2.5) == "cannot tell"
    assert judge(0.0, 100, 0.0) == "cannot tell"
