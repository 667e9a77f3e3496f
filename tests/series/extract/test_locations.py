"""Whose figures a text gives: a city, its province or the country, on sentences of our own."""

import pytest

from series.extract import extract_text


def places(text: str) -> list[tuple[str, str]]:
    """Return the area and the print of each figure, in the order of the text."""
    found = extract_text(text, published=(2022, 3)).candidates
    return [(one.subject.area, one.printed) for one in found]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Xi'an and Hefei, capitals of Shaanxi and Anhui, executed offshore work of $2 bn and $1 bn in 2021.",
            ["cn.xian", "cn.hefei"],
        ),
        ("2021年,武汉(湖北省)离岸执行额14亿美元。", ["cn.wuhan"]),
        ("Luoyang (Henan Province) recorded offshore execution of $300 million in 2021.", ["cn.luoyang"]),
        ("Jiaxing, in east China's Zhejiang Province, recorded offshore execution of $300 million in 2021.", []),
        (
            "Changsha, capital of central China's Hunan Province, had offshore execution of $1.2 billion in 2021.",
            ["cn.changsha"],
        ),
        (
            "Yantai, a port city in east China's Shandong Province, saw offshore execution rise 14% in 2021.",
            ["cn.yantai"],
        ),
        ("Offshore execution in Hefei in east China's Anhui Province rose 14% in 2021.", ["cn.hefei"]),
        ("Weihai City of Shandong Province recorded offshore contracts worth $700 million in 2021.", ["cn.weihai"]),
        ("Baoding, a historic city of north China's Hebei Province, saw offshore execution rise 14% in 2021.", []),
        (
            "Officials in Ningbo, Zhejiang Province, said offshore execution in the city rose 14% in 2021.",
            ["cn.ningbo"],
        ),
    ],
)
def test_the_province_that_a_city_lies_in_is_not_whose_figures_are_given(text: str, figures: list[str]) -> None:
    assert [area for area, _ in places(text)] == figures


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("记者从在贵阳召开的西部服务外包会议上获悉,2021年离岸执行额增长17.8%。", "cn"),
        ("Yantai has long been a hub of outsourcing. In 2021 its offshore execution rose 17.8%.", "cn.yantai"),
        ("烟台是服务外包示范城市。2021年,该市离岸执行额增长17.8%。", "cn.yantai"),
        ("A report released at the big data expo said that offshore execution rose 17.8% in 2021.", "cn"),
        ("Offshore execution rose 17.8% in 2021, it was said at a forum in Hefei, capital of Anhui Province.", "cn"),
        ("At the Xiamen fair, a vice minister said offshore execution rose 17.8% in 2021.", "cn"),
        ("The 2022 China Services Forum in Chengdu heard that offshore execution rose 17.8% in 2021.", "cn"),
        ("Outsourcing did well in Yantai in 2021. The city recorded offshore execution growth of 17.8%.", "cn.yantai"),
        ("Yantai's service outsourcing did well in 2021. Its offshore execution rose 17.8%.", "cn.yantai"),
        ("据浙江省商务厅统计,2021年全省离岸执行额增长17.8%。", "cn.zhejiang"),
    ],
)
def test_where_it_was_said_is_told_from_whose_it_is(text: str, area: str) -> None:
    found = extract_text(text, published=(2022, 3)).candidates
    assert [(one.subject.area, one.subject.part, one.printed) for one in found] == [(area, None, "17.8%")]


@pytest.mark.parametrize(
    "text",
    [
        "浙江省2021年离岸执行额增长12.1%,全国增长17.8%。",
        "浙江省2021年离岸执行额增长12.1%,同期全国增长17.8%。",
        "Zhejiang's offshore execution rose 12.1% in 2021, while that of the whole country rose 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021. Nationwide, offshore execution rose 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021. Across China, offshore execution rose 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021. China as a whole grew 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021. China's total rose 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021; for the whole of China it rose 17.8%.",
        "Zhejiang's offshore execution rose 12.1% in 2021. The national figure rose 17.8%.",
    ],
)
def test_a_national_figure_in_a_local_text_is_the_countrys(text: str) -> None:
    assert places(text) == [("cn.zhejiang", "12.1%"), ("cn", "17.8%")]


def test_after_a_market_the_country_as_a_whole_is_no_market() -> None:
    text = "Offshore execution for Japan rose 4% in 2021, and for China as a whole 17.8 percent more was executed."
    found = extract_text(text, published=(2022, 3)).candidates
    assert [one.subject.part for one in found] == ["market_jp", None]


def test_a_rank_in_the_country_leaves_the_place_spoken_of() -> None:
    assert places("2021年浙江离岸执行额161亿美元,居全国前列,增长12.1%。") == [
        ("cn.zhejiang", "161亿美元"),
        ("cn.zhejiang", "12.1%"),
    ]


def test_what_may_be_that_of_the_place_named_before_is_doubted() -> None:
    (found,) = extract_text("烟台服务外包发展较快。2021年离岸执行额增长17.8%。", published=(2022, 3)).candidates
    assert (found.subject.area, found.confidence) == ("cn", 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "在天津、武汉等31个示范城市,2021年离岸执行额增长17.8%。",
        "The 31 demonstration cities including Tianjin and Wuhan saw offshore execution grow 17.8% in 2021.",
    ],
)
def test_examples_of_cities_are_not_whose_figures_are_given(text: str) -> None:
    (found,) = extract_text(text, published=(2022, 3)).candidates
    assert found.subject.part == "area_demo_cities"
