import pytest

from series import ledger as ledgers
from series.extract import extract_text
from series.ledger import Ledger
from series.review import Check, Checker, propose
from series.statements import Source


def checked(text: str, ledger: Ledger, source: Source) -> Check:
    (proposal,) = propose(extract_text(text, published=(2023, 8)).candidates, ledger, source)
    assert proposal.statement
    return Checker(ledger).check(proposal.statement, source)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2022年离岸服务外包执行额800亿元。", "agrees"),
        ("2022年离岸服务外包执行额800.3亿元。", "narrows"),
        ("今年上半年离岸服务外包执行额453亿元,其中一季度离岸执行额201亿元。", "narrows"),
        ("2021年离岸服务外包执行额700亿元。", "new"),
        ("2022年离岸服务外包执行额增长14.3%。", "new"),
        ("2022年离岸服务外包执行额900亿元。", "conflicts"),
    ],
)
def test_a_check_says_how_a_figure_fits(text: str, verdict: str, ledger: Ledger, source: Source) -> None:
    proposals = propose(extract_text(text, published=(2023, 8)).candidates, ledger, source)
    assert proposals[-1].statement
    found = Checker(ledger).check(proposals[-1].statement, source)
    assert found.verdict == verdict, found.message


def test_a_conflict_names_the_slip_and_what_stands_against(ledger: Ledger, source: Source) -> None:
    found = checked("2022年离岸服务外包合同额800亿元。", ledger, source)
    assert (found.verdict, found.mode) == ("conflicts", "measure")
    assert found.statements == ("s0001",)
    assert found.bounds == (999.5, 1000.5)
    assert found.alternatives[0]["about"] == "cn.offshore.execution.cny 2022"
    assert "swapped" in found.message


def test_ten_times_too_large_is_recognised(ledger: Ledger, source: Source) -> None:
    found = checked("今年上半年离岸服务外包执行额4530亿元。", ledger, source)
    assert found.mode == "times ten"


def test_what_the_same_source_has_said_is_held(ledger: Ledger) -> None:
    found = checked("2022年离岸服务外包执行额800亿元。", ledger, ledger.sources["m"])
    assert (found.verdict, found.statements) == ("held", ("s0002",))


def test_a_share_is_held_against_the_currency_that_says_most_and_never_exceeds_its_whole(source: Source) -> None:
    shipped = ledgers.load()
    plain = checked("2018年,知识流程外包占离岸服务外包执行额的37%。", shipped, source)  # 219.66 of 586.67 in yuan
    assert (plain.verdict, plain.bounds) == ("agrees", pytest.approx((37.4413, 37.4430), abs=1e-4))
    open_ = checked("2018年,按美元计,知识流程外包占离岸服务外包执行额的37%。", shipped, source)
    assert open_.bounds[1] is None or open_.bounds[1] <= 100
    assert "296" not in open_.message
