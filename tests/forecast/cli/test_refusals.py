"""What is asked for in vain: told in one line with the code of its kind, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forecast.cli import invoke

OFFSHORE = "cn.offshore.execution.usd"
SHARE = "cn.offshore.execution.kpo.share"
TRIGGER = ["report", "schedule", "--write", "--install"]
OWN = "series,period,value\n" + "".join(f"a,{2010 + n},{n + 1}\n" for n in range(9))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a CSV, a head without rows, a workbook's name, an empty file and an unreadable year."""
    monkeypatch.chdir(tmp_path)
    Path("my.csv").write_text(OWN, encoding="utf-8")
    Path("head.csv").write_text("series,period,value\n", encoding="utf-8")
    Path("late.csv").write_text(OWN.replace("2018", "9985"), encoding="utf-8")
    Path("mac.csv").write_text(OWN.replace("\n", "\r"), encoding="utf-8")
    Path("quote.csv").write_text(f'{OWN}a,2019,"10\na,2020,11\n', encoding="utf-8")
    Path("kinds.csv").write_text(f"{OWN}a,2019Q1,3\n", encoding="utf-8")
    Path("index.html").write_text("<p>mine</p>", encoding="utf-8")
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
        (
            ["run", "--data", "my.csv", "--out", "o.xlsx"],
            2,
            "'o.xlsx' would be a folder; name a file that ends in .csv",
        ),
        (["run", "--data", "my.csv", "--out", "o.parquet"], 2, "'o.parquet' would be a folder"),
        (["run", "--data", "my.csv", "--out", "-"], 2, "a run is written to a folder or a file .csv, not to '-'"),
        (["series", "export", OFFSHORE, "--out", "-"], 2, "an export is written to a file or a folder, not to '-'"),
        (["backtest", "--data", "my.csv", "--out", "o.csv"], 2, "make a folder; name one instead of 'o.csv'"),
        (["backtest", "--out", "o"], 2, "--out scores a whole panel of your own; name it with --data"),
        (
            ["backtest", "a", "--data", "my.csv", "--out", "o", "--as-of", "2020", "--refit", "2"],
            2,
            "as it is; leave ids, --as-of, --refit out",
        ),
        (["run", OFFSHORE, "--models", ","], 2, "',' names nothing; write names with commas between them, or leave"),
        (["run", OFFSHORE, "--models", ""], 2, "'' names nothing"),
        (["report", "build", "--lang", ","], 2, "',' names nothing"),
        (["run", "--data", "my.csv", "--columns", "value=a,value=b"], 2, "names two columns for the role value"),
        (["claim", "check", "c02"], 2, "claim 'c02' is unknown. Did you mean 'C02'?"),
        (["run", "--data", "/dev/null"], 2, "'/dev/null' is no file that can be read; give the path of a CSV"),
        (["run", "--data", "/dev/null", "--out", "o"], 2, "'/dev/null' is no file that can be read"),
        (["extract", "/dev/null"], 2, "/dev/null is no file that can be read; give a text"),
        (["nowcast", SHARE, "--year", "2020"], 2, f"{SHARE} is a share and does not add up over the months"),
        (["nowcast", "cn.wuhan.employees", "--year", "2020"], 2, "cn.wuhan.employees is a stock and does not add up"),
        ([*TRIGGER, "systemd", "--folder", "none"], 2, "there is no folder 'none' to run in; make it first"),
        ([*TRIGGER, "cron", "--schedules", "none"], 2, "'none' is not a folder; give one that holds schedules"),
        ([*TRIGGER, "cron", "--ledger", "none"], 2, "'none' is not a folder; give one that holds sources.csv"),
        ([*TRIGGER, "cron", "--archive", "file"], 2, "'file' is a file; name the folder where runs are kept"),
        (["extract", "file", "--review", "--accept-consistent"], 2, "answer one by one, or let the rule decide"),
        (
            ["extract", "file", "--no-check", "--accept-consistent"],
            2,
            "is compared with it first; leave --no-check out",
        ),
        (["report", "build", "--out", "."], 2, "'index.html' exists already and is no report; name another folder"),
        (["run", "--data", "mac.csv", "--out", "o"], 2, "ends its lines with carriage returns alone"),
        (["run", "--data", "quote.csv"], 2, "quote.csv is not readable as CSV (the row that begins in line 11: unexp"),
        (["run", "--data", "kinds.csv"], 2, "periods are of several kinds (2010 in line 2, 2019Q1 in line 11)"),
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


@pytest.mark.parametrize(("name", "words"), [("mac", ""), ("wide", "it was read as UTF-16")])
def test_old_line_ends_and_wide_letters_are_read(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("wide.csv").write_text(OWN, encoding="utf-16")
    assert invoke(["run", "--data", f"{name}.csv", "--models", "naive", "--horizon", "1"]) == 0
    assert words in capsys.readouterr().err
