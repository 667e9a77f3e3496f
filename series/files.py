"""Files: a write is beside the target, synced, and renamed, so that nothing is left half-written."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from series.errors import InputError, LockedError


def replace_file(target: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a file beside `target`, then put it in the place of `target` in one step.

    A link stays, and what it leads to is written.

    Raises:
        InputError: if the folder of the target does not exist or the target is a folder.
        OSError: naming the target, if it cannot be written there.
    """
    shown, target = target, real(target)
    if not target.parent.is_dir():
        raise InputError(f"the folder '{shown.parent}' does not exist; create it, or name another file")
    if target.is_dir():
        raise InputError(f"'{shown}' is a folder; name a file in it")
    with _named(shown):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        with _named(shown, beside):
            write(beside)
            sync(beside)
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync(target.parent)


def replace_folder(target: Path, write: Callable[[Path], None], last: str = "") -> None:
    """Let `write` fill a folder beside `target`, then put it in the place of `target`, or of what it leads to.

    Where `target` has contents and a file called `last` among them, its files are replaced one by one, `last` at the
    end, and whatever else stands there stays.

    Raises:
        InputError: if the parent folder does not exist, or the target is a file or a folder with other contents.
        LockedError: if another process has put something there in the meantime.
        OSError: naming the target, if it cannot be written there.
    """
    shown, target = target, real(target)
    if not target.parent.is_dir():
        raise InputError(f"the folder '{shown.parent}' does not exist; create it, or name another one")
    filled = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if filled and not (last and (target / last).is_file()):
        raise InputError(f"'{shown}' holds something else; name a new folder")
    with _named(shown):
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        with _named(shown, beside):
            write(beside)
            made = sorted(beside.iterdir(), key=lambda path: (path.name == last, path.name))
            for path in (*sorted(beside.rglob("*"), reverse=True), beside):
                sync(path)
            if filled:
                _renew(target, made)
            else:
                beside.chmod(0o777 & ~_umask())
                beside.replace(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise LockedError(f"'{shown}' was made by another process in the meantime; try again") from error
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    sync(target.parent)


def _renew(target: Path, made: list[Path]) -> None:
    """Move files into a folder in this order, over those of the same name."""
    for path in made:
        if (target / path.name).is_dir():
            raise InputError(f"'{target / path.name}' is a folder where a file is to be written; move it away")
    for path in made:
        path.replace(target / path.name)
    sync(target)


def real(path: Path) -> Path:
    """Return a path with its links followed; of links that lead to themselves the path stays as it is."""
    return Path(os.path.realpath(path))


def sync(path: Path) -> None:
    """Make sure that a file or folder has reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _named(target: Path, beside: Path | None = None) -> Iterator[None]:
    """Let an error name the target where it names nothing, or what lies beside it; others name what they are about."""
    try:
        yield
    except OSError as error:
        if beside is not None and error.filename is not None and not str(error.filename).startswith(str(beside)):
            raise
        raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error), str(target)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
