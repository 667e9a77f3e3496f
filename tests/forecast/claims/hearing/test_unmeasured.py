"""Unmeasured: a claim without a figure for the court is refused for what it is, not as no claim at all."""

import pytest

from forecast.claims.hearing import summon
from forecast.errors import EvidenceError, InputError


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Service outsourcing in China will employ 15 million people by 2028.", "15"),
        ("The workforce of service outsourcing will swell to 15 million by 2028.", "15"),
        ("The outsourcing sector will add 800,000 new jobs in 2027.", "800,000 new jobs"),
        ("2027年服务外包产业将吸纳1700万人就业。", "1700万人"),
        ("到2029年，承接离岸外包的公司将增至5万家。", "5万家"),
    ],
)
def test_people_and_firms_are_counted_by_no_series(text: str, printed: str) -> None:
    with pytest.raises(EvidenceError, match="counts of people and firms") as caught:
        summon(text)
    assert printed in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "KPO will be larger than ITO by 2029.",
        "Onshore execution will outgrow offshore execution by 2029.",
        "2029年知识流程外包将反超信息技术外包。",
    ],
)
def test_which_of_two_comes_first_is_asked_to_be_put_as_a_figure(text: str) -> None:
    with pytest.raises(InputError, match=r"a comparison .* which of them comes first is not judged"):
        summon(text)


@pytest.mark.parametrize("text", ["China will be the largest outsourcing market by 2030.", "2030年规模位居首位。"])
def test_a_rank_is_beyond_the_evidence(text: str) -> None:
    with pytest.raises(EvidenceError, match=r"a rank .* on one definition"):
        summon(text)


def test_a_number_of_people_without_its_unit_lacks_the_series_first() -> None:
    with pytest.raises(EvidenceError, match="counts of people and firms"):
        summon("2029年服务外包从业人数将突破1900万。")


@pytest.mark.parametrize(
    "text",
    [
        "Execution per employee in offshore outsourcing will reach 3 million yuan by 2029.",
        "2029年离岸服务外包人均执行额将达到30万元。",
    ],
)
def test_what_comes_to_each_person_is_in_no_series(text: str) -> None:
    with pytest.raises(EvidenceError, match="what comes to each person"):
        summon(text)
