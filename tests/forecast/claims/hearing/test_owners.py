"""Owners: what may be another country's own outsourcing is not judged as China's."""

import datetime as dt

import pytest

from forecast.claims.hearing import listen, summon
from forecast.errors import InputError

SAID = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The Philippine BPO sector will earn $60 billion in 2029.",
        "Japan's outsourcing market will pass $90 billion in 2029.",
        "The US outsourcing market will be worth $210 billion in 2029.",
        "European business process outsourcing will grow 6% a year to 2031.",
        "美国服务外包市场2029年将达到2100亿美元。",
        "马来西亚服务外包2028年将增长8%。",
    ],
)
def test_it_is_asked_whose_it_is(text: str) -> None:
    with pytest.raises(InputError, match="or its own, which no series is of"):
        summon(text, SAID)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Offshore outsourcing from Japan will pass $12 billion in 2029.", "cn.offshore.execution.market_jp.usd"),
        ("China's US outsourcing will grow 4% in 2026.", "cn.offshore.execution.market_us.usd"),
        ("我国承接美国服务外包执行额2029年将达到400亿美元。", "cn.offshore.execution.market_us.usd"),
        ("Japan's share of offshore execution will be 9% in 2029.", "cn.offshore.execution.market_jp.share"),
    ],
)
def test_what_china_does_for_a_country_is_its_market(text: str, subject: str) -> None:
    (one,) = listen(text, SAID)
    assert (one.subjects[0], one.missing) == (subject, ())
