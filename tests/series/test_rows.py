from __future__ import annotations

from pathlib import Path

from series.findings import DefectsError, Finding
from series.rows import read, unique


def test_rows_know_their_line_even_after_a_quoted_line_break(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'id,text\na,"one\ntwo"\nb,three\n')
    findings: list[Finding] = []
    rows = read(tmp_path, "a.csv", ("id", "text"), findings)
    assert [(row.line, row["id"]) for row in rows] == [(3, "a"), (4, "b")]
    assert not findings


def test_a_byte_order_mark_and_blank_lines_are_no_defects(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("\ufeffid\na\n\nb\n".encode())
    assert [row["id"] for row in read(tmp_path, "a.csv", ("id",), [])] == ["a", "b"]


def test_the_first_row_of_an_id_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,n\na,1\na,2\n")
    findings: list[Finding] = []
    assert [row["n"] for row in unique(read(tmp_path, "a.csv", ("id", "n"), findings), findings)] == ["1"]
    assert str(findings[0]) == "a.csv:3: id 'a' is already used in a.csv:2"


def test_defects_are_sorted_and_told_once() -> None:
    later, earlier = Finding("b.csv", 2, "row", "two"), Finding("a.csv", 9, "row", "one")
    error = DefectsError("the folder", [later, earlier, later])
    assert error.findings == (earlier, later)
    assert str(error).splitlines() == [
        "the folder has 2 defects; correct the rows named here:",
        "  a.csv:9: one",
        "  b.csv:2: two",
    ]


def test_many_defects_are_one_line_too() -> None:
    error = DefectsError("the folder", [Finding("a.csv", line, "row", "odd") for line in range(2, 15)])
    assert error.brief.startswith("the folder has 13 defects; correct what is named here: a.csv:2: odd; a.csv:3: odd; ")
    assert error.brief.endswith("a.csv:13: odd; and 1 more")
    assert str(error).count("\n") == 13
