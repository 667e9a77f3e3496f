"""Lists of rates with one that is flat, on sentences of our own."""

import pytest

from series.extract import extract_text


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("2021年离岸ITO、BPO、KPO执行额同比分别增长8.8%、持平和增长27%。", [("ito", 8.8), ("kpo", 27)]),
        (
            "2021年承接美国、日本、韩国离岸执行额同比分别下降2.2%、增长6.1%和基本持平。",
            [("market_us", -2.2), ("market_jp", 6.1)],
        ),
        ("2021年承接德国、英国离岸执行额同比分别持平和增长9%。", [("market_uk", 9)]),
        (
            "In 2021 offshore execution of ITO, BPO and KPO rose 8.8%, was flat and rose 27%, respectively.",
            [("ito", 8.8), ("kpo", 27)],
        ),
    ],
)
def test_a_flat_one_keeps_its_place_in_a_list(text: str, rates: list[tuple[str, float]]) -> None:
    found = extract_text(text, published=(2022, 3)).candidates
    assert [(one.subject.part, float(one.value)) for one in found] == rates
