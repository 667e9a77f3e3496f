import json
from pathlib import Path

import pytest

from forecast.cli import invoke

OFFSHORE = "cn.offshore.execution.usd"
AUGUST = ["nowcast", OFFSHORE, "--year", "2020", "--as-of", "2020-09-30"]


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke([*AUGUST, "--reach", "1000", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["id"] == OFFSHORE
    assert content["reach"]["probability"] > 0.8


def test_people_read_routes_the_same_months_and_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(AUGUST) == 0
    shown = capsys.readouterr().out
    for words in ("Routes", "The same months", "2019-01..2019-08", "即时预测"):
        assert words in shown


def test_own_months_are_nowcast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "months.csv"
    rows = [f"sales,{2018 + k // 12}-{k % 12 + 1:02d},{10 + k % 12 + k // 12}" for k in range(42)]
    path.write_text("\n".join(["series,period,value", *rows]) + "\n", encoding="utf-8")
    assert invoke(["nowcast", "sales", "--year", "2021", "--data", str(path), "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["year_to_date"]["months"] == 6
    assert content["point"] == pytest.approx(sum(10 + k + 3 for k in range(12)), rel=0.05)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["cn.offshore.nothing.usd", "--year", "2020"], 2),
        (["cn.employees", "--year", "2020"], 2),
        (["cn.offshore.execution.kpo.share", "--year", "2020"], 2),
        ([OFFSHORE, "--year", "2400"], 2),
        ([OFFSHORE, "--year", "2020", "--reach", "-5"], 2),
        ([OFFSHORE, "--year", "2020", "--as-of", "soon"], 2),
        ([OFFSHORE, "--year", "1990"], 4),
        ([OFFSHORE, "--year", "2005", "--as-of", "2005-01-01"], 4),
        (["sales", "--year", "2020", "--data", "nowhere.csv"], 2),
    ],
)
def test_what_cannot_be_nowcast_is_said_in_one_line(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["nowcast", *words]) == code
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
