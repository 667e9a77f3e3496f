from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from forecast.cli import invoke


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "my.csv"
    lines = [f"c{one},{2000 + n},{10 + one + n % 3}\n" for one in range(5) for n in range(12)]
    path.write_text("country,year,usd\n" + "".join(lines), encoding="utf-8")
    return path


def test_a_panel_is_written_to_a_folder(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert invoke(["run", "--data", str(data), "--out", str(out), "--to", "2015", "--json"]) == 0
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["series"] == 5
    assert answer["warnings"] == [
        "my.csv: read as series = country, period = year, value = usd",
        "every value of c0, c1, c2 and 2 more is above zero: taken as positive, and so are its forecasts",
    ]
    assert captured.err == "".join(f"forecast: {line}\n" for line in answer["warnings"])
    found = pd.read_parquet(out / "forecasts")
    assert set(found["model"]) == {"combination"}
    assert set(found["period"]) == {"2012", "2013", "2014", "2015"}
    again = tmp_path / "again"
    assert invoke(["run", "--data", str(data), "--out", str(again), "--to", "2015"]) == 0
    assert (again / "run.json").read_bytes() == (out / "run.json").read_bytes()
    assert invoke(["run", "--data", str(data), "--out", str(out), "--to", "2015", "--resume"]) == 0
    assert str(out) in capsys.readouterr().out
    assert invoke(["run", "--data", str(data), "--out", str(out), "--to", "2016", "--resume"]) == 2
    assert "another to" in capsys.readouterr().err


def test_a_failing_series_ends_with_three(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with data.open("a", encoding="utf-8") as file:
        file.write("alone,2019,1\n")
    out = str(tmp_path / "out.csv")
    assert invoke(["run", "--data", str(data), "--out", out, "--models", "naive", "--horizon", "1"]) == 3
    captured = capsys.readouterr()
    assert "5 of 6 series are forecast" in captured.out
    assert "too short, 1: alone" in captured.err
    assert len(pd.read_csv(out)) == 5 * 23


def test_a_series_without_a_value_is_told_and_fails(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with data.open("a", encoding="utf-8") as file:
        file.writelines(f"none,{2000 + n},\n" for n in range(10))
    assert invoke(["run", "--data", str(data), "--out", str(tmp_path / "out"), "--models", "naive"]) == 3
    captured = capsys.readouterr()
    assert "too short, 1: none: not one value; at least 4 are needed" in captured.err
    assert "5 of 6 series are forecast" in captured.out
    listed = (tmp_path / "out/failures.csv").read_text(encoding="utf-8").splitlines()
    assert listed[1:] == ["none,too short,not one value; at least 4 are needed"]


@pytest.mark.parametrize(
    "command", [["run", "--reconcile", "--out", "o"], ["backtest"], ["nowcast", "a", "--year=2020"]]
)
def test_an_address_is_not_held_in_memory(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke([*command, "--data", "s3://bucket/my.parquet"]) == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert "'s3://bucket/my.parquet' is an address, and what stands there is read in chunks alone" in told


def test_a_last_period_that_is_reached_ends_with_three(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with data.open("a", encoding="utf-8") as file:
        file.writelines(f"old,{1995 + n},{10 + n % 3}\n" for n in range(10))
    command = ["run", "--data", str(data), "--out", str(tmp_path / "out"), "--models", "naive", "--to", "2011"]
    assert invoke(command) == 3
    captured = capsys.readouterr()
    assert "1 of 6 series are forecast" in captured.out
    assert "5 series and 0 files or lines failed" in captured.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "x"], "name a file with --data"),
        (["--data", "my.csv", "--resume"], "are for panels"),
        (["--data", "my.csv", "--out", "x", "--models", "thetta"], "Did you mean 'theta'"),
        (["--data", "my.csv", "--out", "x", "--horizon", "0"], "horizon 0"),
        (["--data", "my.csv", "--out", "x", "--horizon", "2", "--to", "2030"], "give one of them"),
        (["--data", "my.csv", "--out", "x", "--as-of", "2020"], "leave the date 2020 out"),
        (["--data", "my.csv", "--out", "x", "--workers", "2", "--engine-address", "tcp://h:1"], "give one of them"),
        (["--data", "absent.csv", "--out", "x"], "there is no file"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(data.parent)
    assert invoke(["run", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert [path.name for path in data.parent.iterdir()] == ["my.csv"]


def test_a_stop_is_told_and_leaves_a_run_to_resume(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["run", "--data", str(data), "--out", str(tmp_path / "out"), "--models", "naive"]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("forecast.scale.chunks.tabulate", stop)
        assert invoke(command) == 130
    assert "--resume does the rest" in capsys.readouterr().err
    assert invoke([*command, "--resume"]) == 0


def test_reconciled_forecasts_that_are_written_are_not_printed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{name},{2010 + n},{n + 1 + n % 3}\n" for name in "ab" for n in range(12)]
    (tmp_path / "my.csv").write_text("series,period,value\n" + "".join(rows), encoding="utf-8")
    words = [
        "run",
        "--data",
        str(tmp_path / "my.csv"),
        "--models",
        "drift",
        "--reconcile",
        "--out",
        str(tmp_path / "o"),
    ]
    assert invoke(words) == 0
    told = capsys.readouterr().out
    assert "3 series are forecast" in told
    assert "97.5 %" not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "my.csv"], "'my.csv' is what is read"),
        (["--out", "my.csv", "--reconcile"], "'my.csv' is what is read"),
        (["--out", "thesis.csv"], "'thesis.csv' exists already and is not written over"),
        (["--out", "thesis.csv", "--resume"], "'thesis.csv' exists already and is not written over"),
        (["--out", "thesis.csv", "--sums", "all=c0+c1"], "'thesis.csv' exists already and is not written over"),
        (["--out", "notes.txt"], "'notes.txt' is a file; name a new folder"),
        (["--out", "notes.txt/out"], "cannot use"),
    ],
)
def test_a_run_writes_over_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(data.parent)
    for name in ("thesis.csv", "notes.txt"):
        (data.parent / name).write_text("mine\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in data.parent.iterdir()}
    assert invoke(["run", "--data", "my.csv", "--models", "naive", *arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert (captured.err.count("\n"), captured.out) == (1, "")
    assert {path.name: path.read_bytes() for path in data.parent.iterdir()} == before


@pytest.mark.parametrize("out", ["o.csv", "o"])
def test_a_panel_of_which_nothing_is_forecast_ends_with_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.csv").write_text("series,period,value\na,2020,1\nb,2020,2\n", encoding="utf-8")
    for command in (["run", "--data", "my.csv", "--out", out], ["backtest", "--data", "my.csv", "--out", "scores"]):
        assert invoke(command) == 4
        captured = capsys.readouterr()
        assert captured.err.splitlines()[-1].startswith("forecast: nothing could be ")
        assert "2 of 2 series and 0 files or lines failed; the reasons are in " in captured.err
        assert captured.out == ""
    assert not Path("o.csv").exists()
