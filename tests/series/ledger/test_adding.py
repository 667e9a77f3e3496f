from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from series import ledger
from series.errors import InputError
from series.ledger import Decision
from series.periods import Period
from series.statements import Source, Statement

SOURCE = Source("mofcom-2027", "MOFCOM", 'A "quoted", title', dt.date(2027, 1, 31), "month", "", "zh", "originator")
NEW = Statement(
    "s1", "mofcom-2027", "cn.offshore.execution.usd", Period.year(2026), "level", "1700.1亿美元", Decimal("1700.1"), -1,
    "USD 100m", "exact", "nearest", "printed", None, "", "originator", "", "", "", "The ministry put it at 170.01 bn.",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, header in (
        ("sources.csv", ledger.columns.SOURCE),
        ("statements.csv", ledger.columns.STATEMENT),
        ("decisions.csv", ledger.columns.DECISION),
    ):
        (tmp_path / name).write_text(f"{','.join(header)}\n", encoding="utf-8")
    return tmp_path


def test_what_is_added_is_read_back(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    found = ledger.load(root)
    assert found.statement("s1") == NEW
    assert found.sources["mofcom-2027"] == SOURCE


def test_a_known_source_is_not_written_again(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    ledger.add(root, replace(NEW, id="s2"), SOURCE)
    assert len(ledger.load(root).sources) == 1
    assert ledger.next_id(ledger.load(root)) == "s0003"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"source": "unknown"}, "is not in the ledger"),
        ({"subject": "cn.offshore.tea.usd"}, "is not a subject"),
        ({"unit": "CNY 100m"}, "must be USD 100m"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(root: Path, change: dict[str, str], told: str) -> None:
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    with pytest.raises(InputError, match=told):
        ledger.add(root, replace(NEW, **change), SOURCE)
    assert {path.name: path.read_bytes() for path in root.iterdir() if path.name != ".lock"} == before


def test_a_taken_id_is_refused_with_the_next_free_one(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    with pytest.raises(InputError, match="s0002"):
        ledger.add(root, NEW, SOURCE)


def test_a_source_id_cannot_change_hands(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    with pytest.raises(InputError, match="belongs to another document"):
        ledger.add(root, replace(NEW, id="s2"), replace(SOURCE, publisher="Somebody"))


def test_preview_writes_nothing(root: Path) -> None:
    grown = ledger.preview(ledger.load(root), NEW, SOURCE)
    assert grown.statements == (NEW,)
    assert ledger.load(root).statements == ()


def test_a_decision_is_appended_and_checked(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    day = dt.date(2027, 2, 1)
    ledger.decide(root, Decision("d1", day, "s1", "reinterpret", "value", "1700.1", "1701.1", "a misprint"))
    assert ledger.load(root).in_force[0].value == Decimal("1701.1")
    with pytest.raises(InputError, match=r"is not '1700\.1'"):
        ledger.decide(root, Decision("d2", day, "s1", "reinterpret", "value", "1700.1", "9.9", "again"))
    with pytest.raises(InputError, match="is taken"):
        ledger.decide(root, Decision("d1", day, "s1", "accept", "", "", "", "again"))


def test_a_folder_that_splits_statements_gets_a_file_for_new_ones(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    ledger.start(root)
    ledger.add(root, replace(NEW, id=ledger.next_id(ledger.load(root))), SOURCE)
    assert (root / "statements-added.csv").is_file()
    assert len(ledger.load(root).statements) == len(ledger.load().statements) + 1
    with pytest.raises(InputError, match="exists already"):
        ledger.start(root)


def test_two_writers_lose_nothing(root: Path) -> None:
    ledger.add(root, NEW, SOURCE)
    writers = [
        threading.Thread(target=ledger.add, args=(root, replace(NEW, id=f"s{number}"), SOURCE))
        for number in range(2, 8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(ledger.load(root).statements) == 7
