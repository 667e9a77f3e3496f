from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.longform import records
from forecast.quantiles import Forecasts
from forecast.scale.deliveries import Held, deliver, failures_of, place_of, root_of, write_answers
from series.periods import Period
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


def held(levels: tuple[float, ...] = (0.1, 0.5, 0.9)) -> Held:
    """Return forecasts of two series by two models, of which one refuses the second series."""
    values = np.array([[[1 / 3, 2, 3], [4, 5, 6]], [[7, 8, 9], [1e9, 1e9 + 1e-3, 1e9 + 2e-3]]])
    answers = {
        "naive": Forecasts(values, np.array(levels), ("", ""), ("", "")),
        "drift": Forecasts(values, np.array(levels), ("", ""), ("", "too short")),
    }
    return Held(answers, ("=1+1", "b"), (Period.parse("2019Q4"), Period.parse("2020Q1")), (1, 2))


def test_what_is_in_memory_is_written_as_its_rows_are(tmp_path: Path) -> None:
    one = held()
    steps = dict(zip(one.names, one.steps, strict=True))
    rows = [
        row
        for model, answer in one.answers.items()
        for row in records(model, one.names, one.origins, answer)
        if row["horizon"] <= steps[row["series"]]
    ]
    assert len(rows) == (1 + 2) * 3 + 1 * 3
    write_answers(one, {}, str(tmp_path / "out"))
    assert pd.read_parquet(tmp_path / "out/forecasts").to_dict("records") == rows
    write_answers(one, {}, str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = [tuple(row.values()) for row in csv.DictReader(file)]
    assert [one[1] for one in found] == ["'=1+1"] * 3 + ["b"] * 6 + ["'=1+1"] * 3
    assert [(one[0], *one[2:5], *map(float, one[5:])) for one in found] == [
        (row["model"], row["origin"], str(row["horizon"]), row["period"], row["quantile"], row["value"]) for row in rows
    ]


def test_failures_of_ids_with_quotes_can_be_read_back(tmp_path: Path) -> None:
    failures = {'the "big", one': '3 observations of "it"; at least 4'}
    write_answers(held(), failures, str(tmp_path / "some.csv"))
    with (tmp_path / "some.failures.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [list(one) for one in failures.items()]
