from __future__ import annotations

import datetime as dt

from reports import gaps, scorecard, voice
from reports.inputs import Inputs
from series.periods import Period


def test_years_without_a_forecast_are_named() -> None:
    note = gaps.chart_note([Period.year(year) for year in (2015, 2016, 2017, 2019, 2021)])
    assert voice.of("en").say(note).endswith("the year before them was the newest known: 2018, 2020.")
    assert voice.of("zh").say(note).endswith("：2018年、2020年。")


def test_days_without_news_are_named() -> None:
    note = gaps.years_note([dt.date(year, 6, 30) for year in (2015, 2016, 2018)])
    assert voice.of("en").say(note).endswith("known than on the same day a year before: 30 June 2017.")
    assert voice.of("zh").say(note).endswith("未列入：2017年6月30日。")


def test_where_nothing_is_missing_nothing_is_said(inputs: Inputs) -> None:
    years = range(2012, 2015)
    assert gaps.chart_note([Period.year(year) for year in years]).key == "scorecard.chart_note"  # type: ignore[union-attr]
    assert gaps.years_note([dt.date(year, 6, 30) for year in years]).key == "scorecard.years_note"  # type: ignore[union-attr]
    lead = voice.of("en").say(scorecard.page(inputs).standfirst[0])
    assert lead.startswith("In the middle of each year that had brought a new annual figure")
