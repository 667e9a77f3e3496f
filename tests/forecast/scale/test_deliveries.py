from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from forecast.scale.deliveries import deliver, failures_of, place_of, root_of, write_rows
from tests.forecast.scale.conftest import Go, growing


def test_a_csv_is_put_together_and_runs_no_formula(tmp_path: Path, go: Go) -> None:
    frame = growing(12)
    frame["series"] = frame["series"].replace({"s003": "=1+1"})
    outcome, _ = go(frame, "my.csv.parts", chunk=30)
    assert outcome.chunks > 1
    out = str(tmp_path / "my.csv")
    assert root_of(out) == outcome.out
    assert deliver(outcome, out).out == out
    found = pd.read_csv(out)
    assert len(found) == outcome.rows
    assert "'=1+1" in set(found["series"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.csv", "my.failures.csv", "my.findings.csv"]
    assert failures_of(out) == str(tmp_path / "my.failures.csv")


def test_a_folder_stays_as_it_is(tmp_path: Path, go: Go) -> None:
    outcome, _ = go(growing(3))
    assert deliver(outcome, outcome.out) == outcome
    assert failures_of(outcome.out) == f"{outcome.out}/failures.csv"


def test_where_nothing_is_forecast_only_the_reasons_are_written(tmp_path: Path, go: Go) -> None:
    short = pd.DataFrame({"series": ["a", "b"], "period": ["2020", "2020"], "value": [1.0, 2.0]})
    outcome, _ = go(short, "my.csv.parts")
    assert outcome.rows == 0
    deliver(outcome, str(tmp_path / "my.csv"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.failures.csv", "my.findings.csv"]


def test_a_file_at_the_root_is_not_one_of_this_folder() -> None:
    assert [place_of(out)[0].at(place_of(out)[1]) for out in ("/y.csv", "y.csv", "a/y.csv")] == [
        *("/y.csv", "./y.csv", "a/y.csv"),
    ]


def test_failures_of_ids_with_quotes_can_be_read_back(tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    row = {
        "model": "naive",
        "series": "a",
        "origin": "2020",
        "horizon": 1,
        "period": "2021",
        "quantile": 0.5,
        "value": 1.0,
    }
    write_rows([row], [{"series": 'the "big", one', "reason": '3 observations of "it"; at least 4'}], str(out))
    with (tmp_path / "some.failures.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [['the "big", one', '3 observations of "it"; at least 4']]
