from __future__ import annotations

import errno
from pathlib import Path

import pytest

from series.errors import InputError, LockedError
from series.files import replace_file, replace_folder


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")

    def fail(beside: Path) -> None:
        beside.write_text("half", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_file(target, fail)
    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def package(folder: Path) -> None:
    (folder / "table").write_text("new", encoding="utf-8")
    (folder / "list").write_text("new", encoding="utf-8")


def test_a_failed_folder_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    replace_folder(target, package, "list")

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_folder(target, fail, "list")
    assert sorted(path.name for path in target.iterdir()) == ["list", "table"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_package_is_renewed_file_by_file_and_what_stands_beside_them_stays(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    replace_folder(target, package, "list")
    (target / "table").write_text("old", encoding="utf-8")
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    replace_folder(target, package, "list")
    assert {path.name: path.read_text("utf-8") for path in target.iterdir()} == {
        "table": "new",
        "list": "new",
        "notes.txt": "mine",
    }
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_of_a_file_leaves_all_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    (target / "table").mkdir(parents=True)
    (target / "list").write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match=r"table' is a folder where a file is to be written"):
        replace_folder(target, package, "list")
    assert (target / "list").read_text("utf-8") == "old"


def test_somebody_elses_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").touch()
    with pytest.raises(InputError, match="holds something else"):
        replace_folder(tmp_path / "photos", Path.touch)
    with pytest.raises(InputError, match="holds something else"):
        replace_folder(tmp_path / "photos", Path.touch, "list")


@pytest.mark.parametrize("write", [replace_file, replace_folder])
def test_a_missing_parent_is_refused(tmp_path: Path, write: object) -> None:
    with pytest.raises(InputError, match="does not exist"):
        write(tmp_path / "no" / "where", Path.touch)  # type: ignore[operator]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        replace_file(tmp_path, Path.touch)


def test_a_folder_that_cannot_be_written_names_the_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sealed(*_: object, prefix: str, **__: object) -> None:
        raise PermissionError(13, "Permission denied", f"{prefix}x1y2")

    monkeypatch.setattr("tempfile.mkstemp", sealed)
    monkeypatch.setattr("tempfile.mkdtemp", sealed)
    for replace in (replace_file, replace_folder):
        with pytest.raises(OSError, match="Permission denied") as caught:
            replace(tmp_path / "a", Path.touch)
        assert caught.value.filename == str(tmp_path / "a")


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("real.csv")
    replace_file(tmp_path / "link.csv", lambda beside: beside.write_text("new"))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"
    (tmp_path / "link").symlink_to("folder")
    replace_folder(tmp_path / "link", lambda beside: (beside / "a.csv").write_text("new"))
    assert (tmp_path / "folder" / "a.csv").read_text() == "new"


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to("circle")
    with pytest.raises(OSError, match="circle") as caught:
        replace_folder(circle, lambda beside: (beside / "a.csv").write_text("new"))
    assert caught.value.filename == str(circle)
    assert list(tmp_path.iterdir()) == [circle]


def test_a_disk_that_is_full_while_writing_names_the_target(tmp_path: Path) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "no space")

    def other(_: Path) -> None:
        (tmp_path / "nothing").read_text()

    for put in (replace_file, replace_folder):
        with pytest.raises(OSError, match="new") as caught:
            put(tmp_path / "new", full)
        assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path / "new"))
        with pytest.raises(FileNotFoundError) as missing:
            put(tmp_path / "new", other)
        assert missing.value.filename == str(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_process_made_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    def write(beside: Path) -> None:
        (beside / "a.csv").write_text("mine")
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "a.csv").write_text("theirs")

    with pytest.raises(LockedError, match="was made by another process in the meantime"):
        replace_folder(tmp_path / "new", write)
    assert (tmp_path / "new" / "a.csv").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
