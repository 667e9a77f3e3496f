"""Figures that are printed but not claimed, on sentences of our own; and sentences that only look like it."""

import pytest

from series.extract import extract_text


def read(text: str) -> list[str]:
    return [candidate.printed for candidate in extract_text(text, published=(2022, 3)).candidates]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Offshore executed value did not shrink by 3.1% in 2021.", []),
        ("Offshore executed value grew not 14% but 9% in 2021.", ["9%"]),
        ("The ministry denied that executed value of service outsourcing had dropped 4% in 2021.", []),
        ("There is no sign that offshore executed value fell 6% in 2021.", []),
        ("Far from shrinking 6%, offshore executed value rose 2% in 2021.", ["2%"]),
        ("2021年离岸执行额并未下滑6%。", []),
        ("2021年离岸合同额没有增长12%,而是增长8%。", ["8%"]),
        ("2021年离岸合同额并未增长12%,离岸执行额增长8%。", ["8%"]),
        ("有报道称2021年离岸执行额下滑6%,商务部对此予以否认。", []),
        ("2021年离岸执行额下滑6%的说法没有依据。", []),
        ("2021年离岸执行额不是1200亿美元,而是1303亿美元。", ["1303亿美元"]),
    ],
)
def test_what_is_denied_is_left_out(text: str, left: list[str]) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("If offshore executed value had risen 20% in 2021, it would have come to $126 billion.", []),
        ("Had growth stayed at 20 percent, offshore executed value would have hit $126 billion in 2021.", []),
        ("Offshore executed value rose 23% in 2021, but it could have risen 30%.", ["23%"]),
        ("But for the virus, offshore executed value might have reached $126 billion in 2021.", []),
        ("Analysts had expected offshore executed value of $126 billion for 2021.", []),
        ("Offshore executed value rose 23% in 2021, above the 19% that economists had expected.", ["23%"]),
        ("如果2021年离岸执行额增长20%,总额将为1269亿美元。", []),
        ("倘若没有疫情,2021年离岸执行额可达1400亿美元。", []),
        ("若按前年增速推算,2021年服务外包执行额本应为1.6万亿元。", []),
        ("市场此前普遍预计2021年离岸执行额为1269亿美元。", []),
        ("即使增长20%,2021年离岸执行额也只有1269亿美元。", []),
    ],
)
def test_what_is_supposed_or_was_expected_is_left_out(text: str, left: list[str]) -> None:
    assert read(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "An earlier version said offshore executed value was $133 billion in 2021; it was $130.3 billion.",
            "$130.3 billion",
        ),
        ("Offshore executed value in 2021 was $130.3 billion, not $133 billion as printed before.", "$130.3 billion"),
        ("Offshore executed value for 2021 was revised from $133 billion to $130.3 billion.", "$130.3 billion"),
        (
            "First reported to be $133 billion, offshore executed value was finally $130.3 billion in 2021.",
            "$130.3 billion",
        ),
        ("此前报道2021年离岸执行额为1330亿美元有误,应为1303亿美元。", "1303亿美元"),
        ("2021年离岸执行额初步核算为1330亿美元,最终核定为1303亿美元。", "1303亿美元"),
        ("商务部将2021年离岸执行额由1330亿美元修订为1303亿美元。", "1303亿美元"),
    ],
)
def test_of_a_correction_the_new_figure_is_taken(text: str, left: str) -> None:
    assert read(text) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "Excluding Japan, offshore executed value was $119 billion in 2021.",
        "Offshore executed value, not counting the EU, was $111 billion in 2021.",
        "2021年离岸执行额(除日本外)增长9%。",
        "2021年除日本外的离岸执行额增长9%。",
        "剔除日本后,2021年离岸执行额1190亿美元。",
        "2021年离岸执行额(不含香港)1075亿美元。",
        "Offshore executed value (excluding Hong Kong) was $107 billion in 2021.",
        "Offshore executed value was $107 billion (excluding Hong Kong) in 2021.",
    ],
)
def test_what_is_left_without_a_part_is_no_value_of_the_whole(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "all_of_them"),
    [
        ("Not only did offshore executed value rise 23% in 2021, but contract value rose 20%.", ["23%", "20%"]),
        ("Offshore executed value rose 23% in 2021, more than expected.", ["23%"]),
        ("If measured in yuan, offshore executed value rose 16% in 2021.", ["16%"]),
        ("2021年我国不仅离岸合同额增长20%,而且离岸执行额增长23%。", ["20%", "23%"]),
        ("2021年离岸执行额非常可观,达1303亿美元。", ["1303亿美元"]),
        ("如果按人民币计算,2021年离岸执行额增长16%。", ["16%"]),
        ("尽管没有展会,2021年离岸执行额仍增长23%。", ["23%"]),
        ("2021年全国(不含港澳台)离岸执行额1303亿美元。", ["1303亿美元"]),
        ("据初步核算,2021年服务外包执行额1.5万亿元,增长23%。", ["1.5万亿元", "23%"]),
        ("2021年,除日本外,美国、欧盟离岸执行额分别增长21.5%和24.6%。", ["21.5%", "24.6%"]),
        ("Apart from ITO, offshore execution of KPO rose 26% in 2021.", ["26%"]),
        ("2021年承接非洲离岸执行额35亿元。", ["35亿元"]),
    ],
)
def test_words_that_only_look_like_it_take_nothing_away(text: str, all_of_them: list[str]) -> None:
    assert read(text) == all_of_them


@pytest.mark.parametrize(
    ("text", "value", "hedge"),
    [
        ("Offshore executed value did not exceed $131 billion in 2021.", "$131 billion", "under"),
        (
            "Executed value of service outsourcing fell short of 1.6 trillion yuan in 2021.",
            "1.6 trillion yuan",
            "under",
        ),
        ("Offshore executed value has yet to reach $140 billion in 2021.", "$140 billion", "under"),
        ("2021年离岸执行额未超过1310亿美元。", "1310亿美元", "under"),
        ("2021年离岸执行额没有突破1310亿美元。", "1310亿美元", "under"),
        ("2021年离岸执行额不到1310亿美元,仅为1303亿美元。", "1303亿美元", "exact"),
        ("2021年离岸执行额未能达到1400亿美元的预期目标,为1303亿美元。", "1303亿美元", "exact"),
    ],
)
def test_what_was_not_passed_bounds_from_above(text: str, value: str, hedge: str) -> None:
    (candidate,) = extract_text(text, published=(2022, 3)).candidates
    assert (candidate.printed, candidate.hedge) == (value, hedge)
