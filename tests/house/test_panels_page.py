"""The walk-through of docs/panels.md runs as it stands, and its figures are what comes out."""

import json
import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from forecast.cli import invoke

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "panels.md").read_text(encoding="utf-8")


def lines() -> list[str]:
    block = re.search(r"<!-- walk-through -->\n```\n(.*?)```", PAGE, re.DOTALL)
    assert block
    return block[1].strip().splitlines()


@pytest.mark.slow
def test_the_walk_through_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    backtest, run = (shlex.split(line.replace("build/ict", f"{tmp_path}/ict")) for line in lines())
    assert invoke([*backtest[1:], "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["reconciliation"]["scores"]
    total = next(row for row in scores if (row["model"], row["level"]) == ("combination", "total"))
    assert total["coverage_95_reconciled"] >= total["coverage_95_unreconciled"] - 0.1
    for coverage in (95, 80):
        told = re.search(
            rf"{coverage} % interval(?: of the total)? covers (\d+) % before and\s+(?:(\d+) % )?after", PAGE
        )
        assert told
        before, after = (100 * total[f"coverage_{coverage}_{kind}"] for kind in ("unreconciled", "reconciled"))
        assert (before, after) == pytest.approx((float(told[1]), float(told[2] or told[1])), abs=1)
    gain = re.search(r"scaled CRPS: (−?[\d.]+) % for\s+the total", PAGE)
    assert gain
    assert total["gain_percent"] == pytest.approx(float(gain[1].replace("−", "-")), abs=0.1)
    assert invoke(run[1:]) == 0
    found = pd.read_parquet(tmp_path / "ict" / "forecasts")
    last = found[found["period"] == "2029"].pivot(index="series", columns="quantile", values="value")
    assert len(last) == 86
    assert last.loc["total", 0.5] == pytest.approx(last.drop(index="total")[0.5].sum(), rel=1e-6)
    quoted = re.search(r"median ([\d,]+), 80 % interval ([\d,]+)–([\d,]+)", PAGE)
    assert quoted
    wanted = [float(number.replace(",", "")) for number in quoted.groups()]
    assert last.loc["total", [0.5, 0.1, 0.9]].tolist() == pytest.approx(wanted, rel=0.01)
    assert "total" in (tmp_path / "ict-report" / "panel.md").read_text(encoding="utf-8")


def test_the_page_is_linked() -> None:
    assert "docs/panels.md" in (ROOT / "README.md").read_text(encoding="utf-8")
