from decimal import Decimal

import pytest

from series.errors import InputError
from series.extract import extract_text
from series.ledger import Ledger
from series.periods import Period
from series.review import Proposal, propose, revised
from series.statements import Source


def proposed(text: str, ledger: Ledger, source: Source, published: tuple[int, int] = (2023, 8)) -> list[Proposal]:
    return propose(extract_text(text, published=published).candidates, ledger, source)


def test_a_candidate_becomes_a_statement_with_its_digits(ledger: Ledger, source: Source) -> None:
    text = "今年1-7月,离岸服务外包合同额约1.54万亿元,执行额5,400.0亿元,同比增长12%,占全国执行总额的三成。"
    level, exact, growth, share = [one.statement for one in proposed(text, ledger, source)]
    assert level
    assert exact
    assert growth
    assert share
    assert (level.id, level.subject, level.value, level.exponent) == ("s0004", "cn.offshore.contract.cny", 15400, 2)
    assert (level.hedge, level.unit, level.currency_basis) == ("about", "CNY 100m", "originator")
    assert (exact.id, exact.exponent, exact.printed) == ("s0005", -1, "5,400.0亿元")
    assert (growth.base, growth.basis, growth.exponent) == (Period.parse("2022-01..2022-07"), "unknown", 0)
    assert (share.subject.rpartition(".")[2], share.value, share.exponent) == ("share", 30, 1)
    assert growth.paraphrase.startswith("Ministry reported the execution value of China's offshore")


def test_an_amount_given_again_in_brackets_is_converted(ledger: Ledger, source: Source) -> None:
    yuan, dollars = proposed("1-7月离岸服务外包执行额700亿元(约合100亿美元)。", ledger, source)
    assert yuan.statement
    assert dollars.statement
    assert (yuan.statement.currency_basis, dollars.statement.currency_basis) == ("originator", "converted")
    assert dollars.statement.subject == "cn.offshore.execution.usd"


@pytest.mark.parametrize(
    ("year", "part"), [(2015, "area_demo_cities_21"), (2020, "area_demo_cities"), (2023, "area_demo_cities_37")]
)
def test_a_list_that_grew_is_the_one_of_its_year(ledger: Ledger, source: Source, year: int, part: str) -> None:
    text = f"{year}年,服务外包示范城市离岸服务外包执行额300亿元。"
    (one,) = proposed(text, ledger, source)
    assert one.statement
    assert one.statement.subject == f"cn.offshore.execution.{part}.cny"


def test_what_the_catalog_lacks_is_an_obstacle_that_an_edit_removes(ledger: Ledger, source: Source) -> None:
    (one,) = proposed("2022年,来自德国、新西兰的离岸服务外包执行额合计3亿元。", ledger, source)
    assert one.statement is None
    assert "is not a subject" in one.obstacle
    mended = revised(one, ["subject=cn.offshore.execution.market_de.cny"], ledger, source)
    assert mended.statement
    assert mended.statement.subject == "cn.offshore.execution.market_de.cny"
    assert not mended.obstacle


def test_an_edit_changes_fields_and_the_words_for_them(ledger: Ledger, source: Source) -> None:
    (one,) = proposed("2022年,全国服务外包执行额3亿元。", ledger, source)
    changed = revised(one, ["value=3.25", "subject=cn.onshore.execution.cny"], ledger, source).statement
    assert changed
    assert (changed.value, changed.exponent) == (Decimal("3.25"), -2)
    assert "onshore" in changed.paraphrase


@pytest.mark.parametrize("change", ["value", "colour=red", "kind=guess", "period=2022-13", "subject=cn.nowhere"])
def test_an_edit_that_makes_no_statement_is_refused(ledger: Ledger, source: Source, change: str) -> None:
    (one,) = proposed("2022年,全国服务外包执行额3亿元。", ledger, source)
    with pytest.raises(InputError):
        revised(one, [change], ledger, source)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("“十三五”期间,离岸服务外包执行额年均增长10.4%。", "2015"),
        ("2016年至2020年,离岸服务外包执行额年均增长10.4%。", "2015"),
        ("2015年到2020年,离岸服务外包执行额年均增长10.4%。", "2014"),
    ],
)
def test_average_growth_over_a_plan_leads_to_its_last_year(
    ledger: Ledger, source: Source, text: str, base: str
) -> None:
    (one,) = proposed(text, ledger, source)
    assert one.statement
    assert (one.statement.period, one.statement.base) == (Period.year(2020), Period.parse(base))
    assert one.statement.paraphrase.endswith(f"grew by 10.4 percent a year from {base} to 2020.")
