from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import series
from series import export, ledger
from series.errors import InputError
from series.export import formats

IDS = ["cn.offshore.execution.usd", "cn.offshore.execution.kpo.share"]


@pytest.fixture(scope="module")
def bundle() -> export.Bundle:
    return export.gather(IDS)


def test_csv_holds_every_observation(bundle: export.Bundle, tmp_path: Path) -> None:
    with export.save(bundle, tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(series.show(one).observations) for one in IDS)
    found = next(row for row in rows if row["series"] == IDS[0] and row["period"] == "2014")
    assert (found["value"], found["start"], found["end"], found["unit"]) == (
        "559.2",
        "2014-01-01",
        "2014-12-31",
        "USD 100m",
    )
    assert found["statements"].split()


def test_parquet_holds_the_same_with_types(bundle: export.Bundle, tmp_path: Path) -> None:
    table = pq.read_table(export.save(bundle, tmp_path / "a.parquet"))
    assert [str(field.type) for field in table.schema][2:5] == ["date32[day]", "date32[day]", "double"]
    assert table.num_rows == len(bundle.observations.rows)


def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    shipped = ledger.load()
    chosen = series.show(IDS[0]).observations[5].statements[0]
    evil = tuple(
        replace(item, printed='=HYPERLINK("http://example.org")', paraphrase="@SUM(1)") if item.id == chosen else item
        for item in shipped.statements
    )
    bundle = export.gather(IDS, ledger=replace(shipped, statements=evil))
    book = openpyxl.load_workbook(export.save(bundle, tmp_path / "a.xlsx"))
    assert book.sheetnames == ["observations", "series", "support", "statements", "sources"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == '=HYPERLINK("http://example.org")' for cell in cells)


def test_the_package_describes_its_files_exactly(bundle: export.Bundle, tmp_path: Path) -> None:
    folder = export.save(bundle, tmp_path / "pack")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert package["sources"]
    assert all(source["title"] for source in package["sources"])
    tables = {}
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        rows = list(csv.DictReader(data.decode().splitlines()))
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        tables[resource["name"]] = rows
        for field in resource["schema"]["fields"]:
            if field.get("constraints", {}).get("required"):
                assert all(row[field["name"]] for row in rows)
    for resource in package["resources"]:
        for link in resource["schema"]["foreignKeys"]:
            known = {row["id"] for row in tables[link["reference"]["resource"]]}
            assert {row[link["fields"][0]] for row in tables[resource["name"]]} <= known
    assert {path.name for path in folder.iterdir()} == {"datapackage.json", *(f"{name}.csv" for name in tables)}


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.xlsx"])
def test_two_exports_are_equal_byte_for_byte(bundle: export.Bundle, tmp_path: Path, name: str) -> None:
    first = export.save(bundle, tmp_path / name).read_bytes()
    assert export.save(bundle, tmp_path / name).read_bytes() == first


def test_a_format_may_be_named(bundle: export.Bundle, tmp_path: Path) -> None:
    assert export.save(bundle, tmp_path / "a.txt", "csv").read_text("utf-8").startswith("series,period")
    with pytest.raises(InputError, match=r"Did you mean 'parquet'"):
        export.save(bundle, tmp_path / "a.parket")


def test_nothing_and_twice_the_same_are_refused() -> None:
    with pytest.raises(InputError, match="no series"):
        export.gather([])
    with pytest.raises(InputError, match="twice"):
        export.gather([IDS[0], IDS[0]])


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.xlsx"])
def test_only_an_export_is_written_over(bundle: export.Bundle, tmp_path: Path, name: str) -> None:
    for content in (b"mine\n", b"\xff\xfe", b""):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match="exists already and is no export of this kind; name another file"):
            export.save(bundle, tmp_path / name)
        assert (tmp_path / name).read_bytes() == content


DESCRIPTORS = ("", "[]", '{"name": "outsourcing-series"}', '{"name": "mine", "resources": []}')


@pytest.mark.parametrize("content", DESCRIPTORS)
def test_a_folder_of_somebody_elses_package_is_left_alone(bundle: export.Bundle, tmp_path: Path, content: str) -> None:
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="exists already and is no export of this kind; name a new folder"):
        export.save(bundle, tmp_path, "datapackage")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "thesis.txt"]


def test_a_second_package_renews_the_first_and_leaves_what_was_added(bundle: export.Bundle, tmp_path: Path) -> None:
    folder = export.save(bundle, tmp_path / "pack")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "series.csv").write_text("id\n", encoding="utf-8")
    export.save(bundle, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_an_export_is_not_written_to_a_dash(bundle: export.Bundle) -> None:
    with pytest.raises(InputError, match="not to '-'; name one"):
        export.save(bundle, Path("-"))


def test_no_file_of_a_ledger_is_written_over(bundle: export.Bundle, tmp_path: Path) -> None:
    own = tmp_path / "own"
    ledger.start(own)
    shipped = Path(ledger.__file__).parent
    for target in (own / "sources.csv", own / "new.csv", own / "pack", own, shipped / "sources.csv"):
        with pytest.raises(InputError, match="lies in the ledger folder"):
            export.save(bundle, target, "csv" if target.suffix else "datapackage", own)
    assert ledger.load(own).statements == ledger.load().statements


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_workbook_on_a_full_disk_is_an_error_of_the_system(bundle: export.Bundle) -> None:
    with pytest.raises(OSError, match="No space left on device"):
        formats._write_workbook(bundle, Path("/dev/full"))
