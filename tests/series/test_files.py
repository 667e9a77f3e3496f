from __future__ import annotations

from pathlib import Path

import pytest

from series.errors import InputError
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


def test_a_failed_folder_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    replace_folder(target, lambda folder: (folder / "datapackage.json").touch())

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_folder(target, fail)
    assert [path.name for path in target.iterdir()] == ["datapackage.json"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_package_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "pack"
    replace_folder(target, lambda folder: (folder / "datapackage.json").touch())
    replace_folder(target, lambda folder: (folder / "new").touch())
    assert [path.name for path in target.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [target]


def test_somebody_elses_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").touch()
    with pytest.raises(InputError, match="holds something else"):
        replace_folder(tmp_path / "photos", Path.touch)


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
