from __future__ import annotations

import dataclasses

from reports import html, scorecard, voice
from reports.inputs import Inputs
from reports.page import Chart, Table


def test_the_page_says_how_often_the_interval_held(inputs: Inputs) -> None:
    said = voice.of("en").say(scorecard.page(inputs).standfirst[1])
    assert said == "Over 13 forecasts the 80% interval held the outcome 100% of the time, the 95% interval 100%."


def test_every_scored_forecast_is_listed_beside_what_came(inputs: Inputs) -> None:
    text = html.render(scorecard.page(inputs), voice.of("zh"))
    assert 'id="replay-2024-06-30-2024"' in text
    assert 'href="#st-st-cn.offshore.execution.usd-2024"' in text


def test_few_forecasts_are_said_to_be_few(inputs: Inputs) -> None:
    tallies = tuple(dataclasses.replace(one, enough=False, n=6) for one in inputs.tallies)
    page = scorecard.page(dataclasses.replace(inputs, tallies=tallies))
    assert "forecasts are too few to say" in html.render(page, voice.of("en"))


def test_nothing_to_score_is_a_page_too(inputs: Inputs) -> None:
    page = scorecard.page(dataclasses.replace(inputs, replayed=(), tallies=()))
    assert "No earlier year leaves a forecast to score." in html.render(page, voice.of("en"))


def test_archived_forecasts_stand_apart_and_few_are_said_to_be_few(inputs: Inputs) -> None:
    archived = dataclasses.replace(inputs, archived=inputs.replayed[:4])
    text = html.render(scorecard.page(archived), voice.of("en"))
    assert "forecasts in the archive have met their outcome" in text
    assert "are too few to say" in text
    assert "No archived forecast has met its outcome yet" in html.render(scorecard.page(inputs), voice.of("en"))


def test_each_day_that_was_looked_out_from_has_its_scores(inputs: Inputs) -> None:
    tables = {
        block.id: block for s in scorecard.page(inputs).sections for block in s.blocks if isinstance(block, Table)
    }
    days = [voice.of("en").cell(row[0]) for row in tables["days"].rows]
    assert days == [f"30 June {year}" for year in range(2012, 2025)]


def test_the_page_says_that_intervals_were_too_wide_only_where_years_enough_tell(inputs: Inputs) -> None:
    told = voice.of("en").say(scorecard.page(inputs).standfirst[2])
    assert "cannot be told" in told
    assert "13 years would come about with a chance of 6%" in told
    more = tuple(
        dataclasses.replace(row, period=row.period.step(20), covered=(True, True)) for row in inputs.replayed[:4]
    )
    wider = dataclasses.replace(inputs, replayed=(*inputs.replayed, *more))
    told = voice.of("en").say(scorecard.page(wider).standfirst[2])
    assert "the 80% intervals were too wide" in told


def test_the_chart_counts_the_years_it_shows_and_names_both_bars(inputs: Inputs) -> None:
    left = dataclasses.replace(inputs, replayed=tuple(row for row in inputs.replayed if str(row.period) != "2018"))
    charts = [one for s in scorecard.page(left).sections for one in s.blocks if isinstance(one, Chart)]
    assert voice.of("en").say(charts[0].description).startswith("For 12 years within 2012 to 2024:")
    assert {"interval", "outer"} <= set(charts[0].drawing.marks)


def test_what_came_has_the_digits_of_its_series(inputs: Inputs) -> None:
    tables = {one.id: one for s in scorecard.page(inputs).sections for one in s.blocks if isinstance(one, Table)}
    shown = {voice.of("en").cell(row[1]): voice.of("en").cell(row[4], "USD 100m") for row in tables["replayed"].rows}
    assert (shown["2021"], shown["2020"]) == ("130.3", "105.78")
