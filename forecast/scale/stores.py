"""Stores: folders where chunks are kept, on this machine or at any address that fsspec knows."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from forecast.errors import InputError, LockedError

LOCK = "lock.part"
"""The lock of a store: no finished file, and swept away with those that never were."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder, by its address: a path, or a URL such as `s3://bucket/panel`.

    A file appears whole or not at all: locally it is written beside, flushed to the disk and renamed; elsewhere it is
    put in one operation, which object stores make visible at its end.
    """

    address: str

    @property
    def remote(self) -> bool:
        """Whether the address is a URL."""
        return "://" in self.address

    def at(self, name: str) -> str:
        """Return the address of a file in the store."""
        return f"{self.address.rstrip('/')}/{name}"

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        return bool(file_system(self.address).exists(self.at(name))) if self.remote else Path(self.at(name)).exists()

    def names(self, folder: str) -> set[str]:
        """Return the names of the finished files of a folder."""
        if self.remote:
            system = file_system(self.address)
            found = system.ls(self.at(folder), detail=False) if system.exists(self.at(folder)) else []
            return {str(path).rpartition("/")[2] for path in found}
        where = Path(self.at(folder))
        return {path.name for path in where.iterdir() if path.suffix != ".part"} if where.is_dir() else set()

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file for reading."""
        if self.remote:
            with file_system(self.address).open(self.at(name), "rb") as file:
                yield file
        else:
            with Path(self.at(name)).open("rb") as file:
                yield file

    def write(self, name: str, body: Callable[[Any], object]) -> None:
        """Write a file by `body`, which gets an open binary file: whole or not at all."""
        if self.remote:
            import io

            memory = io.BytesIO()
            body(memory)
            file_system(self.address).pipe_file(self.at(name), memory.getvalue())
            return
        path = Path(self.at(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with beside.open("wb") as file:
                body(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:  # a full disk does not say where, and the file beside is none of the user's
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            told = str(path) if error.filename in (None, str(beside)) else error.filename
            raise OSError(error.errno, error.strerror or str(error), told) from error
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write a file that is in memory."""
        self.write(name, lambda file: file.write(content))

    def write_json(self, name: str, content: Any) -> None:
        """Write a document; the same content always gives the same bytes."""
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
        self.write_bytes(name, text.encode())

    def read_json(self, name: str) -> Any:
        """Return a document."""
        with self.open(name) as file:
            return json.loads(file.read())

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs from writing here meanwhile; at a URL nothing does.

        Raises:
            LockedError: if another run writes here.
        """
        if self.remote:
            yield
            return
        from filelock import FileLock, Timeout

        path = Path(self.at(LOCK))
        new = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(f"another run writes to {self.address} right now; try later, or name another") from None
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            lock.release()
            if new:
                with contextlib.suppress(OSError):  # what was written stays
                    path.parent.rmdir()

    def sweep(self, folder: str) -> None:
        """Remove what a process that was killed had begun to write."""
        where = Path(self.at(folder))
        if not self.remote and where.is_dir():
            for path in where.glob("*.part"):
                path.unlink(missing_ok=True)

    def remove(self, folder: str) -> None:
        """Remove a folder and what is in it."""
        if self.remote:
            with contextlib.suppress(FileNotFoundError):
                file_system(self.address).rm(self.at(folder), recursive=True)
            return
        import shutil

        shutil.rmtree(self.at(folder), ignore_errors=True)


def file_system(address: str) -> Any:
    """Return the fsspec file system of an address.

    Raises:
        InputError: if fsspec, or what it needs for that protocol, is not installed.
    """
    try:
        import fsspec

        return fsspec.core.url_to_fs(address)[0]
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{address} cannot be reached ({error}); install outsourcing-forecast[dask] and its driver"
        ) from error
