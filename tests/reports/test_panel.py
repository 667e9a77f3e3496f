from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from forecast import outlook, tables
from forecast.cli import invoke
from forecast.hierarchies.evaluation import METRICS
from forecast.panels import from_frame, from_table
from reports import html, markdown, panel, voice
from reports.page import Chart


def made() -> outlook.Outlook:
    columns = {name: [10.0 + at + n + n % 3 for n in range(12)] for at, name in enumerate(["<a>", "b"])}
    frame = pd.DataFrame({"period": range(2010, 2022), **columns, "flat": 1.0})
    return outlook.make(from_frame(frame), ["drift"], 2, engine="batch", rank=False, reconcile=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_panel_has_a_page_in_each_language(language: str) -> None:
    page = panel.page(made(), "my.csv")
    text = markdown.render(page, voice.of(language))
    assert "my.csv" in text
    assert "flat: all 12 values are 1" in text
    assert "2023" in text
    assert "<a>" not in html.render(page, voice.of(language))


def test_gains_stand_in_a_table() -> None:
    row = {"model": "drift", "level": "all", "gain_percent": 1.25}
    row |= {f"{metric}_{kind}": 0.5 for metric in METRICS for kind in ("reconciled", "unreconciled")}
    gains = {"parts": 2, "origins": 3, "horizon": 2, "scores": [row]}
    text = markdown.render(panel.page(made(), "my.csv", gains), voice.of("en"))
    assert "| drift | all | 0.500 | 0.500 | 1.2 | 50 | 50 | 50 | 50 |" in text


def test_the_command_line_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csv"
    path.write_text(
        "year,a,b\n" + "".join(f"{2000 + n},{10 + n % 4},{5 + n % 3}\n" for n in range(12)), encoding="utf-8"
    )
    command = [
        "run",
        "--data",
        str(path),
        "--models",
        "drift",
        "--reconcile",
        "--report",
        str(tmp_path / "r"),
        "--json",
    ]
    assert invoke(command) == 0
    captured = capsys.readouterr()
    assert "0 parts have 18 values" in captured.err
    assert [Path(name).name for name in json.loads(captured.out)["files"]] == ["panel.html", "panel.md"]
    text = (tmp_path / "r" / "panel.md").read_text(encoding="utf-8")
    assert "Data: my.csv" in text
    assert str(tmp_path) not in text
    assert invoke(command) == 0, "a report is made anew"
    (tmp_path / "r" / "panel.md").write_text("# Mine\n", encoding="utf-8")
    (tmp_path / "r" / "panel.html").unlink()
    capsys.readouterr()
    assert invoke(command) == 2
    assert "panel.md' exists already and is no report; name another folder with --report" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["panel.md"]


def test_the_line_of_a_series_with_gaps_breaks_and_the_page_says_so() -> None:
    values = [10.0 + n + n % 3 for n in range(12)]
    frame = pd.DataFrame({"period": range(2010, 2022), "a": values})
    frame.loc[5, "a"] = None
    page = panel.page(outlook.make(from_frame(frame), ["drift"], 2, engine="batch", rank=False), "my.csv")
    drawn = html.render(page, voice.of("en"))
    assert "The line breaks where a value is missing." in drawn
    assert "gap: a: no value for 2015" in drawn
    whole = outlook.make(from_frame(frame.fillna(16.0)), ["drift"], 2, engine="batch", rank=False)
    assert "The line breaks" not in html.render(panel.page(whole, "my.csv"), voice.of("en"))


def test_values_of_the_data_have_the_same_digits_everywhere_and_say_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    rows = [f"a,{2010 + n},{1125347.4 + 9 * n + n % 3}" for n in range(12)]
    path.write_text("\n".join(["country,year,usd_million", *rows]) + "\n", encoding="utf-8")
    found = outlook.make(from_table(tables.read(path)), ["drift"], 2, engine="batch", rank=False)
    text = html.render(panel.page(found, "my.csv"), voice.of("en"))
    assert "usd_million" in text
    assert "2021: 1,125,450" in text  # the label in the chart
    assert 'a was <span class="fig">1,125,450</span> usd_million in 2021' in text
    assert "数值：usd" in markdown.render(panel.page(found, "my.csv"), voice.of("zh"))


def test_a_column_that_is_only_called_value_names_no_measure() -> None:
    assert "Values:" not in markdown.render(panel.page(made(), "my.csv"), voice.of("en"))


def test_a_chart_of_the_users_own_values_says_as_given_and_in_what_unit() -> None:
    columns = {"country": "a", "year": range(2010, 2022), "usd_million": [10.0 + n + n % 3 for n in range(12)]}
    found = outlook.make(from_frame(pd.DataFrame(columns)), ["drift"], 2, engine="batch", rank=False)
    page = panel.page(found, "my.csv")
    (chart,) = [block for section in page.sections for block in section.blocks if isinstance(block, Chart)]
    assert chart.drawing.marks == ("given", "forecast")
    said = voice.of("en")
    assert said.say(chart.subtitle) == "usd_million"
    assert said.say(page.title).endswith(" usd_million in 2023")
    assert "usd_million" in said.say(page.sections[0].blocks[0].tiles[0].label)
    assert panel.page(made(), "my.csv").sections[1].blocks[0].drawing.marks == ("summed", "forecast")


def test_a_chart_says_where_the_data_name_no_unit() -> None:
    text = html.render(panel.page(made(), "my.csv"), voice.of("en"))
    assert '<p class="subtitle">The data do not say in what unit</p>' in text


def test_series_of_the_ledger_have_a_report_in_each_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["cn.offshore.execution.usd", "cn.total.execution.usd", "cn.offshore.execution.kpo.share"]
    asked = ["--models", "drift", "--to", "2030", "--as-of", "2026-06-30", "--report", str(tmp_path), "--json"]
    assert invoke(["run", *names, *asked, "--lang", "en,zh"]) == 0
    written = [Path(name).name for name in json.loads(capsys.readouterr().out)["files"]]
    assert written == ["panel.html", "panel.md", "panel.zh.html", "panel.zh.md"]
    english, chinese = (tmp_path / name for name in ("panel.md", "panel.zh.md"))
    for text, *said in (
        (
            english.read_text(encoding="utf-8"),
            "Execution value of China's offshore service outsourcing (USD) was 1,634.3 USD 100m in 2025.",
            "Data: the ledger of statements · Published by 30 June 2026",
            "| 2025 | 42.85 | percent |",
        ),
        (
            chinese.read_text(encoding="utf-8"),
            "中国离岸服务外包执行额（美元）在2025年为1634.3亿美元。",
            "数据：统计台账 · 截至2026年6月30日已公布",
            "| 2025 | 42.85 | % |",
        ),
    ):
        assert [one for one in said if one not in text] == []
    assert "derived, bounded" in (tmp_path / "panel.html").read_text(encoding="utf-8")  # 2017, with its range
    assert invoke(["run", *names, *asked, "--lang", "en,zh"]) == 0, "a report is made anew"


def test_languages_go_with_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["run", "--lang", "zh"]) == 2
    assert "--lang is about the report" in capsys.readouterr().err
    assert invoke(["run", "--report", str(tmp_path / "r"), "--lang", "fr"]) == 2
    assert "language 'fr' is unknown" in capsys.readouterr().err
    assert not (tmp_path / "r").exists()


def test_a_subject_of_the_users_own_is_called_by_its_own_title(tmp_path: Path) -> None:
    ledger = tmp_path / "mine"
    ledger.mkdir()
    name = "cn.jiaxing.offshore.execution.usd"
    heads = {
        "sources": "id,publisher,title,published,address,language,role,note\nb,Bureau,Yearbook,2025-06,,zh,originator,",
        "decisions": "id,date,statement,act,field,was,becomes,reason",
        "subjects": "id,en,zh,unit,nature,low,high,whole,succeeds,note\n"
        f"{name},Offshore execution of Jiaxing,嘉兴市离岸执行额,USD 100m,flow,0,,,,",
        "statements": "id,source,subject,period,kind,printed,value,exponent,unit,hedge,rounding,digits,base,basis,"
        "currency_basis,whole,original,relation,record,paraphrase\n"
        + "\n".join(
            f"s{year},b,{name},{year},level,{value},{value},-1,USD 100m,exact,nearest,printed,,,,,,,,So much."
            for year, value in enumerate(("1.2", "1.5", "1.7", "1.9", "2.2", "2.3"), 2019)
        ),
    }
    for table, text in heads.items():
        (ledger / f"{table}.csv").write_text(f"{text}\n", encoding="utf-8")
    asked = ["--models", "drift", "--ledger", str(ledger), "--report", str(tmp_path / "r"), "--lang", "zh"]
    assert invoke(["run", name, *asked]) == 0
    assert (tmp_path / "r" / "panel.zh.md").read_text(encoding="utf-8").startswith("# 嘉兴市离岸执行额：2029年约")
