from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from forecast import tables
from forecast.errors import InputError
from forecast.models import predict
from forecast.panels import from_frame
from forecast.scale import openings, runs
from forecast.scale.chunks import Job
from forecast.scale.engines import Alone, Work
from forecast.windows import Windows
from tests.forecast.scale.conftest import Go, Heard, growing, read_out


def test_a_panel_in_chunks_says_what_the_models_say(tmp_path: Path, go: Go) -> None:
    frame = growing(40)
    outcome, heard = go(frame)
    assert (outcome.series, outcome.failed, outcome.rows) == (40, 0, 40 * 3 * 23)
    assert outcome.chunks > 2
    assert not outcome.partial
    found = pd.concat(pd.read_parquet(path) for path in sorted((tmp_path / "out/forecasts").iterdir()))
    assert list(found) == ["model", "series", "origin", "horizon", "period", "quantile", "value"]
    panel = from_frame(frame)
    answer = predict("drift", Windows.of_series(panel.series), 3, support=panel.supports, engine="batch")
    for row, one in enumerate(panel.series):
        mine = found[found["series"] == one.id]
        assert mine["value"].to_numpy().reshape(3, 23) == pytest.approx(answer.quantiles[row], rel=1e-12)
        assert list(mine["period"].unique()) == ["2021", "2022", "2023"]
    assert heard.done == [total for _, total in heard.stages]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "failures.csv", "findings.csv", "forecasts", "plan.json", "run.json",
    ]  # fmt: skip


def test_a_failing_series_is_listed_and_stops_nothing(tmp_path: Path, go: Go) -> None:
    bad = [
        ("short", 2020, 1.0),
        *(("flat", 2010 + n, 1.0) for n in range(6)),
        *(("gap", 2000 + n * n, 1.0 + n) for n in range(5)),
    ]
    frame = pd.concat([growing(20), pd.DataFrame(bad, columns=["series", "period", "value"])])
    outcome, heard = go(frame)
    assert (outcome.series, outcome.failed, outcome.partial) == (23, 3, True)
    listed = pd.read_csv(tmp_path / "out/failures.csv")
    assert dict(zip(listed["series"], listed["kind"], strict=True)) == {
        "short": "too short", "flat": "constant", "gap": "gap",
    }  # fmt: skip
    assert "too short, 1: short: 1 observations; at least 4 are needed" in heard.said


class Stopping:
    """An engine that is stopped after so many chunks of forecasts."""

    near = False

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[tuple[str, int]] = []

    def each(self, work: Work, job: Job, chunks: Iterable[int]) -> Iterator[dict[str, int]]:
        for chunk in chunks:
            if work.__name__ == "predict_chunk" and self.after == 0:
                raise KeyboardInterrupt
            self.after -= work.__name__ == "predict_chunk"
            self.seen.append((work.__name__, chunk))
            yield work(job, chunk)


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, go: Go) -> None:
    frame = growing(40)
    go(frame, "whole")
    with pytest.raises(KeyboardInterrupt):
        go(frame, engine=Stopping(2))
    first = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/forecasts").iterdir()}
    assert len(first) == 2
    (tmp_path / "out/forecasts/part-00002.parquet.17.part").write_bytes(b"of a process that was killed")
    rest = Stopping(10**6)
    outcome, heard = go(frame, engine=rest, resume=True)
    assert [work for work, _ in rest.seen] == ["predict_chunk"] * (outcome.chunks - 2)
    assert heard.done == [total for _, total in heard.stages]
    for name, stamp in first.items():
        assert (tmp_path / "out/forecasts" / name).stat().st_mtime_ns == stamp
    assert read_out(tmp_path / "out") == read_out(tmp_path / "whole")
    again, heard = go(frame, resume=True)
    assert again == outcome
    assert heard.stages == []


def test_a_full_disk_leaves_a_run_that_can_be_resumed(tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = growing(20)
    go(frame, "whole")
    with monkeypatch.context() as full:
        full.setattr("forecast.scale.stores.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(OSError, match="No space left"):
            go(frame)
    assert not list((tmp_path / "out").rglob("*.part"))
    go(frame, resume=True)
    assert read_out(tmp_path / "out") == read_out(tmp_path / "whole")


def test_another_job_or_folder_is_not_touched(tmp_path: Path, go: Go) -> None:
    frame = growing(8)
    go(frame)
    with pytest.raises(InputError, match="holds a finished run; add --resume"):
        go(frame)
    with pytest.raises(InputError, match="with another chunk"):
        go(frame, resume=True, chunk=50)
    with pytest.raises(InputError, match="with another source"):
        go(growing(9), resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty and holds no run"):
        go(frame, "mine", resume=True)


def test_chunks_of_any_size_hold_the_same_forecasts(tmp_path: Path, go: Go) -> None:
    frame = growing(30)
    go(frame, "small", chunk=30)
    go(frame.sort_values(["period", "series"]), "large", chunk=10**6)
    small, large = (
        pd.concat(pd.read_parquet(path) for path in (tmp_path / name / "forecasts").iterdir())
        .sort_values(["series", "horizon", "quantile"], ignore_index=True)
        for name in ("small", "large")
    )  # fmt: skip
    pd.testing.assert_frame_equal(small, large, rtol=1e-12)


def test_ten_thousand_series_of_one_value_and_one_of_very_many(tmp_path: Path, go: Go) -> None:
    single = pd.DataFrame({"series": [f"one{n}" for n in range(10_000)], "period": "2020", "value": 1.0})
    months = [f"{1850 + n // 12}-{n % 12 + 1:02d}" for n in range(1800)]
    endless = pd.DataFrame({"series": "endless", "period": months, "value": [float(n % 50 + 1) for n in range(1800)]})
    double = pd.concat([endless.assign(series="double")] * 30)
    good = growing(5).astype({"period": str})
    outcome, _ = go(pd.concat([single, endless, double, good]), chunk=4000)
    assert (outcome.series, outcome.failed) == (10_007, 10_001)
    assert outcome.rows == 6 * 3 * 23


def test_a_corrupt_file_among_good_ones_fails_alone(tmp_path: Path, go: Go) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    frame = growing(20)
    for half, rows in frame.groupby(frame["series"] < "s010"):
        rows.to_parquet(folder / f"{half}.parquet")
    (folder / "a.parquet").write_bytes(b"PAR1 no more")
    outcome, _ = go(str(folder))
    assert (outcome.series, outcome.failed, outcome.broken) == (20, 0, 1)
    assert outcome.partial
    assert "a.parquet" in (tmp_path / "out/failures.csv").read_text(encoding="utf-8")


def test_a_series_that_reaches_the_end_of_time_fails_alone(tmp_path: Path, go: Go) -> None:
    late = pd.DataFrame([("late", 2190 + n, 1.0 + n) for n in range(8)], columns=["series", "period", "value"])
    outcome, _ = go(pd.concat([growing(5), late, late.assign(series="later", period=late["period"] + 1)]))
    assert (outcome.series, outcome.failed, outcome.rows) == (7, 1, 6 * 3 * 23)
    listed = pd.read_csv(tmp_path / "out/failures.csv")
    assert listed.to_numpy().tolist() == [["later", "refused", "its forecasts would reach beyond 2200"]]


def test_a_series_that_has_reached_the_last_period_fails_alone(tmp_path: Path) -> None:
    old = pd.DataFrame([("old", 1880 + n, 1.0 + n) for n in range(8)], columns=["series", "period", "value"])
    new = old.assign(series="new", period=old["period"] + 136)
    frame = pd.concat([growing(5), old, new])
    job = Job(str(tmp_path / "out"), ("drift",), to="2023")
    outcome = runs.execute(job, openings.open_source(frame), Alone(), Heard())
    assert (outcome.series, outcome.failed, outcome.rows, outcome.partial) == (7, 2, 5 * 3 * 23, True)
    assert pd.read_csv(tmp_path / "out/failures.csv").to_numpy().tolist() == [
        ["new", "refused", "ends in 2023; give a last period after it, not 2023"],
        ["old", "refused", "ends in 1887, 136 periods before 2023; at most 120 are forecast"],
    ]
    quarter = Job(str(tmp_path / "quarter"), ("drift",), to="2023Q2")
    outcome = runs.execute(quarter, openings.open_source(growing(5)), Alone(), Heard())
    assert (outcome.failed, outcome.rows) == (5, 0)
    assert "'2023Q2' is no annual period; write it as the series does, like 2020" in (
        tmp_path / "quarter/failures.csv"
    ).read_text(encoding="utf-8")


def test_series_of_several_frequencies_are_told_and_forecast_in_their_own_periods(tmp_path: Path, go: Go) -> None:
    quarters = [f"{2018 + n // 4}Q{n % 4 + 1}" for n in range(12)]
    other = pd.DataFrame({"series": "q", "period": quarters, "value": [5.0 + n % 3 for n in range(12)]})
    outcome, heard = go(pd.concat([growing(5).astype({"period": str}), other]))
    assert (outcome.series, outcome.failed) == (6, 0)
    told = "the series are of several frequencies (5 annual, 1 quarterly); each is taken in periods of its own"
    assert told in heard.said
    found = pd.concat(pd.read_parquet(path) for path in (tmp_path / "out/forecasts").iterdir())
    assert list(found[found["series"] == "q"]["period"].unique()) == ["2021Q1", "2021Q2", "2021Q3"]
    _, heard = go(growing(5), "one")
    assert not any("frequencies" in one for one in heard.said)


def test_what_is_assumed_is_told_as_of_a_panel_in_memory(tmp_path: Path, go: Go) -> None:
    years = range(2010, 2018)
    zero = pd.DataFrame({"series": "zero", "period": years, "value": [0.0, 1, 2, 3, 4, 5, 6, 7]})
    gap = pd.DataFrame({"series": "thin", "period": years, "value": [1.0, 2, None, 4, 3, 6, 5, 8]})
    none = pd.DataFrame({"series": "none", "period": years, "value": None})
    frame = pd.concat([growing(2, shuffle=False), zero, gap, none.astype({"value": float})])
    frame["note"] = "as sent"
    path = tmp_path / "my.csv"
    frame.to_csv(path, index=False)
    outcome, heard = go(str(path), chunk=10**6)
    assert (outcome.series, outcome.failed) == (len(frame["series"].unique()), 1)
    assert set(tables.read(path).warnings) <= set(heard.said)
    assert len(tables.read(path).warnings) == 4
    again, told = go(str(path), "small", chunk=10)
    assert again.chunks > 2
    assert sorted(map(len, told.said)) == sorted(map(len, heard.said))
