"""A small ledger of three figures, and the commands of `series` asked for JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from forecast.cli import invoke

OFFSHORE = "cn.offshore.execution.usd"
SOURCES = "id,publisher,title,published,address,language,role,note\n"
STATEMENTS = (
    "id,source,subject,period,kind,printed,value,exponent,unit,hedge,rounding,digits,base,basis,currency_basis,whole,"
    "original,relation,record,paraphrase\n"
)
DECISIONS = "id,date,statement,act,field,was,becomes,reason\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger of three figures that agree."""
    root = tmp_path / "ledger"
    root.mkdir()
    (root / "sources.csv").write_text(SOURCES + "m,Ministry,Report,2020-01-31,,zh,originator,\n", encoding="utf-8")
    rows = (
        f"s0001,m,{OFFSHORE},2018,level,100.0,100.0,-1,USD 100m,exact,nearest,printed,,,,,,,,Hundred in 2018.\n"
        f"s0002,m,{OFFSHORE},2019,level,110.0,110.0,-1,USD 100m,exact,nearest,printed,,,,,,,,A tenth more in 2019.\n"
        f"s0003,m,{OFFSHORE},2019,growth,10.0,10.0,-1,percent,exact,nearest,printed,2018,published,,,,,,Up 10.0.\n"
    )
    (root / "statements.csv").write_text(STATEMENTS + rows, encoding="utf-8")
    (root / "decisions.csv").write_text(DECISIONS, encoding="utf-8")
    return root


def ask(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert invoke(["series", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def levels(folder: Path, values: Sequence[int], first: int = 2006) -> Path:
    """Let a ledger hold nothing but values of years from `first` on, each printed in the February after."""
    years = list(enumerate(values, first))
    about = [f"m{year},Ministry,Report,{year + 1}-02-28,,zh,originator,\n" for year, _ in years]
    (folder / "sources.csv").write_text(SOURCES + "".join(about), encoding="utf-8")
    rows = [
        f"s{year},m{year},{OFFSHORE},{year},level,{one},{one},0,USD 100m,exact,nearest,printed,,,,,,,,\n"
        for year, one in years
    ]
    (folder / "statements.csv").write_text(STATEMENTS + "".join(rows), encoding="utf-8")
    return folder
