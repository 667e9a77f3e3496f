import pytest

from series.extract import extract_text


@pytest.mark.parametrize(
    "amount",
    ["S$175 billion", "A$173 billion", "NT$3.6 trillion", "JPY 14 trillion", "R$700 billion",
     "175 billion Singapore dollars", "173 billion Australian dollars", "9.7 trillion rupees", "€110 billion"],
)  # fmt: skip
def test_an_amount_in_another_currency_is_passed_over(amount: str) -> None:
    text = f"Offshore executed value came to {amount} in 2021."
    assert extract_text(text).candidates == ()


@pytest.mark.parametrize(
    "amount", ["1750亿新加坡元", "1730亿澳元", "1640亿加元", "3.6万亿新台币", "14万亿日圆", "5400亿林吉特"]
)
def test_so_is_one_in_chinese(amount: str) -> None:
    assert extract_text(f"2021年离岸执行额达{amount}。").candidates == ()


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("US$130.3 billion", "USD 100m"),
        ("U.S.$130.3 billion", "USD 100m"),
        ("$130.3bn", "USD 100m"),
        ("¥860 billion", "CNY 100m"),
    ],
)
def test_dollars_and_yuan_stay(amount: str, unit: str) -> None:
    (candidate,) = extract_text(f"Offshore executed value came to {amount} in 2021.").candidates
    assert (candidate.printed, candidate.unit) == (amount, unit)


def test_what_a_bracket_gives_in_another_currency_leaves_the_growth() -> None:
    text = "Offshore executed value, at $130.3 billion (S$175 billion), rose 23% in 2021."
    assert [candidate.printed for candidate in extract_text(text).candidates] == ["$130.3 billion", "23%"]


def test_a_sign_before_an_amount_is_not_of_the_year_before_it() -> None:
    text = "Offshore executed value: 2020 $105.8bn; 2021 $130.3bn."
    assert [str(candidate.period) for candidate in extract_text(text).candidates] == ["2020", "2021"]
