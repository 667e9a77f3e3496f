import re
from decimal import Decimal
from pathlib import Path

import pytest

from forecast.claims.records import COLUMNS, find, load
from forecast.errors import InputError

GOOD = "C1,who,2023-02,S1,growth,cn.total.execution.usd,2022,2030,11.3,percent a year,exact,,,by,,,English.,中文。"


def ledger(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "claims.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]), encoding="utf-8")
    return path


def test_the_shipped_ledger_holds_every_claim_with_both_texts() -> None:
    claims = load()
    assert sum(key.startswith("C") for key in claims) == 69  # published claims and targets
    assert sum(key.startswith("D") for key in claims) >= 20  # what the source documents state of the past
    assert all(claim.en.endswith(".") and claim.zh.endswith("。") for claim in claims.values())
    assert all(claim.not_checkable or claim.kind == "qualitative" or claim.subjects for claim in claims.values())


def test_what_is_missing_names_the_same_figures_in_both_languages_and_is_said_alike_each_time() -> None:
    lacks = {(claim.not_checkable, claim.not_checkable_zh) for claim in load().values() if claim.not_checkable}
    assert len({english for english, _ in lacks}) == len({chinese for _, chinese in lacks}) == len(lacks)
    for english, chinese in lacks:
        assert chinese
        assert sorted(re.findall(r"[\d.]+%?", english)) == sorted(re.findall(r"[\d.]+%?", chinese))


def test_the_growth_claim_leaves_scope_and_currency_open() -> None:
    claim = find("C02")
    assert claim.value == Decimal("11.3")
    assert len(claim.subjects) == 4
    assert claim.made is not None
    assert claim.made.isoformat() == "2023-12-31"
    assert claim.half_unit == Decimal("0.05")


def test_a_month_means_its_last_day(tmp_path: Path) -> None:
    claim = load(ledger(tmp_path, GOOD))["C1"]
    assert claim.made is not None
    assert claim.made.isoformat() == "2023-02-28"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("growth", "growht"), "kind 'growht' is unknown"),
        ((",11.3,", ",eleven,"), "value 'eleven' is not a usable number"),
        ((",11.3,", ",1e999999999,"), "is not a usable number"),
        (("2023-02", "2023-31"), "'2023-31' is not a date"),
        ((",2022,2030", ",,2030"), "needs the period that it starts from"),
        ((",2030,", ",20x0,"), "'20x0' is not a period"),
        (("growth", "level", 1), None),
        (("level,", "level,"), None),
        ((",by,,,English", ",by"), "a row has"),
        ((",by,,,", ",by,needs a series,,"), None),
        ((",by,,,", ",by,,缺少序列,"), "in Chinese only"),
        (("2023-02", ""), "needs a date"),
    ],
)
def test_defects_are_named_with_file_and_line(tmp_path: Path, change: tuple[str, str], message: str | None) -> None:
    path = ledger(tmp_path, GOOD.replace(change[0], change[1]))
    if message is None:
        assert load(path)
        return
    with pytest.raises(InputError, match=message) as caught:
        load(path)
    assert "claims.csv:2:" in str(caught.value)


def test_all_defects_are_told_at_once(tmp_path: Path) -> None:
    path = ledger(tmp_path, GOOD.replace("growth", "x"), GOOD, GOOD)
    with pytest.raises(InputError) as caught:
        load(path)
    assert [line.split(":")[-2] if "twice" in line else "kind" for line in str(caught.value).splitlines()]
    assert str(caught.value).count("claims.csv:") == 2


def test_a_wrong_id_suggests_the_near_one() -> None:
    with pytest.raises(InputError, match="Did you mean 'C"):
        find("C022")


def test_a_wrong_header_is_said(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="the header must be id,claimant"):
        load(path)


def test_a_file_of_ones_own_may_leave_the_chinese_of_what_is_missing_out(tmp_path: Path) -> None:
    cells = GOOD.split(",")
    place = COLUMNS.index("not_checkable_zh")
    cells[place - 1 : place + 1] = ["needs a series"]
    path = tmp_path / "claims.csv"
    path.write_text("\n".join([",".join(COLUMNS).replace(",not_checkable_zh", ""), ",".join(cells)]), encoding="utf-8")
    claim = load(path)["C1"]
    assert (claim.not_checkable, claim.not_checkable_zh) == ("needs a series", "")


@pytest.mark.parametrize(("hedge", "ceiling"), [("exact", True), ("under", True), ("over", False)])
def test_a_fall_of_less_than_a_figure_is_a_floor(tmp_path: Path, hedge: str, ceiling: bool) -> None:
    row = GOOD.replace("11.3", "-4").replace("exact", hedge)
    assert find("C1", load(ledger(tmp_path, row))).ceiling is ceiling
