from __future__ import annotations

from pathlib import Path

import pytest

from forecast.errors import InputError
from forecast.scale.stores import Store
from forecast.scale.targets import check

FORECAST = '"model","series","origin","horizon","period","quantile","value"\n"naive","a","2020",1,"2021",0.5,1\n'


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my.csv"
    path.write_text("series,period,value\na,2020,1\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(path)
    (tmp_path / "linked.csv").hardlink_to(path)
    (tmp_path / "panel").mkdir()
    return path


@pytest.mark.parametrize(
    ("out", "given", "told"),
    [
        ("my.csv", "my.csv", "'my.csv' is what is read"),
        ("./panel/../my.csv", "my.csv", "is what is read"),
        ("link.csv", "my.csv", "is what is read"),
        ("linked.csv", "my.csv", "is what is read"),
        ("o.csv", "o.failures.csv", "'o.failures.csv' is what is read"),
        ("o.csv", "o.findings.csv", "'o.findings.csv' is what is read"),
        ("panel", "panel/", "'panel' is what is read"),
        ("panel/out", "panel", "'panel/out' lies in 'panel', which is read; name a place outside it"),
        ("panel/out.csv", "panel", "lies in 'panel'"),
        ("memory://b/x/", "memory://b/x", "is what is read"),
        ("memory://b/x/o.csv", "memory://b/x", "lies in 'memory://b/x'"),
    ],
)
def test_what_is_read_is_never_written_over(data: Path, out: str, given: str, told: str) -> None:
    assert data.exists()
    with pytest.raises(InputError) as caught:
        check(out, [given])
    assert told in str(caught.value)


@pytest.mark.parametrize(("out", "given"), [("o.csv", "my.csv"), ("out", "my.csv"), ("panels", "panel")])
def test_a_new_place_is_free(data: Path, out: str, given: str) -> None:
    check(out, [given, data])


@pytest.mark.parametrize("address", ["", "memory://{name}/"])
def test_a_file_that_a_run_did_not_write_is_left_alone(data: Path, address: str) -> None:
    store = Store(address.format(name=data.parent.name).rstrip("/") or ".")
    for content in (b"title,year\nmine,2020\n", b"\xff\xfe\x00", b"", FORECAST.encode()):
        store.write_bytes("thesis.csv", content)
        for resume in (False, True):
            with pytest.raises(InputError, match=r"thesis\.csv' exists already and is not written over; name another"):
                check(store.at("thesis.csv"), [data], resume)
    store.write_bytes("new.failures.csv", b"mine\n1\n")
    with pytest.raises(InputError, match=r"new\.failures\.csv', which comes with .*new\.csv, exists already"):
        check(store.at("new.csv"), [data])
    store.write_bytes("new.failures.csv", b"series,kind,message\n")
    check(store.at("new.csv"), [data])


def test_a_run_that_was_stopped_goes_on_over_its_own_csv_only(data: Path) -> None:
    Store("o.csv.parts").write_json("plan.json", {})
    check("o.csv", [data], resume=True)
    Path("o.csv").write_text(FORECAST, encoding="utf-8")
    check("o.csv", [data], resume=True)
    Path("o.csv").write_text("mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        check("o.csv", [data], resume=True)


def test_a_file_is_no_folder_and_a_folder_no_file(data: Path) -> None:
    Path("notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"'notes\.txt' is a file; name a new folder"):
        check("notes.txt", [data])
    Path("d.csv").mkdir()
    with pytest.raises(InputError, match=r"'d\.csv' is a folder; name a file in it"):
        check("d.csv", [data])


def test_a_folder_that_nothing_can_go_on_in_has_to_be_empty(data: Path) -> None:
    check("new", empty=True)
    check("panel", empty=True)
    (data.parent / "panel/mine.txt").write_text("mine", encoding="utf-8")
    check("panel")
    with pytest.raises(InputError, match="panel is not empty; name another folder"):
        check("panel", empty=True)


def test_links_in_a_circle_are_no_input(data: Path) -> None:
    Path("circle").symlink_to("circle")
    check("new", ["circle", data])
