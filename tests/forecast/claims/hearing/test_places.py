"""Places: a clause is of the place that was named last, and of China where China is."""

import pytest

from forecast.claims import check_text
from forecast.claims.hearing import listen, summon
from forecast.errors import EvidenceError, InputError


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "By 2030 Jiangsu's offshore execution will double, Shandong's triple and China's will reach USD 300 bn.",
            ["cn.jiangsu", "cn.shandong", "cn"],
        ),
        (
            "到2030年，武汉离岸执行额达到50亿美元，厦门达到30亿美元，全国达到3000亿美元。",
            ["cn.wuhan", "cn.xiamen", "cn"],
        ),
        (
            "Offshore execution will reach USD 300 bn by 2030 and Wuhan's USD 5 bn.",
            ["cn", "cn.wuhan"],
        ),
        (
            "2028年离岸执行额将达2000亿美元，江苏将达300亿美元。",
            ["cn", "cn.jiangsu"],
        ),
    ],
)
def test_each_clause_has_its_own_place(text: str, first: list[str]) -> None:
    assert [one.subjects[0] for one in listen(text)] == [f"{area}.offshore.execution.usd" for area in first]


def test_a_place_without_a_series_leaves_the_country_its_claim() -> None:
    text = "Shanghai will reach USD 30 bn by 2030, and the whole country's offshore execution USD 300 bn."
    with pytest.raises(
        EvidenceError, match=r"not checkable: cn\.shanghai\.offshore\.execution\.usd has no observation"
    ):
        check_text(text, None, 1)
    assert summon(text, None, 2)[0].subjects == ("cn.offshore.execution.usd",)


def test_a_place_that_only_follows_a_later_figure_is_asked_about() -> None:
    text = "Offshore execution will reach USD 300 bn by 2030 and USD 3 bn in Wuhan."
    with pytest.raises(InputError, match="whether it is of China or of wuhan"):
        summon(text, None, 1)
    assert summon(text, None, 2)[0].subjects == ("cn.wuhan.offshore.execution.usd",)


@pytest.mark.parametrize(
    "text",
    [
        "江苏2028年离岸执行额将占全国的20%。",
        "In 2028 Jiangsu will account for 20% of China's offshore outsourcing.",
    ],
)
def test_the_share_of_a_place_in_the_country_is_of_no_series(text: str) -> None:
    with pytest.raises(EvidenceError, match="the share of one place in all of China"):
        summon(text)


def test_a_part_is_of_the_country_where_the_share_is_of_it() -> None:
    text = "By 2030 Wuhan's execution will double and KPO will exceed 50% of national offshore outsourcing."
    assert listen(text)[1].subjects == ("cn.offshore.execution.kpo.share",)


def test_places_that_are_named_together_are_asked_about() -> None:
    text = "Jiangsu and Shandong will reach USD 30 bn and USD 10 bn by 2030, and China USD 300 bn."
    with pytest.raises(InputError, match="one place: 'jiangsu and shandong' are several"):
        summon(text, None, 2)
    assert listen(text)[2].subjects == ("cn.total.execution.usd", "cn.offshore.execution.usd")
