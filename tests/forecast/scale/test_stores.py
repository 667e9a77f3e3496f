from __future__ import annotations

from pathlib import Path

import pytest

from forecast.errors import InputError, LockedError
from forecast.scale.stores import Store


@pytest.mark.parametrize("address", ["{tmp}/s", "memory://s-{name}"])
def test_a_store_keeps_files_by_name(tmp_path: Path, address: str) -> None:
    store = Store(address.format(tmp=tmp_path, name=tmp_path.name))
    assert store.names("a") == set()
    store.write_json("a/b.json", {"b": 1, "a": [2]})
    store.write_bytes("a/c", b"x")
    assert store.read_json("a/b.json") == {"a": [2], "b": 1}
    assert store.names("a") == {"b.json", "c"}
    assert store.exists("a/c")
    store.remove("a")
    assert not store.exists("a/c")
    store.remove("a")


def test_a_file_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def full(file: object) -> None:
        raise OSError(28, "No space left on device")

    store = Store(str(tmp_path))
    store.write_bytes("x", b"old")
    with pytest.raises(OSError, match=rf"No space left on device: '{store.at('x')}'"):
        store.write("x", full)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"


def test_a_file_that_cannot_be_begun_is_named_as_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sealed(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", sealed)
    store = Store(str(tmp_path))
    with pytest.raises(OSError, match="Permission denied") as caught:
        store.write_bytes("x", b"new")
    assert caught.value.filename == store.at("x")


def test_an_unknown_protocol_is_one_line() -> None:
    with pytest.raises(InputError, match=r"warp://x cannot be reached"):
        Store("warp://x").exists("y")


def test_one_run_at_a_time_writes_to_a_store(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "new"))
    with store.held():
        assert store.names("") == set()
        with pytest.raises(LockedError, match=r"another run writes to .*new right now; try later"), store.held():
            pass
        store.write_bytes("x", b"1")
    with store.held():
        pass
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["x"]


def test_a_store_that_nothing_was_written_to_is_gone(tmp_path: Path) -> None:
    with Store(str(tmp_path / "new")).held():
        pass
    (tmp_path / "mine").mkdir()
    with Store(str(tmp_path / "mine")).held():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
