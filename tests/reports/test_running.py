from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from forecast.nowcast import Nowcast, nowcast
from reports import running, voice
from reports.inputs import Inputs
from reports.page import Listing, Paragraph, Table
from reports.references import bases

OFFSHORE = "cn.offshore.execution.usd"


@pytest.fixture(scope="module")
def begun() -> Nowcast:
    return nowcast(OFFSHORE, 2020, dt.date(2020, 9, 30))


@pytest.fixture(scope="module")
def ahead() -> Nowcast:
    return nowcast(OFFSHORE, 2026)


def test_the_months_known_are_said_with_what_they_point_to(inputs: Inputs, begun: Nowcast) -> None:
    (section,) = running.sections(dataclasses.replace(inputs, nowcasts=(begun,)))
    listing, table = section.blocks
    assert isinstance(listing, Listing)
    said = voice.of("en").say(listing.items[0]).replace("\u00a0", " ")
    assert said.startswith("Offshore execution: January–August 2020 came to USD 51.65 bn, up 10.7% on the same months")
    assert "which points to USD 106 bn" in said
    assert isinstance(table, Table)
    assert table.anchors == ("nowcast-cn.offshore.execution.usd-2020",)
    assert "预计占2020年的49%" in voice.of("zh").say(listing.items[0])


def test_a_year_without_months_rests_on_the_annual_forecast(inputs: Inputs, ahead: Nowcast) -> None:
    (section,) = running.sections(dataclasses.replace(inputs, nowcasts=(ahead,)))
    paragraph, table = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert "first months of 2026 has been published yet" in voice.of("en").say(paragraph.text)
    assert isinstance(table, Table)
    assert [voice.of("en").cell(cell) for cell in table.rows[0][1::3]] == ["2026", "annual forecast"]
    assert table.note is None


def test_months_have_columns_where_some_are_known(inputs: Inputs, begun: Nowcast, ahead: Nowcast) -> None:
    (section,) = running.sections(dataclasses.replace(inputs, nowcasts=(begun, ahead)))
    table = section.blocks[-1]
    assert isinstance(table, Table)
    assert [voice.of("en").cell(row[2]) for row in table.rows] == ["January–August 2020", "none yet"]


def test_no_nowcast_is_no_section(inputs: Inputs) -> None:
    assert running.sections(inputs) == ()


@pytest.mark.parametrize(
    ("growth", "english", "chinese"),
    [
        (10.7, "up 10.7% on the same months a year earlier", "同比增长10.7%，"),
        (-3.2, "down 3.2% on the same months a year earlier", "同比下降3.2%，"),
        (0.0, "the same as in those months a year earlier", "与上年同期持平，"),
    ],
)
def test_growth_has_a_direction(inputs: Inputs, begun: Nowcast, growth: float, english: str, chinese: str) -> None:
    assert begun.latest is not None
    one = dataclasses.replace(begun, latest=dataclasses.replace(begun.latest, growth=growth))
    listing = running.sections(dataclasses.replace(inputs, nowcasts=(one,)))[0].blocks[0]
    assert isinstance(listing, Listing)
    assert english in voice.of("en").say(listing.items[0])
    assert chinese in voice.of("zh").say(listing.items[0])


def test_a_row_rests_on_the_statements_it_starts_from(inputs: Inputs, begun: Nowcast, ahead: Nowcast) -> None:
    (section,) = running.sections(dataclasses.replace(inputs, nowcasts=(begun, ahead)))
    table = section.blocks[-1]
    assert isinstance(table, Table)
    months, newest = (set(bases(row)) for row in table.rows)
    assert begun.latest is not None
    assert months == set(begun.latest.statements)
    assert newest == {"st-cn.offshore.execution.usd-2025"}
