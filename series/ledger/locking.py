"""Locking: one writer at a time in a ledger folder, from before it is read until it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from series.errors import InputError, LockedError
from series.files import real

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the ledger folder `root`; a thread that holds it may take it again.

    Raises:
        InputError: if there is no such folder.
        LockedError: if another writer holds it for longer than `PATIENCE`.
    """
    from filelock import FileLock, Timeout

    if not root.is_dir():
        raise InputError(f"'{root}' is not a folder; name one that holds a ledger")
    lock = FileLock(real(root) / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise LockedError(f"the ledger '{root}' is being written to by another process; try later") from None
    try:
        yield
    finally:
        lock.release()
