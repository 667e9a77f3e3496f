"""Denials: what a doubt is said of, past the figures between."""

import pytest

from forecast.claims.hearing import listen


@pytest.mark.parametrize(
    ("joined", "denied"),
    [(" and", True), (" and that", True), (", and that", True), (", but", False), (", and", False)],
)
def test_a_doubt_goes_on_to_the_next_clause_unless_it_is_set_apart(joined: str, denied: bool) -> None:
    text = f"It is wrong to say that offshore execution will double by 2030{joined} KPO will exceed 50% in 2028."
    assert [bool(one.missing) for one in listen(text)] == [True, denied]


@pytest.mark.parametrize(("joined", "denied"), [("，", True), ("，但", False), ("。", False)])
def test_a_doubt_in_chinese_goes_on_past_a_bare_comma(joined: str, denied: bool) -> None:
    text = f"没有人认为2031年离岸执行额会达到2400亿美元{joined}2028年KPO占比会超过50%。"
    assert [bool(one.missing) for one in listen(text)] == [True, denied]
