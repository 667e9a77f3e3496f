import json
from pathlib import Path

import pytest

from forecast.cli import invoke

OFFSHORE = "cn.offshore.execution.usd"
QUICK = ["--models", "theta,drift", "--engine", "batch"]


def test_run_answers_every_model_with_ordered_positive_quantiles(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", OFFSHORE, "--to", "2030", *QUICK, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["forecasts"][0].keys() >= {"model", "series", "origin", "horizon", "period", "quantile", "value"}
    for model in {row["model"] for row in content["forecasts"]}:
        for period in map(str, range(2026, 2031)):
            values = [r["value"] for r in content["forecasts"] if (r["model"], r["period"]) == (model, period)]
            assert len(values) == 23
            assert values[0] > 0
            assert values == sorted(values)


def test_as_of_moves_the_first_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", OFFSHORE, "--to", "2030", "--as-of", "2023-10-31", *QUICK, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert min(row["period"] for row in content["forecasts"]) == "2023"
    assert content["as_of"] == "2023-10-31"


def test_two_runs_are_byte_identical(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert invoke(["run", OFFSHORE, "--horizon", "3", *QUICK, "--json"]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_own_data_is_forecast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my own.csv"
    path.write_text("period,a,b\n" + "".join(f"{2010 + i},{10 + i},{5 + i % 3}\n" for i in range(12)), encoding="utf-8")
    assert invoke(["run", "--data", str(path), "--horizon", "2", *QUICK, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {row["series"] for row in content["forecasts"]} == {"a", "b"}


def test_people_are_told_what_made_a_forecast_and_that_it_leans(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "short.csv"
    path.write_text("period,a\n" + "".join(f"{2015 + i},{10 + i + i % 2}\n" for i in range(6)), encoding="utf-8")
    asked = ["run", "--data", str(path), "--horizon", "1", "--models", "arima,combination,drift", "--engine", "batch"]
    assert invoke(asked) == 0
    told = capsys.readouterr()
    shown = " ".join(told.out.split())
    assert "Made by arima(" in shown
    assert "leaning on the error atlas for its 6 values" in shown
    assert "the intervals of combination lean on the error atlas for a: 6 values" in told.err


def test_a_backtest_of_one_look_says_so_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.csv"
    path.write_text("period,a\n" + "".join(f"{2015 + i},{10 + i + i % 2}\n" for i in range(5)), encoding="utf-8")
    assert invoke(["backtest", "--data", str(path), "--horizon", "1", "--models", "theta"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "up to 1 origin, 1 to 1 ahead" in told
    assert "Looks at separate futures: 1. Below 6 nothing is told" in told


def test_a_backtest_of_many_series_tells_all_together_and_whether_intervals_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.csv"
    lines = [f"s{row},{2010 + i},{100 + 7 * i + (row * 31 + i * i * 17) % 23}\n" for row in range(12) for i in range(9)]
    path.write_text("series,period,value\n" + "".join(lines), encoding="utf-8")
    ask = ["backtest", "--data", str(path), "--horizon", "1", "--origins", "3", "--models", "theta"]
    assert invoke(ask) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "All series: up to 3 origins" in told
    assert "s3: up to 3 origins" not in told
    assert "each of the 12 series are in the document of --json" in told
    assert invoke([*ask, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["coverage"]
    assert [row["level"] for row in rows if row["model"] == "theta"] == [0.5, 0.8, 0.95]
    assert {row["looks"] for row in rows} == {36}
    for row in rows:
        held = f"{100 * row['held']:.0f}"
        assert held in told.split("Intervals: % of what came that they held")[1].split("Against naive")[0]


def test_a_backtest_stands_beside_naive_and_drift(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["backtest", OFFSHORE, "--models", "theta", "--horizon", "3", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {row["model"] for row in content["scores"]} == {"theta", "naive", "drift"}
    assert {row["horizon"] for row in content["scores"]} == {1, 2, 3, "all"}
    assert all(row["n"] for row in content["scores"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", OFFSHORE, "--models", "thetta"], 2, "Did you mean 'theta'?"),
        (["run", OFFSHORE, "--horizon", "0"], 2, "horizon 0"),
        (["run", OFFSHORE, "--horizon", "10000"], 2, "10000"),
        (["run", OFFSHORE, "--horizon", "2", "--to", "2030"], 2, "give one of them"),
        (["run", OFFSHORE, "--to", "2020"], 2, "ends in 2025"),
        (["run", "cn.nowhere.usd"], 2, "cn.nowhere.usd"),
        (["run", "--data", "no-such-file.csv"], 2, "no-such-file.csv"),
        (["run", OFFSHORE, "--engine", "warp"], 2, "engine 'warp' is unknown"),
        (["backtest", OFFSHORE, "--origins", "0"], 2, "0 origins are impossible"),
        (["report", "build", "outlok"], 2, "Did you mean 'outlook'?"),
        (["report", "build", "--lang", "fr"], 2, "language 'fr' is unknown"),
        (["report", "build", "--format", "docx"], 2, "format 'docx' is unknown"),
    ],
)
def test_bad_input_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str) -> None:
    assert invoke(arguments) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert not captured.out


def test_many_failures_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"one{n:02d},2020,1\n" for n in range(20)] + [f"good,{2010 + n},{n + 1}\n" for n in range(9)]
    (tmp_path / "my.csv").write_text("series,period,value\n" + "".join(rows), encoding="utf-8")
    assert invoke(["run", "--data", str(tmp_path / "my.csv"), "--models", "naive"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert sum("1 observation; a forecast needs" in line for line in told) == 12
    assert told[-1] == "forecast: and 8 more series failed; --json lists them all"
