from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from series import catalog
from series.errors import InputError
from series.findings import DefectsError

HEADER = "id,en,zh,unit,nature,low,high,whole,succeeds,note\n"
CATALOG = catalog.load()


def test_a_composed_subject_has_titles_unit_bounds_and_whole() -> None:
    entry = CATALOG.entry("cn.offshore.execution.kpo.cny")
    assert entry.title.en == "Execution value of China's offshore knowledge process outsourcing (KPO) (CNY)"
    assert entry.title.zh == "中国离岸知识流程外包（KPO）执行额（人民币）"
    assert (entry.unit, entry.nature, entry.low, entry.high) == ("CNY 100m", "flow", 0, None)
    assert entry.whole == "cn.offshore.execution.cny"


def test_a_share_is_a_part_as_percent_of_its_whole() -> None:
    assert CATALOG.entry("cn.offshore.execution.kpo.share").whole == "cn.offshore.execution"
    assert CATALOG.entry("cn.offshore.execution.share").whole == "cn.total.execution"
    assert CATALOG.entry("cn.offshore.execution.share").high == 100
    assert not CATALOG.knows("cn.total.execution.share")


def test_areas_may_have_dots() -> None:
    assert (
        CATALOG.entry("cn.xiamen.total.contract.usd").title.en == "Contract value of Xiamen's service outsourcing (USD)"
    )


def test_every_place_that_a_press_text_can_name_is_an_area_within_another() -> None:
    read = tomllib.loads(files("series.extract").joinpath("places.toml").read_text("utf-8"))
    named = {key for kind in ("province", "city") for key, words in read[kind].items() if key != "elsewhere"}
    assert {f"cn.{key}" for key in named} == CATALOG.areas.keys() - {"cn"}
    assert all(row["within"] in CATALOG.areas for name, row in CATALOG.areas.items() if name != "cn")
    title = CATALOG.entry("cn.tianjin.offshore.execution.usd").title
    assert (title.en, title.zh) == (
        "Execution value of Tianjin's offshore service outsourcing (USD)",
        "天津市离岸服务外包执行额（美元）",
    )


def test_a_change_of_definition_is_another_subject_that_is_linked() -> None:
    assert (
        CATALOG.entry("cn.offshore.execution.area_demo_cities_37.cny").succeeds
        == "cn.offshore.execution.area_demo_cities.cny"
    )
    assert CATALOG.entry("cn.offshore.execution.market_bri_wide.cny").succeeds == "cn.offshore.execution.market_bri.cny"


def test_sums_hold_for_total_types_and_joint_markets() -> None:
    sums = {identity.whole: identity.parts for identity in CATALOG.sums(["cn.offshore.execution.cny"])}
    assert sums["cn.offshore.execution.cny"] == tuple(
        f"cn.offshore.execution.{part}.cny" for part in ("ito", "bpo", "kpo")
    )
    assert sums["cn.offshore.execution.market_us_eu.cny"] == (
        "cn.offshore.execution.market_us.cny",
        "cn.offshore.execution.market_eu.cny",
    )
    totals = [i.parts for i in CATALOG.sums(["cn.offshore.execution.cny"]) if i.whole == "cn.total.execution.cny"]
    assert ("cn.offshore.execution.cny", "cn.onshore.execution.cny") in totals


def test_every_whole_and_predecessor_named_in_the_tables_is_a_subject() -> None:
    for part in CATALOG.parts:
        entry = CATALOG.entry(f"cn.offshore.execution.{part}.cny")
        assert entry.whole is not None
        assert CATALOG.knows(entry.whole)
        assert entry.succeeds is None or CATALOG.knows(entry.succeeds)
        assert all(member in CATALOG.parts for member in CATALOG.parts[part]["members"].split())
    for entry in CATALOG.others.values():
        assert entry.whole is None or CATALOG.knows(entry.whole)


def test_an_unknown_subject_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'cn\.offshore\.execution\.kpo\.share'"):
        CATALOG.entry("cn.offshore.execution.kop.share")


def test_own_subjects_join_the_catalog(tmp_path: Path) -> None:
    (tmp_path / "subjects.csv").write_text(HEADER + "my.tea.usd,tea,茶,USD 100m,flow,0,,,,\n", encoding="utf-8")
    assert catalog.load(tmp_path).entry("my.tea.usd").title.zh == "茶"
    assert not CATALOG.knows("my.tea.usd")


def test_every_defect_of_own_subjects_is_told_at_once(tmp_path: Path) -> None:
    rows = [
        "a,a,a,count,stock,0,,b,,",
        "b,b,b,count,stock,0,,a,,",
        "c,c,c,count,heap,0,,,,",
        "d,d,d,count,stock,zero,,,,",
        "cn.employees,e,e,count,stock,0,,,,",
        "f,f,f,count,stock,0,,nowhere,,",
    ]
    (tmp_path / "subjects.csv").write_text(HEADER + "\n".join(rows), encoding="utf-8")
    with pytest.raises(DefectsError) as caught:
        catalog.load(tmp_path)
    assert {finding.kind for finding in caught.value.findings} == {
        "cycle",
        "nature",
        "number",
        "duplicate id",
        "subject",
    }
    assert "subjects.csv:2: part-of goes in a circle: a -> b -> a" in str(caught.value)
