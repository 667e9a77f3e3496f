from __future__ import annotations

import pandas as pd
import pytest

from forecast import outlook
from forecast.panels import from_frame
from reports import markdown, panel, roster, voice


def rows(name: str, first: int, values: list[float], **more: str) -> pd.DataFrame:
    years = range(first, first + len(values))
    return pd.DataFrame({"series": name, "year": years, "value": values, **more})


def made(*frames: pd.DataFrame, models: tuple[str, ...] = ("drift",)) -> outlook.Outlook:
    panel = from_frame(pd.concat(frames))
    return outlook.make(panel, models, 2, engine="batch", rank=False)


GROWING = [10.0 + n + n % 3 for n in range(12)]
BALANCE = [(-1.0) ** n * (1 + n % 4) for n in range(12)]


def test_series_that_end_in_other_years_are_listed_each_with_its_own_last_year() -> None:
    found = made(rows("late", 2010, GROWING), rows("early", 2000, GROWING), rows("balance", 1999, BALANCE))
    assert [(one.series.id, str(one.last)) for one in roster.entries(found)] == [
        ("late", "2023"),
        ("early", "2013"),
        ("balance", "2012"),
    ]
    text = markdown.render(panel.page(found, "my.csv"), voice.of("en"))
    assert "| late | 2021 | 23 | 2023 |" in text
    assert "| early | 2011 | 23 | 2013 |" in text
    assert "| balance | 2010 | −4 | 2012 |" in text


def test_series_that_end_in_one_year_need_no_column_for_it() -> None:
    text = markdown.render(panel.page(made(rows("a", 2010, GROWING), rows("b", 2010, GROWING)), "x"), voice.of("en"))
    assert "Forecasts for 2023, largest series first" in text
    assert "Forecast for |" not in text


def test_series_without_a_forecast_are_listed_with_the_reason() -> None:
    found = made(rows("a", 2010, GROWING), rows("flat", 2010, [1.0] * 12), rows("short", 2020, [1.0, 2.0]))
    text = markdown.render(panel.page(found, "my.csv"), voice.of("en"))
    part = text.partition("## Series without a forecast")[2]
    assert "- flat: all 12 values are 1" in part
    assert "- short: 2 observations in a row; a forecast needs at least 4" in part


def test_a_series_that_the_first_model_refuses_is_shown_by_another_which_is_named() -> None:
    holed = rows("holed", 2010, GROWING)
    found = made(rows("whole", 2010, GROWING), holed[holed["year"] != 2015], models=("ets", "drift"))
    assert {one.series.id: one.model for one in roster.entries(found)} == {"whole": "ets", "holed": "drift"}
    text = markdown.render(panel.page(found, "my.csv"), voice.of("en"))
    assert "| holed | 2021 | 23 | drift |" in text
    assert "by the model that the table names" in text


def test_units_that_differ_have_a_column() -> None:
    found = made(rows("a", 2010, GROWING, unit="USD"), rows("b", 2010, GROWING, unit="persons"))
    text = markdown.render(panel.page(found, "my.csv"), voice.of("en"))
    assert "| a | 2021 | 23 | USD |" in text
    assert "| b | 2021 | 23 | persons |" in text


def test_what_is_too_much_for_a_page_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "LISTED", 1)
    found = made(rows("a", 2010, GROWING), rows("b", 2010, GROWING), rows("c", 2010, GROWING))
    assert "2 more are not listed here." in markdown.render(panel.page(found, "my.csv"), voice.of("en"))
