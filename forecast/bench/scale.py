"""How panels of ever more series go through, on one process and on two Dask workers, beside statsforecast.

Every row is one run of the command line from a Parquet file to a folder of forecasts, start of the interpreter
included: the default combination, calibrated, eight years ahead, annual series of 20 to 80 values. What was measured
last is kept in `scale.json`, which the documents quote; `python -m forecast.bench.scale` measures and records it.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from forecast.bench import PEERS, Row, Table
from forecast.bench.panelists import HORIZON
from forecast.bench.processes import Usage, run_alone, run_timed
from forecast.bench.records import keep
from forecast.bench.speed import name_processor
from forecast.errors import InputError

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WORKERS = (0, 2)
SAMPLE = 60
RACED = 10_000
"""Series up to which the peer is timed beside us."""
AIMS = (
    "Aims: 1,000 series a second and core; a million in under 10 minutes on two cores and 2 GiB; two workers at least "
    "1.7 times one process; 30 times statsforecast; cost a series flat within 20 % (beyond the smallest panel, whose "
    "cost is mostly starting up)."
)


def tables(peers: Path, sizes: Sequence[int] = SIZES) -> Sequence[Table]:
    """Measure panels of these sizes, and the peer on a sample of the smaller ones.

    Raises:
        InputError: if `peers` is not a Python with the peers in it.
    """
    if not peers.exists():
        raise InputError(f"no peers at {peers}; run `make bench SUITE=scale`, which builds their environment")
    rows: list[Row] = []
    races: list[Row] = []
    first: dict[int, Usage] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            data = Path(folder) / f"panel-{size}.parquet"
            run_alone([sys.executable, "-m", "forecast.bench.panelists", "make", str(size), str(data)])
            used = {workers: _ours(data, Path(folder) / "out", workers) for workers in WORKERS}
            first = first or used
            rows += [
                _row(size, workers, one, used[0]) | _beyond(size - sizes[0], one, first[workers])
                for workers, one in used.items()
            ]
            if size <= RACED:
                races.append(_race(size, used[0], _peer(peers, data)))
            data.unlink()
    machine = f"{platform.system()} {platform.machine()}, {name_processor()}, {os.cpu_count()} cores"
    load = f"load average {os.getloadavg()[1]:.1f} over five minutes at the end" if hasattr(os, "getloadavg") else ""
    remark = f"Processor seconds are those of all processes together. {machine}; {load}. {AIMS}"
    return [
        Table(f"Annual series of 20 to 80 values, {HORIZON} years ahead, file to folder", rows, remark),
        Table("Beside statsforecast AutoARIMA + AutoETS + AutoTheta, points only, n_jobs=1", races, PEER),
    ]


PEER = (
    "Processor time a series. Ours from file to folder with 23 calibrated quantiles; the peer's forecast call alone, "
    f"compiled before, on {SAMPLE} evenly spaced series of the same panel."
)


def _ours(data: Path, out: Path, workers: int) -> Usage:
    shutil.rmtree(out, ignore_errors=True)
    words = [sys.executable, "-m", "forecast.cli", "run", "--data", str(data), "--out", str(out)]
    words += ["--horizon", str(HORIZON), "--json", *(["--workers", str(workers)] if workers else [])]
    try:
        used = run_timed(words, one_core=not workers)
    except subprocess.CalledProcessError as error:
        raise InputError(f"the run on {data.name} ended with code {error.returncode}; run it by hand") from error
    shutil.rmtree(out)
    return used


def _peer(peers: Path, data: Path) -> dict[str, Any]:
    words = [str(peers), "-m", "forecast.bench.panelists", "peer", str(data), str(SAMPLE)]
    try:
        found: dict[str, Any] = json.loads(run_alone(words))
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or ["no message"]
        raise InputError(f"{peers} could not run statsforecast: {said[-1]}") from error
    return found


def _beyond(more: int, used: Usage, first: Usage) -> dict[str, str]:
    """Return what each of so many more series than in the smallest panel has cost."""
    return {"ms a series beyond": f"{1e3 * (used.processor - first.processor) / more:.2f}" if more else ""}


def _row(size: int, workers: int, used: Usage, alone: Usage) -> dict[str, str | float | int | None]:
    return {
        "series": f"{size:,}",
        "how": f"{workers} Dask workers" if workers else "one process",
        "wall s": f"{used.wall:,.0f}",
        "series/s": f"{size / used.wall:,.0f}",
        "processor s": f"{used.processor:,.0f}",
        "series/s of a core": f"{size / used.processor:,.0f}",
        "peak MiB a process": used.peak,
        "MiB together": used.together,
        "times one process": f"{alone.wall / used.wall:.2f}" if workers else "",
    }


def _race(size: int, used: Usage, peer: dict[str, Any]) -> Row:
    ours, theirs = used.processor / size, peer["processor"] / peer["series"]
    return {
        "series": f"{size:,}",
        "ours ms": f"{1e3 * ours:.2f}",
        "peer": f"statsforecast {peer['version']}",
        "peer series": peer["series"],
        "peer ms": f"{1e3 * theirs:.0f}",
        "ratio": f"{theirs / ours:.0f}",
        "aim": "30",
    }


if __name__ == "__main__":
    keep("scale", tables(PEERS))
