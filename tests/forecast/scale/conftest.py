from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.scale import openings, runs
from forecast.scale.chunks import Job
from forecast.scale.engines import Alone, Engine


@dataclass
class Heard:
    """A listener that remembers."""

    units: list[str] = field(default_factory=list)
    stages: list[tuple[str, int]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def begin(self, stage: str, total: int, unit: str) -> None:
        self.units.append(unit)
        self.stages.append((stage, total))
        self.done.append(0)

    def advance(self, count: int) -> None:
        self.done[-1] += count

    def say(self, text: str) -> None:
        self.said.append(text)


def growing(count: int, shuffle: bool = True) -> pd.DataFrame:
    """Return that many annual series of 6 to 12 values, their rows in any order."""
    rng = np.random.default_rng(7)
    rows = [
        (f"s{series:03d}", 2020 - back, float(100 * np.exp(0.1 * rng.standard_normal())))
        for series in range(count)
        for back in range(int(rng.integers(6, 13)))
    ]
    frame = pd.DataFrame(rows, columns=["series", "period", "value"])
    return frame.sample(frac=1, random_state=1) if shuffle else frame


Go = Callable[..., tuple[runs.Outcome, Heard]]


@pytest.fixture
def go(tmp_path: Path) -> Go:
    def run(
        data: object, out: str = "out", engine: Engine | None = None, resume: bool = False, chunk: int = 100
    ) -> tuple[runs.Outcome, Heard]:
        heard = Heard()
        job = Job(str(tmp_path / out), ("drift",), 3)
        return runs.execute(job, openings.open_source(data), engine or Alone(), heard, resume, chunk), heard

    return run


def read_out(out: Path) -> dict[str, bytes]:
    """Return what a run wrote for the user, by name."""
    files = [*out.glob("forecasts/*"), out / "failures.csv", out / "findings.csv"]
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(files)}
