"""Outlook: what its headings say of a wide forecast, and which forecast to use."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reports import outlook, voice
from reports.inputs import Inputs
from reports.page import Chart, Page, Table

OFFSHORE = "cn.offshore.execution.usd"


def spread(inputs: Inputs, factor: float) -> Inputs:
    """Return the inputs with the ends of the last interval of every forecast `factor` times as far from its middle."""
    made = []
    for one in inputs.forecasts:
        last = max(one.steps)
        levels = {
            level: one.steps[last][0.5] * factor ** (1 if level > 0.5 else -1 if level < 0.5 else 0)
            for level in one.steps[last]
        }
        made.append(dataclasses.replace(one, steps={**one.steps, last: levels}))
    return dataclasses.replace(inputs, forecasts=tuple(made))


def headings(page: Page, language: str) -> list[str]:
    speaker = voice.of(language)
    charts = [one for section in page.sections for one in section.blocks if isinstance(one, Chart)]
    return [speaker.say(text).replace("\u00a0", " ") for text in (page.title, charts[0].finding)]


@pytest.mark.parametrize(("factor", "wide"), [(3.1, False), (3.2, True), (30.0, True)])
def test_a_heading_names_no_middle_of_an_interval_that_spans_an_order_of_magnitude(
    inputs: Inputs, factor: float, wide: bool
) -> None:
    page = outlook.page(spread(inputs, factor))
    assert [("four chances in five" in text) == wide for text in headings(page, "en")] == [True, True]
    assert [("80%的可能性" in text) == wide for text in headings(page, "zh")] == [True, True]


def test_the_first_sentence_is_about_work_carried_out(inputs: Inputs) -> None:
    said = voice.of("en").say(outlook.page(inputs).standfirst[0])
    assert said.startswith("Work that companies in China carried out for clients abroad came to")


def test_the_table_of_a_running_year_leads_to_its_nowcast(inputs: Inputs) -> None:
    from forecast.nowcast import nowcast

    begun = nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))
    page = outlook.page(dataclasses.replace(inputs, nowcasts=(begun,)))
    tables = {one.id: one for section in page.sections for one in section.blocks if isinstance(one, Table)}
    note = tables["forecast-cn.offshore.execution.usd"].note
    assert note is not None
    assert "use the nowcast under “The running year”" in voice.of("en").say(note)
    assert "For its year it is the one to use" in voice.of("en").say(tables["nowcasts"].note or note)


def test_a_short_series_says_in_both_languages_that_its_intervals_lean(inputs: Inputs) -> None:
    def notes(leaning: int) -> list[str]:
        made = tuple(dataclasses.replace(one, leaning=leaning) for one in inputs.forecasts)
        page = outlook.page(dataclasses.replace(inputs, forecasts=made))
        tables = {one.id: one for section in page.sections for one in section.blocks if isinstance(one, Table)}
        note = tables[f"forecast-{OFFSHORE}"].note
        assert note is not None
        return [voice.of(language).say(note) for language in ("en", "zh")]

    english, chinese = notes(5)
    assert english.startswith("Model: combination; last known period: ")
    assert "Only 5 values in a row" in english
    assert "lean on the error atlas" in english
    assert "连续的值仅有5个" in chinese
    assert not any("atlas" in note or "误差图谱" in note for note in notes(0))


@pytest.mark.parametrize("factor", [1.5, 10.0])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_series_that_leads_is_called_by_its_title(inputs: Inputs, factor: float, language: str) -> None:
    turned = dataclasses.replace(inputs, series=inputs.series[::-1])
    assert turned.series[0].id != OFFSHORE
    page, speaker = outlook.page(spread(turned, factor)), voice.of(language)
    name = speaker.say(turned.title(turned.series[0].id))
    told = [page.title, page.standfirst[0]]
    assert all(name in speaker.say(text) for text in told)
    assert not any(word in speaker.say(page.title) for word in ("Offshore outsourcing", "离岸服务外包预计"))
