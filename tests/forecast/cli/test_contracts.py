"""The documents that other programs read: fields may be added, and none may change its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from forecast.cli import COMMANDS, invoke, load
from forecast.cli.documentation import leaves

OFFSHORE = "cn.offshore.execution.usd"
TEXT = "2020年1-8月，我国企业承接离岸服务外包合同额5110.5亿元，执行额3505.6亿元，同比增长10.7%。"
QUANTILE = {
    "model": str,
    "series": str,
    "origin": str,
    "horizon": int,
    "period": str,
    "quantile": float,
    "value": float,
}
NUMBER = (int, float)
SHAPES: list[tuple[list[str], Any]] = [
    (
        ["series", "show", OFFSHORE, "--as-of", "2020-12-31"],
        {"id": str, "unit": str, "frequency": str, "as_of": str,
         "observations": [{"period": str, "value": NUMBER, "low": NUMBER, "high": NUMBER, "status": str,
                           "statements": [str]}]},
    ),
    (
        ["run", OFFSHORE, "--horizon", "2", "--models", "theta", "--engine", "batch"],
        {"as_of": (str, type(None)), "engine": str, "forecasts": [QUANTILE], "ranking": list, "warnings": list},
    ),
    (
        ["backtest", OFFSHORE, "--models", "theta", "--origins", "3", "--horizon", "1"],
        {"origins": int, "horizon": int, "verdict": list,
         "scores": [{"model": str, "series": str, "horizon": (int, str), "metric": str, "value": NUMBER, "n": int}]},
    ),
    (
        ["nowcast", OFFSHORE, "--year", "2020", "--as-of", "2020-09-30"],
        {"id": str, "year": int, "as_of": str, "quantiles": [{"quantile": NUMBER, "value": NUMBER}], "point": NUMBER,
         "method": str, "history": list},
    ),
    (
        ["claim", "check", "C02", "--as-of", "2023-12-31"],
        {"id": str, "verdict": str, "probability": NUMBER, "interval": [NUMBER], "required": dict, "implied": dict,
         "base_rate": dict, "statements": [str], "reasons": [str], "grounds": [{"key": str, "figures": dict}],
         "by": {"en": str, "zh": str}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "shape"), SHAPES, ids=[" ".join(words[:2]) for words, _ in SHAPES])
def test_a_document_has_the_fields_that_others_read(
    arguments: list[str],
    shape: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke([*arguments, "--json"]) == 0
    fits(json.loads(capsys.readouterr().out), shape, arguments[0])


def test_the_check_of_a_ledger_has_the_fields_that_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "sources.csv").write_text(
        "id,publisher,title,published,address,language,role,note\nm,Ministry,Report,2021-01-31,,en,originator,\n",
        encoding="utf-8",
    )
    head = "id,source,subject,period,kind,printed,value,exponent,unit,hedge,rounding,digits,base,basis,currency_basis"
    rows = [
        f"s{n},m,{OFFSHORE},2020,level,{value},{value},-1,USD 100m,exact,nearest,printed,,,originator,,,,,"
        for n, value in enumerate(("105.1", "1050.1", "105.1"))
    ]
    text = "\n".join([f"{head},whole,original,relation,record,paraphrase", *rows])
    (folder / "statements.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "decisions.csv").write_text("id,date,statement,act,field,was,becomes,reason\n", encoding="utf-8")
    assert invoke(["series", "check", "--ledger", str(folder), "--json"]) == 4
    repair = {"statements": [str], "hypothesis": (str, type(None)), "bounds": [(*NUMBER, type(None))]}
    conflict = {"id": str, "statements": [str], "resolved_by": (str, type(None)), "repairs": [repair]}
    document = json.loads(capsys.readouterr().out)
    fits(document, {"statements": int, "findings": list, "conflicts": [conflict]}, "check")


def test_extraction_has_the_fields_that_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release.txt").write_text(TEXT, encoding="utf-8")
    assert invoke(["extract", "release.txt", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    one = {"area": str, "scope": str, "measure": str, "part": (str, type(None)), "period": [str], "kind": str,
           "value": NUMBER, "unit": str, "printed": str, "hedge": str, "span": [int], "source": str}  # fmt: skip
    fits(document, {"statements": [one]}, "extract")
    told = {(each["measure"], each["kind"], each["value"]) for each in document["statements"]}
    assert told >= {("contract", "level", 5110.5), ("execution", "level", 3505.6), ("execution", "growth", 10.7)}


def fits(content: Any, shape: Any, where: str) -> None:
    """Assert that a document has every field of the shape, of the right kind, down to the last list."""
    if isinstance(shape, dict):
        assert isinstance(content, dict), where
        assert content.keys() >= shape.keys(), f"{where}: {shape.keys() - content.keys()} missing"
        for name, inner in shape.items():
            fits(content[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(content, list), where
        assert content, f"{where} is empty"
        for one in content:
            fits(one, shape[0], where)
    else:
        assert isinstance(content, shape), f"{where}: {content!r} is not {shape}"
        assert not isinstance(content, bool), where


@pytest.mark.parametrize("command", [pytest.param(command, id=path) for path, command in leaves()])
def test_every_command_takes_json_and_shows_an_example(command: Any) -> None:
    assert "--json" in {word for option in command.params for word in option.opts}
    assert command.epilog.startswith("Example: forecast ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_group_of_them_has_an_example(name: str) -> None:
    assert load(name).epilog.startswith(f"Example: forecast {name}")


@pytest.mark.parametrize("words", [["report", "schedule"], ["report", "schedule", "--install", "cron"]])
def test_schedules_and_triggers_are_told_as_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.get("schedules", [{"name": "evidence"}])[0]["name"] == "evidence"
    assert len(words) == 2 or (list(told["units"]) == ["crontab"] and told["written"] == [])
