from __future__ import annotations

import threading
from pathlib import Path

import pytest
from filelock import FileLock

from series import ledger
from series.errors import InputError, LockedError
from series.ledger import locking


def test_a_held_lock_is_told_after_a_short_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.01)
    with (
        FileLock(tmp_path / ".lock"),
        pytest.raises(LockedError, match="is being written to by another process; try later"),
        ledger.locked(tmp_path),
    ):
        pass
    with ledger.locked(tmp_path), ledger.locked(tmp_path):
        pass


def test_what_is_no_folder_cannot_be_locked_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder"), ledger.locked(tmp_path / "none"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_is_made_once_by_all_who_want_it(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    writers = [threading.Thread(target=ledger.ensure, args=(root,)) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(tmp_path.iterdir()) == [root]
    assert ledger.load(root).statements == ledger.load().statements
