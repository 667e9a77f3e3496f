"""Which year a bare part of the year means, on sentences of our own."""

from series.extract import extract_text


def periods(text: str, published: tuple[int, int | None]) -> list[str]:
    return [str(candidate.period) for candidate in extract_text(text, published=published).candidates]


def test_a_new_paragraph_after_last_years_review_turns_to_this_year() -> None:
    text = "2021年，全国企业承接服务外包执行额900亿元。\n一季度，全国企业承接服务外包执行额250亿元。"
    assert periods(text, (2022, 5)) == ["2021", "2022Q1"]


def test_in_the_same_paragraph_the_year_spoken_of_goes_on() -> None:
    text = "2021年，全国企业承接服务外包执行额900亿元。一季度，全国企业承接服务外包执行额250亿元。"
    assert periods(text, (2022, 5)) == ["2021", "2021Q1"]


def test_a_part_that_has_not_ended_belongs_to_the_year_spoken_of() -> None:
    text = "2021年，全国企业承接服务外包执行额900亿元。\n上半年，全国企业承接服务外包执行额400亿元。"
    assert periods(text, (2022, 5)) == ["2021", "2021H1"]
