import json
from pathlib import Path

import pytest

from forecast.cli import invoke
from series import ledger as ledgers

OFFSHORE = "cn.offshore.execution.usd"


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert invoke([*arguments, "--json"]) == 0
    content: dict[str, object] = json.loads(capsys.readouterr().out)
    return content


def test_offshore_execution_shows_the_published_values(capsys: pytest.CaptureFixture[str]) -> None:
    content = ask(capsys, "series", "show", OFFSHORE)
    observations = {one["period"]: one for one in content["observations"]}  # type: ignore[attr-defined]
    wanted = {"2010": 144.5, "2014": 559.2, "2019": 968.9, "2022": 1368.5, "2025": 1634.3}
    assert {year: observations[year]["value"] for year in wanted} == wanted
    assert all(observations[year]["statements"] for year in wanted)
    assert observations["2017"]["status"] == "derived"
    assert 796.05 <= observations["2017"]["low"] <= observations["2017"]["high"] <= 796.95
    assert set(map(str, range(2006, 2026))) <= observations.keys()


def test_as_of_ends_with_what_had_been_published(capsys: pytest.CaptureFixture[str]) -> None:
    content = ask(capsys, "series", "show", OFFSHORE, "--as-of", "2023-10-31")
    assert content["as_of"] == "2023-10-31"
    assert content["observations"][-1]["period"] == "2022"  # type: ignore[index]


def test_the_list_names_series_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    content = ask(capsys, "series", "list")
    entry = next(one for one in content["series"] if one["id"] == OFFSHORE)  # type: ignore[attr-defined]
    assert entry.keys() == {"id", "title", "unit", "frequency", "start", "end", "n"}
    assert entry["title"]["en"]
    assert entry["title"]["zh"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "cn.ofshore.execution.usd"], 2, "Did you mean 'cn.offshore.execution.usd'?"),
        (["show", OFFSHORE, "--as-of", "yesterday"], 2, "'yesterday' is not a date"),
        (["show", OFFSHORE, "--as-of", "1999-01-01"], 4, "nothing published by 1999-01-01"),
        (["show", OFFSHORE, "--frequency", "weekly"], 2, "'weekly' is unknown"),
        (["show", OFFSHORE, "--revisions", "--frequency", "weekly"], 2, "'weekly' is unknown"),
        (["show", OFFSHORE, "--ledger", "no/such/folder"], 2, "no/such/folder"),
    ],
)
def test_bad_input_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str) -> None:
    assert invoke(["series", *arguments]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert not captured.out


def test_a_series_nobody_revised_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["series", "show", OFFSHORE, "--revisions"]) == 0
    assert capsys.readouterr().out.startswith("No later document revised a published level of")


def test_a_shown_value_lies_between_its_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["series", "show", OFFSHORE]) == 0
    rows = [line.split("│")[2:5] for line in capsys.readouterr().out.splitlines() if line.startswith("│")]
    values = [[float(cell.replace(",", "")) for cell in row] for row in rows]
    assert len(values) == 21
    assert all(low - 0.005 <= value <= high + 0.005 for value, low, high in values)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sources.csv", "has 1 defect; correct what is named here: sources.csv:1: the file is empty: the header is ''"),
        ("decisions.csv", "has 1 defect; correct what is named here: decisions.csv:1: the file is empty"),
    ],
)
def test_a_ledger_with_an_empty_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    ledgers.start(tmp_path / "own")
    (tmp_path / "own" / name).write_bytes(b"")
    assert invoke(["series", "show", OFFSHORE, "--ledger", str(tmp_path / "own")]) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert (captured.err.count("\n"), captured.out) == (1, "")


def test_a_ledger_with_many_defects_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledgers.start(tmp_path / "own")
    path = tmp_path / "own" / "sources.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert invoke(["series", "show", OFFSHORE, "--ledger", str(tmp_path / "own")]) == 2
    error = capsys.readouterr().err
    assert error.count("is not in sources.csv") == 12
    assert error.count("\n") == 1
    assert error.endswith("more\n")


def test_bounds_are_rounded_outwards(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["series", "show", OFFSHORE]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "2006" in line)
    assert "13.835" in row
    assert "13.845" in row
    assert invoke(["series", "explain", OFFSHORE, "2006"]) == 0
    assert "lies between 13.835 and 13.845" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_exported_series_can_be_forecast_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    names = ["cn.offshore.execution.kpo.share", "cn.offshore.execution.usd"]
    path = tmp_path / f"exported.{ending}"
    assert invoke(["series", "export", *names, "--out", str(path)]) == 0
    asked = ["--models", "combination", "--horizon", "1", "--engine", "batch", "--json"]
    found = []
    for wanted in (["--data", str(path)], names):
        capsys.readouterr()
        assert invoke(["run", *wanted, *asked]) == 0
        rows = json.loads(capsys.readouterr().out)["forecasts"]
        found.append({(row["series"], row["quantile"]): row["value"] for row in rows})
    assert found[0] == pytest.approx(found[1], rel=1e-9)
