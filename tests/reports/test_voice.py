from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

import reports
from forecast.claims.sentences import percent
from forecast.errors import InputError
from reports import voice
from reports.figures import Figure, Span
from reports.page import Day, Literally, words
from series import ledger
from series.periods import Period

EN, ZH = voice.of("en"), voice.of("zh")
SLOT = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("1634.3", "USD 100m", "USD 163.43 bn", "1634.3亿美元"),
        ("1643", "USD 100m", "USD 164.3 bn", "1643亿美元"),
        ("15400", "CNY 100m", "CNY 1,540 bn", "15400亿元"),
        ("13.84", "USD 100m", "USD 1.384 bn", "13.84亿美元"),
        ("-3.6", "percent", "−3.6%", "−3.6%"),
        ("183", "x", "183 times", "183倍"),
        ("0.17", "probability", "17%", "17%"),
        ("0.003", "probability", "<1%", "<1%"),
        ("0.999", "probability", ">99%", ">99%"),
        ("1", "coverage", "100%", "100%"),
    ],
)
def test_one_decimal_is_said_in_both_scales(value: str, unit: str, english: str, chinese: str) -> None:
    figure = Figure(Decimal(value), unit)
    assert EN.quantity(figure).replace("\u00a0", " ") == english
    assert ZH.quantity(figure) == chinese


@pytest.mark.parametrize("probability", [0.004, 0.0099, 0.125, 0.27499, 0.9901, 0.996])
def test_a_chance_is_the_same_in_a_table_and_in_the_text_to_print(probability: float) -> None:
    assert EN.quantity(Figure.fixed(probability, "probability", 4)) == percent(probability)


@pytest.mark.parametrize(
    ("number", "last", "english", "chinese"),
    [
        ("1700.0", -1, "USD 170.00 bn", "1700.0亿美元"),
        ("1700", 0, "USD 170.0 bn", "1700亿美元"),
        ("15400", 2, "USD 1,540 bn", "15400亿美元"),
        ("280", 0, "USD 28.0 bn", "280亿美元"),
        ("1000", 1, "USD 100 bn", "1000亿美元"),
    ],
)
def test_the_last_digit_that_is_known_is_said(number: str, last: int, english: str, chinese: str) -> None:
    figure = Figure(Decimal(number), "USD 100m", last=last)
    assert [EN.quantity(figure).replace("\u00a0", " "), ZH.quantity(figure)] == [english, chinese]


def test_a_span_names_its_unit_once() -> None:
    span = Span(Figure(Decimal(1820), "USD 100m"), Figure(Decimal(2420), "USD 100m"))
    assert EN.quantity(span).replace("\u00a0", " ") == "USD 182–242 bn"
    assert ZH.quantity(span) == "1820至2420亿美元"


def test_a_span_whose_ends_read_alike_is_one_number() -> None:
    span = Span(Figure.fixed(1.521, "score", 2), Figure.fixed(1.523, "score", 2))
    assert EN.bare(span) == "1.52"


def test_a_missing_number_is_a_dash() -> None:
    assert EN.quantity(Figure(None, "USD 100m")) == "–"


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2012", "2012", "2012年"),
        ("2019Q1", "Q1 2019", "2019年第1季度"),
        ("2020-08", "August 2020", "2020年8月"),
        ("2020-01..2020-08", "January–August 2020", "2020年1月至8月"),
        ("2011-01..2015-12", "January 2011–December 2015", "2011年1月至2015年12月"),
    ],
)
def test_periods_are_said(text: str, english: str, chinese: str) -> None:
    assert EN.when(Period.parse(text)) == english
    assert ZH.when(Period.parse(text)) == chinese


def test_a_date_is_as_precise_as_it_is_known() -> None:
    day = dt.date(2023, 10, 31)
    assert [EN.when(Day(day, precision)) for precision in ("day", "month", "year")] == [
        "31 October 2023",
        "October 2023",
        "2023",
    ]
    assert ZH.when(Day(day)) == "2023年10月31日"


def test_every_message_has_both_languages_and_the_same_slots() -> None:
    for key, languages in voice.catalogue().items():
        assert set(languages) == {"en", "zh"}, key
        assert set(SLOT.findall(languages["en"])) == set(SLOT.findall(languages["zh"])), key


def test_every_key_written_in_the_code_is_in_the_catalogue() -> None:
    folder = Path(reports.__file__).parent
    used = re.compile(r"""(?:words|template)\(\s*"([a-z_]+(?:\.[A-Za-z0-9_]+)+)\"""")
    keys = {key for path in folder.rglob("*.py") for key in used.findall(path.read_text("utf-8"))}
    assert len(keys) > 30
    assert keys <= set(voice.catalogue())


def test_a_missing_slot_names_the_message() -> None:
    with pytest.raises(InputError, match=r"outlook\.stands.*'value'"):
        EN.say(words("outlook.stands", period=Period.year(2025)))


def test_an_unknown_language_suggests_the_known() -> None:
    with pytest.raises(InputError, match="en, zh"):
        voice.of("fr")


def test_text_worded_below_is_passed_on() -> None:
    assert ZH.say(Literally("Offshore", "离岸")) == "离岸"


def test_every_unit_and_kind_of_the_ledger_has_words() -> None:
    statements = ledger.load().statements
    units = {one.unit for one in statements} | {"points", "probability", "coverage", "score", "count"}
    for unit in units:
        assert EN.quantity(Figure(Decimal(1), unit))
        assert ZH.quantity(Figure(Decimal(1), unit))
    for kind in {one.kind for one in statements}:
        assert EN.template(f"kind.{kind}")
