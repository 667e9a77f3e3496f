"""How fast the batch engine is beside the peers: per window, in a rolling backtest, and as batches grow.

Every figure is the median of five runs in one process on one core and one thread, after a warm-up; slow peers run on an
evenly spaced sample of the series. What was measured last is kept in `speed.json`, which the documents quote.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from forecast.bench import Row, Table
from forecast.bench.contestants import HORIZONS, OURS, PEERS
from forecast.bench.processes import run_alone
from forecast.errors import InputError
from forecast.models import TABLE

RUNS = 5
# peer of a model: name, where its library is named, series in its sample a frequency, and the ratio aimed at
RACES: tuple[tuple[str, str, str, Mapping[str, str], int], ...] = (
    ("theta", "theta", "statsforecast Theta", {"yearly": "all", "quarterly": "all"}, 5),
    ("ets", "ets", "statsforecast AutoETS", {"yearly": "200", "quarterly": "60"}, 5),
    ("arima", "arima", "statsforecast AutoARIMA", {"yearly": "30", "quarterly": "12"}, 30),
    ("arima", "statsmodels", "statsmodels AICc search", {"yearly": "20", "quarterly": "6"}, 100),
    ("prophet", "prophet", "prophet", {"yearly": "50", "quarterly": "50"}, 200),
)
SIZES = {"100": 5, "1000": 5, "10000": 3, "100000": 1}
MEMORY = 1536
Seen = dict[str, Any]


def tables(peers: Path) -> Sequence[Table]:
    """Race every model against its peers, backtest, and grow the batch.

    Raises:
        InputError: if `peers` is not a Python with the peers in it.
    """
    if not peers.exists():
        raise InputError(f"no peers at {peers}; run `make bench SUITE=speed`, which builds their environment")
    able = [model for model in OURS if not TABLE[model].batch.startswith("forecast.models.reference")]
    us, them = sys.executable, str(peers)
    mine = {(model, frequency): _run(us, f"ours:{model}", frequency) for model in able for frequency in HORIZONS}
    races = [
        _race(
            f"{model}, M3 {frequency}",
            library,
            mine[model, frequency],
            _run(them, f"peer:{peer}", frequency, count),
            aim,
        )
        for model, peer, library, counts, aim in RACES
        for frequency, count in counts.items()
        if model in able
    ]
    classical = ",".join(model for model in able if model in PEERS)
    every = _run(us, "ours-rolling:" + ",".join(able), "yearly")
    crossed = _run(them, f"peer-rolling:{classical}", "yearly", "40", 3)
    package = _run(them, "peer-rolling:prophet", "yearly", "10", 3)
    rolling = "backtest of M3 yearly, 5 origins"
    races += [
        _race(f"{', '.join(able)}: {rolling}", f"statsforecast {classical}", every, crossed, 20),
        _race(f"{', '.join(able)}: {rolling}", "prophet alone, its cross_validation", every, package, 500),
        _race(
            f"prophet: {rolling}",
            "prophet's cross_validation",
            _run(us, "ours-rolling:prophet", "yearly"),
            package,
            500,
        ),
    ]
    growth = [
        _growth(model, [_run(us, f"scale:{model}", "yearly", size, runs) for size, runs in SIZES.items()])
        for model in able
    ]
    machine = (
        f"{platform.system()} {platform.machine()}, {name_processor()}; one thread on one core of {os.cpu_count()}"
    )
    versions = "; peers: ".join(
        ", ".join(f"{name} {number}" for name, number in found["versions"].items()) for found in (every, crossed)
    )
    return [
        Table(
            "Time to fit and forecast one window, batch engine and peer",
            races,
            "Processor time, median of five runs (three of a peer's backtest). Ratios are of times a window, a peer's "
            "on its sample. Peers give points only, the batch engine 23 quantiles, prophet simulated intervals; its "
            "cross_validation wants a fit of the whole series first, which counts.",
        ),
        Table(
            "Microseconds a window as the batch grows (14 yearly values; runs: 5, 5, 3, 1)",
            growth,
            f"{machine}. Ours: {versions}.",
        ),
    ]


def _run(interpreter: str, name: str, frequency: str, count: str = "all", runs: int = RUNS) -> Seen:
    words = [interpreter, "-m", "forecast.bench.contestants", name, frequency, count, str(runs)]
    try:
        found: Seen = json.loads(run_alone(words))
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or ["no message"]
        raise InputError(f"{interpreter} could not run {name} on {frequency}: {said[-1]}") from error
    return found


def _each(found: Seen) -> float:
    """Median seconds a window."""
    return float(statistics.median(found["seconds"]) / found["windows"])


def _race(what: str, library: str, mine: Seen, theirs: Seen, target: int) -> Row:
    return {
        "what": what,
        "windows": mine["windows"],
        "ours ms": f"{1e3 * _each(mine):.3f}",
        "peer": library,
        "peer windows": theirs["windows"],
        "peer ms": f"{1e3 * _each(theirs):.2f}",
        "ratio": f"{_each(theirs) / _each(mine):.0f}",
        "aim": f"{target}",
    }


def _growth(model: str, found: Sequence[Seen]) -> Row:
    row: dict[str, str | float | int | None] = {"model": model}
    for size, one in zip(SIZES, found, strict=True):
        row[f"{int(size):,}"] = f"{1e6 * _each(one):.0f}"
    row["peak MiB at 100,000"] = found[-1]["peak"]
    row["aim MiB"] = MEMORY
    return row


def name_processor() -> str:
    """Name the processor where the system tells."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "an unnamed processor"
