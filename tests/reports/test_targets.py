from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forecast.errors import InputError
from reports import documents, targets
from reports.inputs import Inputs

EVERY = (tuple(documents.REPORTS), ("en", "zh"), documents.FORMATS)


@pytest.mark.slow
def test_every_report_in_every_format_and_language_can_be_built_anew(inputs: Inputs, tmp_path: Path) -> None:
    written = documents.build(inputs, tmp_path, *EVERY)  # type: ignore[arg-type]
    names = documents.files(*EVERY)
    assert [path.name for path in written] == names
    assert len(set(names)) == len(documents.REPORTS) * 2 * 4
    targets.check(str(tmp_path), names)


def test_a_folder_that_is_empty_or_not_there_can_be_written_to(tmp_path: Path) -> None:
    targets.check(str(tmp_path), ["index.html"])
    targets.check(str(tmp_path / "none"), ["index.html"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("index.html", b"<p>mine</p>"),
        ("outlook.md", b""),
        ("outlook.md", b"# Notes\n\nEvidence published by them is late.\n"),
        ("panel.md", b"# Notes\n\n*Data: what Li sent*\n"),
        ("outlook.md", b"# Notes\n\n*\xff\xfe*\n"),
        ("outlook.pdf", b"%PDF-1.7 /BaseFont /AAAAAA+Times"),
        ("outlook.pdf", b"<xmp:CreatorTool>Typst 0.15.1</xmp:CreatorTool> /AAAAAA+Times"),
        ("outlook.xlsx", b""),
        ("outlook.xlsx", b"PK no workbook"),
        ("outlook.txt", b"text"),
    ],
)
def test_what_is_no_report_stays(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=rf"{name}' exists already and is no report; name another"):
        targets.check(str(tmp_path), ["claims.md", name])


def test_a_workbook_of_the_user_stays(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Budget", "Evidence published by"])
    book.save(tmp_path / "outlook.xlsx")
    with pytest.raises(InputError, match="is no report"):
        targets.check(str(tmp_path), ["outlook.xlsx"])


def test_a_folder_of_the_name_of_a_report_stays(tmp_path: Path) -> None:
    (tmp_path / "outlook.md").mkdir()
    with pytest.raises(InputError, match="is no report"):
        targets.check(str(tmp_path), ["outlook.md"])


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(InputError, match="mine' is a file and no folder; name another folder with --out"):
        targets.check(str(tmp_path / "mine"), ["index.html"])
