"""A share that follows a name is of what is named, and where the ledger has no such part, it is of nothing there."""

import datetime as dt

import pytest

from forecast.claims.hearing import listen

SAID = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("到2027年，离岸外包执行额年均增长6%以上，高端业务占比超过45%。", "高端业务"),
        ("2027年离岸外包执行额增长6%，其中数字化业务占比提高到45%。", "数字化业务"),
        ("By 2027 offshore outsourcing will grow 6% a year, and high-end work will account for 45%.", "high-end work"),
        ("By 2027 offshore outsourcing will grow 6% a year, with digital services making up 45%.", "digital services"),
        ("In 2030 offshore execution will reach USD 200 bn, and AI services will make up 30%.", "ai services"),
    ],
)
def test_a_part_without_a_series_takes_no_other_series(text: str, name: str) -> None:
    heard = listen(text, SAID)[-1]
    assert (heard.kind, heard.subjects) == ("share", ())
    assert heard.beyond == (f"a series of '{name}', which the ledger does not hold",)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("2027年离岸外包执行额增长6%，占比提高到45%。", "cn.offshore.execution.share"),
        ("2027年离岸外包执行额增长6%，其在全国的占比提高到45%。", "cn.offshore.execution.share"),
        ("2027年离岸外包执行额增长6%，民营企业占比提高到45%。", "cn.offshore.execution.owner_private.share"),
        (
            "By 2027 offshore outsourcing will grow 6% a year, and its share will rise to over 45%.",
            "cn.offshore.execution.share",
        ),
        (
            "By 2027 offshore outsourcing will grow 6%, and officials reckon it will account for 45%.",
            "cn.offshore.execution.share",
        ),
    ],
)
def test_what_is_spoken_of_goes_on_where_a_share_has_no_name_of_its_own(text: str, subject: str) -> None:
    assert listen(text, SAID)[-1].subjects == (subject,)
