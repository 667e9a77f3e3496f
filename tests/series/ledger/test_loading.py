from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from series import ledger
from series.errors import InputError
from series.findings import DefectsError
from series.ledger import columns

SOURCE = {
    "id": "mofcom",
    "publisher": "MOFCOM",
    "title": "Release",
    "published": "2019-02",
    "address": "https://example.org/1",
    "language": "zh",
    "role": "originator",
    "note": "",
}
STATEMENT = {
    "id": "s1",
    "source": "mofcom",
    "subject": "cn.offshore.execution.usd",
    "period": "2018",
    "kind": "level",
    "printed": "886.5",
    "value": "886.5",
    "exponent": "-1",
    "unit": "USD 100m",
    "hedge": "exact",
    "rounding": "nearest",
    "digits": "printed",
    "base": "",
    "basis": "",
    "currency_basis": "originator",
    "whole": "",
    "original": "",
    "relation": "",
    "record": "",
    "paraphrase": "The ministry put it at 88.65 bn.",
}
DECISION = {
    "id": "d1",
    "date": "2026-01-31",
    "statement": "s1",
    "act": "accept",
    "field": "",
    "was": "",
    "becomes": "",
    "reason": "It fits.",
}
Rows = list[dict[str, str]]


def write(folder: Path, sources: Rows, statements: Rows, decisions: Rows) -> Path:
    for name, header, rows in (
        ("sources.csv", columns.SOURCE, sources),
        ("statements.csv", columns.STATEMENT, statements),
        ("decisions.csv", columns.DECISION, decisions),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def defects(folder: Path) -> str:
    with pytest.raises(DefectsError) as caught:
        ledger.load(folder)
    return str(caught.value)


def test_a_small_ledger_loads(tmp_path: Path) -> None:
    found = ledger.load(write(tmp_path, [SOURCE], [STATEMENT], [DECISION]))
    assert found.statement("s1").value * 10 == 8865
    assert found.published(found.statement("s1")).isoformat() == "2019-02-28"


def test_the_shipped_ledger_has_no_defect() -> None:
    assert len(ledger.load().statements) > 2900


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("period", "2018-13", "is not a period"),
        ("period", "2018-08..2018-01", "ends before it starts"),
        ("value", "many", "'many' is not a number"),
        ("value", "1e999999999", "'1e999999999' is not a number"),
        ("value", "NaN", "'NaN' is not a number"),
        ("exponent", "1e999999999", "is not usable"),
        ("exponent", "99", "is not usable"),
        ("exponent", "0", "digits below"),
        ("kind", "guess", "kind 'guess' is unknown"),
        ("hedge", "maybe", "hedge 'maybe' is unknown"),
        ("kind", "growth", "a growth needs the period"),
        ("kind", "bound", "a bound needs the hedge"),
        ("unit", "CNY 100m", "it must be USD 100m"),
        ("subject", "cn.offshore.tea.usd", "is not in the catalog"),
        ("source", "mofcon", "Did you mean 'mofcom'?"),
        ("original", "s9", "original 's9' is not a statement"),
        ("id", "", "the id is empty"),
    ],
)
def test_a_defective_cell_is_named_with_file_and_line(tmp_path: Path, column: str, text: str, told: str) -> None:
    message = defects(write(tmp_path, [SOURCE], [STATEMENT | {column: text}], []))
    assert told in message
    assert "statements.csv:2:" in message


@pytest.mark.parametrize("published", ["", "soon", "2019-02-30", "2019-13"])
def test_a_source_without_a_date_is_a_defect(tmp_path: Path, published: str) -> None:
    assert "sources.csv:2: published" in defects(write(tmp_path, [SOURCE | {"published": published}], [], []))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"statement": "s7"}, "statement 's7' is not in the ledger"),
        ({"act": "forget"}, "act 'forget' is unknown"),
        ({"reason": " "}, "the reason is empty"),
        ({"date": "yesterday"}, "is not a day"),
        ({"act": "reinterpret"}, "needs the field"),
        ({"act": "reinterpret", "field": "value", "was": "1", "becomes": "2"}, "value of s1 is '886.5', not '1'"),
        ({"act": "reinterpret", "field": "value", "was": "886.5", "becomes": "x"}, "is not a number"),
        ({"act": "reinterpret", "field": "mood", "was": "", "becomes": "x"}, "'mood' is not a column"),
        ({"act": "reinterpret", "field": "source", "was": "mofcom", "becomes": "x"}, "cannot be reinterpreted"),
    ],
)
def test_a_decision_must_fit_its_statement(tmp_path: Path, change: dict[str, str], told: str) -> None:
    message = defects(write(tmp_path, [SOURCE], [STATEMENT], [DECISION | change]))
    assert told in message
    assert "decisions.csv:2:" in message


def test_every_defect_is_told_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        [SOURCE, SOURCE, SOURCE | {"id": "b", "role": "rumour"}],
        [STATEMENT, STATEMENT, STATEMENT | {"id": "s2", "value": "?"}, STATEMENT | {"id": "s3", "period": "?"}],
        [DECISION | {"statement": "none"}],
    )
    with pytest.raises(DefectsError) as caught:
        ledger.load(folder)
    places = [(finding.file, finding.line) for finding in caught.value.findings]
    assert places == [
        ("decisions.csv", 2),
        ("sources.csv", 3),
        ("sources.csv", 4),
        ("statements.csv", 3),
        ("statements.csv", 4),
        ("statements.csv", 5),
    ]


@pytest.mark.parametrize("name", ["sources.csv", "statements.csv", "decisions.csv"])
def test_a_missing_file_and_a_wrong_header_are_defects(tmp_path: Path, name: str) -> None:
    write(tmp_path, [SOURCE], [STATEMENT], [DECISION])
    (tmp_path / name).write_text("a,b\n", encoding="utf-8")
    assert f"{name}:1: the header is 'a,b'" in defects(tmp_path)
    (tmp_path / name).unlink()
    assert f"{name}: the file is missing" in defects(tmp_path)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: data[:0], "the header is ''"),
        (lambda data: data[:-40], "cells; it must have"),
        (lambda data: data + b"\xff\xfe", "not UTF-8"),
        (lambda data: data + b's2,"half', "cannot be read"),
    ],
)
def test_a_half_written_file_is_a_defect(tmp_path: Path, damage: Callable[[bytes], bytes], told: str) -> None:
    write(tmp_path, [SOURCE], [STATEMENT], [])
    path = tmp_path / "statements.csv"
    path.write_bytes(damage(path.read_bytes()))
    assert told in defects(tmp_path)


@pytest.mark.parametrize("name", ["sources.csv", "statements.csv", "decisions.csv"])
@pytest.mark.parametrize("damage", ["missing", "empty", "half"])
def test_what_refers_to_a_file_that_cannot_be_read_is_no_defect(tmp_path: Path, name: str, damage: str) -> None:
    write(tmp_path, [SOURCE], [STATEMENT, STATEMENT | {"id": "s2", "original": "s1"}], [DECISION])
    (tmp_path / "reasons.csv").write_text(f"decision,language,reason\n{DECISION['id']},zh,原因\n", "utf-8")
    if damage == "missing":
        (tmp_path / name).unlink()
    else:
        head = (tmp_path / name).read_text("utf-8").splitlines()[0]
        (tmp_path / name).write_text("" if damage == "empty" else f'{head}\n"half', "utf-8")
    with pytest.raises(DefectsError) as caught:
        ledger.load(tmp_path)
    told = {"missing": "the file is missing", "empty": "the file is empty", "half": "the row cannot be read"}
    (finding,) = caught.value.findings
    assert finding.file == name
    assert finding.message.startswith(told[damage])


def test_what_refers_to_a_defective_row_is_no_second_defect(tmp_path: Path) -> None:
    sources = [SOURCE | {"role": "rumour"}]
    statements = [STATEMENT | {"value": "?"}, STATEMENT | {"id": "s2", "original": "s1"}]
    decisions = [DECISION, DECISION | {"id": "d2", "reason": ""}]
    write(tmp_path, sources, statements, decisions)
    (tmp_path / "reasons.csv").write_text("decision,language,reason\nd2,zh,原因\n", "utf-8")
    with pytest.raises(DefectsError) as caught:
        ledger.load(tmp_path)
    assert [str(one).partition(": ")[0] for one in caught.value.findings] == [
        *("decisions.csv:3", "sources.csv:2", "statements.csv:2"),
    ]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder"):
        ledger.load(tmp_path / "nowhere")


def test_a_circle_of_subjects_is_a_defect(tmp_path: Path) -> None:
    write(tmp_path, [SOURCE], [STATEMENT], [])
    header = "id,en,zh,unit,nature,low,high,whole,succeeds,note\n"
    (tmp_path / "subjects.csv").write_text(header + "a,a,a,count,stock,,,b,,\nb,b,b,count,stock,,,a,,\n", "utf-8")
    assert "part-of goes in a circle" in defects(tmp_path)


@pytest.mark.slow
def test_a_hundred_thousand_statements_load(tmp_path: Path) -> None:
    header, row, _ = (write(tmp_path, [SOURCE], [STATEMENT], []) / "statements.csv").read_text("utf-8").split("\n")
    rows = [row.replace("s1", f"s{number}", 1) for number in range(100_000)]
    (tmp_path / "statements.csv").write_text("\n".join([header, *rows]), "utf-8")
    assert len(ledger.load(tmp_path).statements) == 100_000


def test_every_record_of_the_collection_is_in_the_ledger_or_left_out_with_a_reason() -> None:
    shared = os.environ.get("OUTSOURCING_SHARED")
    if not shared:
        pytest.skip("OUTSOURCING_SHARED does not name the folder of the collected records")
    wanted = set()
    for name in ("annual", "ytd"):
        with (Path(shared) / "evidence" / name / "evidence.csv").open(encoding="utf-8", newline="") as file:
            wanted |= {row["id"] for row in csv.DictReader(file)}
    folder = Path(ledger.__file__).parent
    taken: list[str] = []
    for path in folder.glob("statements*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            taken += [record for row in csv.DictReader(file) for record in row["record"].split()]
    with (folder / "left_out.csv").open(encoding="utf-8", newline="") as file:
        left = {row["record"]: row["reason"] for row in csv.DictReader(file)}
    assert all(left.values())
    assert sorted([*taken, *left]) == sorted(wanted)
    assert len(left) < 0.02 * len(wanted)


def test_a_folder_is_read_anew_when_it_has_changed(tmp_path: Path) -> None:
    folder = write(tmp_path, [SOURCE], [STATEMENT], [])
    before = ledger.load(folder)
    assert ledger.load(folder) is before
    path = folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("886.5", "886.4"), encoding="utf-8")
    assert str(ledger.load(folder).statements[0].value) == "886.4"


def test_reasons_stand_in_other_languages_where_they_were_put(tmp_path: Path) -> None:
    folder = write(tmp_path, [SOURCE], [STATEMENT], [DECISION])
    (folder / "reasons.csv").write_text("decision,language,reason\nd1,zh,相符。\n", encoding="utf-8")
    (one,) = ledger.load(folder).decisions
    assert (one.reason_in("zh"), one.reason_in("fr"), one.reason) == ("相符。", "It fits.", "It fits.")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("d2,zh,不符。\n", "decision 'd2' is not in decisions.csv. Did you mean 'd1'?"),
        ("d1,zh, \n", "a reason needs a language and words"),
        ("d1,,相符。\n", "a reason needs a language and words"),
        ("d1,zh,相符。\nd1,zh,也相符。\n", "once a decision and language"),
    ],
)
def test_defects_of_translated_reasons_are_named(tmp_path: Path, rows: str, told: str) -> None:
    folder = write(tmp_path, [SOURCE], [STATEMENT], [DECISION])
    (folder / "reasons.csv").write_text(f"decision,language,reason\n{rows}", encoding="utf-8")
    assert told in defects(folder)
    assert "reasons.csv" in defects(folder)


def test_every_shipped_reason_stands_in_chinese_with_the_same_figures() -> None:
    for decision in ledger.load().decisions:
        said = decision.reason_in("zh")
        assert said != decision.reason
        wanted, found = (set(re.findall(r"\d+\.\d+|\d{3,}", text)) for text in (decision.reason, said))
        assert wanted - found <= {"15.48"}, decision.id  # 15.48 bn are 154.8 of a hundred million
