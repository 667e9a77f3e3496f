"""Memory: what a process and all that it has started hold together, watched while they run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

EVERY = 0.5
"""Seconds between looks."""


class Watch:
    """Looks at a process and its children until it is told to stop; pages that they share count more than once."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.most = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while True:
            self.most = max(self.most, sum(map(resident, family(self.process))))
            if self.over.wait(EVERY):
                return


def family(process: int) -> Iterator[int]:
    """Yield a process and all that came from it and still run; only the process where the system does not tell."""
    yield process
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = told.read_text(encoding="ascii").split()
        except OSError:
            continue  # it has ended meanwhile
        for child in children:
            yield from family(int(child))


def resident(process: int) -> int:
    """Return the MiB that a process holds, 0 if it has ended or the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:")), 0)
