from __future__ import annotations

import datetime as dt

import pytest

from forecast.errors import EvidenceError
from reports import gather, outlook, voice
from reports.page import Literally, words
from series import ledger
from series.periods import Period

QUICK = ("naive", "drift")
OFFSHORE = "cn.offshore.execution.usd"


def test_the_layers_below_fill_a_page_whose_figures_are_cited() -> None:
    found = gather.inputs(subjects=(OFFSHORE,), models=QUICK, claims=())
    drift = found.forecast(OFFSHORE, "drift")
    assert drift is not None
    assert max(drift.steps) == Period.year(2030)
    assert found.title(OFFSHORE) == words(f"subject.{OFFSHORE}")
    page = outlook.page(found)
    cited = {entry.id for reference in page.references for entry in reference.entries}
    assert {name for o in found.series[0].observations for name in o.statements} <= cited


def test_an_earlier_day_knows_less() -> None:
    found = gather.inputs(dt.date(2023, 10, 31), subjects=(OFFSHORE,), models=QUICK, claims=())
    assert found.series[0].observations[-1].period == Period.year(2022)
    assert {forecast.origin for forecast in found.forecasts} == {Period.year(2022)}


def test_a_series_that_is_not_there_is_a_warning_until_none_is_left() -> None:
    day = dt.date(2009, 12, 31)
    with pytest.raises(EvidenceError, match=r"nothing published by 2009-12-31"):
        gather.inputs(day, subjects=("cn.total.execution.cny",), models=QUICK, claims=())


def test_what_was_said_or_printed_after_the_day_is_left_out() -> None:
    day = dt.date(2020, 9, 30)
    found = gather.inputs(day, subjects=(OFFSHORE,), models=QUICK, claims=("C02", "C23", "D04"))
    assert [claim["id"] for claim in found.claims] == ["C23"]  # of 2017; the others of 2023 and 2021
    assert found.decisions
    assert all(found.published(decision.statement) <= day for decision in found.decisions)
    assert [claim["id"] for claim in gather.inputs(subjects=(OFFSHORE,), models=QUICK, claims=("C02",)).claims] == [
        "C02"
    ]


def test_a_title_of_the_catalog_begins_like_any_other() -> None:
    name = gather.title("world.offshore_wide.execution.usd", ledger.load())
    assert isinstance(name, Literally)
    assert name.en == "World execution of offshore outsourcing (wide definition)"


def test_what_leans_on_the_error_atlas_is_a_number_and_no_english_warning() -> None:
    share = "cn.offshore.execution.kpo.share"
    found = gather.inputs(subjects=(OFFSHORE, share), models=("combination", "drift"), claims=())
    leaning = {(one.series, one.model): one.leaning for one in found.forecasts}
    assert leaning[share, "combination"] == 5  # 2021 to 2025
    assert leaning[OFFSHORE, "combination"] == leaning[share, "drift"] == 0
    assert not any("atlas" in one for one in found.warnings)


def test_what_a_page_cannot_show_is_said_in_the_words_of_the_page() -> None:
    share = "cn.offshore.execution.kpo.share"
    day = dt.date(2018, 12, 31)
    found = gather.inputs(day, subjects=(OFFSHORE, "cn.total.execution.ito.share", share), models=QUICK, claims=())
    assert found.warnings
    for language, said in (("en", "no forecast, because"), ("zh", "未作预测")):
        told = [voice.of(language).say(note) for note in found.notes]
        assert [said in one for one in told] == [False, True]
        assert not any("cn." in one for one in told)
