"""What is asked for in vain: told in one line with the code of its kind, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forecast.cli import invoke

OFFSHORE = "cn.offshore.execution.usd"
OWN = "series,period,value\n" + "".join(f"a,{2010 + n},{n + 1}\n" for n in range(9))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a CSV, a head without rows, a workbook's name, an empty file and an unreadable year."""
    monkeypatch.chdir(tmp_path)
    Path("my.csv").write_text(OWN, encoding="utf-8")
    Path("head.csv").write_text("series,period,value\n", encoding="utf-8")
    Path("late.csv").write_text(OWN.replace("2018", "9985"), encoding="utf-8")
    Path("file").touch()
    Path("folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["report", "due", "--engine", "x", "--dry-run"], 2, "engine 'x' is unknown"),
        (["report", "due", "--engine", "x", "--dry-run", "--json"], 2, "engine 'x' is unknown"),
        (["report", "build", "--engine", "x"], 2, "engine 'x' is unknown"),
        (["nowcast", OFFSHORE, "--year", "2020", "--engine", "x"], 2, "engine 'x' is unknown"),
        (["run", "--data", "my.csv", "--sheet", "x"], 2, "'my.csv' is no workbook and has no sheet 'x'"),
        (["run", "--data", "my.csv", "--sheet", "x", "--out", "o"], 2, "is no workbook"),
        (["backtest", "--data", "my.csv", "--sheet", "x"], 2, "is no workbook"),
        (["run", OFFSHORE, "--sheet", "x"], 2, "--sheet is about your own data; name a file with --data"),
        (["run", "--columns", "series=x"], 2, "--columns is about your own data; name a file with --data"),
        (["backtest", OFFSHORE, "--columns", "series=x"], 2, "--columns is about your own data"),
        (["nowcast", OFFSHORE, "--year", "2020", "--sheet", "x"], 2, "--sheet is about your own data"),
        (["nowcast", OFFSHORE, "--year", "2020", "--columns", "series=x"], 2, "--columns is about your own data"),
        (["report", "schedule", "--write"], 2, "--write is about the trigger; name it with --install"),
        (["report", "schedule", "--folder", "x"], 2, "--folder is about the trigger; name it with --install"),
        (["archive", "verify", "--archive", "none"], 2, "there is no folder 'none'; name the one where runs are kept"),
        (["archive", "show", "x", "--archive", "none"], 2, "there is no folder 'none'"),
        (["archive", "export-hub", "hub", "--archive", "none"], 2, "there is no folder 'none'"),
        (["archive", "verify", "--archive", "file"], 2, "'file' is a file; name the folder where runs are kept"),
        (["archive", "list", "--archive", "file"], 2, "'file' is a file"),
        (["archive", "score", "--archive", "file"], 2, "'file' is a file"),
        (["report", "due", "--archive", "file", "--dry-run"], 2, "'file' is a file"),
        (["report", "build", "--archive", "file"], 2, "'file' is a file"),
        (["series", "explain", OFFSHORE, "3000"], 2, "period '3000' is out of reach; give one within 1800-2200"),
        (["run", OFFSHORE, "--to", "9999"], 2, "period '9999' is out of reach"),
        (["nowcast", OFFSHORE, "--year", "3000"], 2, "year 3000 is out of reach; give one within 1800-2200"),
        (["nowcast", OFFSHORE, "--year", "-1"], 2, "year -1 is out of reach"),
        (["nowcast", OFFSHORE, "--year", "1800"], 4, "is known from 2005 on; give a year from 2006 to 2030"),
        (
            ["run", "--data", "late.csv"],
            2,
            "'9985' is not a period like 2019, 2019Q3, 2019-07 or 2019-07-31 within 1800",
        ),
        (["run", "--data", "head.csv"], 2, "head.csv is empty below its head; write a row there for each"),
        (["run", "--data", "head.csv", "--out", "o"], 2, "head.csv is empty below its head"),
        (["run", "--data", "file"], 2, "file is empty; give columns series, period, value"),
        (["run", OFFSHORE, "--as-of", "1999-01-01"], 4, "nothing published by 1999-01-01 gives a value of"),
        (["run", OFFSHORE, "--as-of", "1999-01-01"], 4, "(annual); give a later date"),
        (
            ["archive", "score", OFFSHORE, "--as-of", "1999-01-01"],
            4,
            "nothing published by 1999-01-01 gives a value of",
        ),
        (["archive", "score", OFFSHORE, "--first", "0"], 2, "replay from 0 to 2030: give years within 1800-2200"),
        (["report", "due", "--now", "9999-12-31T23:59:59-08:00", "--dry-run"], 2, "is out of reach"),
    ],
)
def test_it_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str) -> None:
    before = sorted(path.name for path in here.iterdir())
    assert invoke(words) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert (captured.err.count("\n"), captured.out) == (1, "")
    assert sorted(path.name for path in here.iterdir()) == before


@pytest.mark.parametrize("more", [[], ["--out", "o"]])
def test_a_folder_that_may_not_be_looked_into_is_named(
    more: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "folder")
    assert invoke(["run", "--data", "folder", *more]) == 2
    assert capsys.readouterr().err == (
        "forecast: cannot use folder: Permission denied; check the path, its permissions and the space left\n"
    )


def test_a_folder_without_parquet_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", "--data", "folder"]) == 2
    assert "there is no Parquet file under 'folder'" in capsys.readouterr().err
