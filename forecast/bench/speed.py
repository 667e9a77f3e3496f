"""How fast the batch engine is: per window and in a backtest beside the peers, with the default, in growing batches.

On one core and one thread. In a race the two sides take turns, each in a process of its own and after a warm-up: a
machine that is slower for a while is slower for both, and the ratio is the median of the rounds' ratios. Slow peers run
on an evenly spaced sample of the series. What was measured last is kept in `speed.json`, which the documents quote.
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
from forecast.bench.contestants import OURS, PEERS
from forecast.bench.processes import run_alone
from forecast.errors import InputError
from forecast.models import DEFAULT, TABLE

ROUNDS, LONG_ROUNDS = 5, 3
"""Turns of each side; in races that take minutes."""
RUNS = 3
"""Runs of ours a round, whose median counts; peers run once."""
# peer of a model: name, where its library is named, series in its sample a frequency, and the ratio aimed at
RACES: tuple[tuple[str, str, str, Mapping[str, str], int], ...] = (
    ("theta", "theta", "statsforecast Theta", {"yearly": "all", "quarterly": "all"}, 5),
    ("ets", "ets", "statsforecast AutoETS", {"yearly": "200", "quarterly": "60"}, 5),
    ("arima", "arima", "statsforecast AutoARIMA", {"yearly": "30", "quarterly": "12"}, 30),
    ("arima", "statsmodels", "statsmodels AICc search", {"yearly": "20", "quarterly": "6"}, 100),
    ("prophet", "prophet", "prophet", {"yearly": "50", "quarterly": "50"}, 200),
)
SIZES = {"100": 5, "1000": 5, "10000": 3, "100000": 1}
"""Windows in a growing batch, and runs of each a round."""
MEMORY = 1536
PLAIN = ("naive", "drift", "theta", "ets", "arima", "prophet")
COST, COST_ROUNDS = 10, 5
"""How much the default may add to the plain models, in percent, and how often that is looked at anew."""
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
    races = [
        _race(
            f"{model}, M3 {frequency}",
            library,
            [(us, f"ours:{model}", frequency), (them, f"peer:{peer}", frequency, count)],
            aim,
        )
        for model, peer, library, counts, aim in RACES
        for frequency, count in counts.items()
        if model in able
    ]
    classical = ",".join(model for model in able if model in PEERS)
    crossed, package = (
        (them, f"peer-rolling:{classical}", "yearly", "40"),
        (them, "peer-rolling:prophet", "yearly", "10"),
    )
    races += [
        _race(
            f"{', '.join(models)}: backtest of M3 yearly, 5 origins",
            library,
            [(us, "ours-rolling:" + ",".join(models), "yearly"), peer],
            aim,
            LONG_ROUNDS,
        )
        for models, library, peer, aim in (
            (able, f"statsforecast {classical}", crossed, 20),
            (able, "prophet alone, its cross_validation", package, 500),
            (["prophet"], "prophet's cross_validation", package, 500),
        )
    ]
    growth = [_growth(model) for model in able]
    costs = [_cost(frequency, side) for frequency in ("yearly", "quarterly") for side in ("amounts", "amounts-rolling")]
    machine = (
        f"{platform.system()} {platform.machine()}, {name_processor()}; one thread on one core of {os.cpu_count()}"
    )
    seen = [_run(us, "ours:theta", "yearly", "20", runs=1), _run(them, "peer:theta", "yearly", "20", runs=1)]
    versions = "; peers: ".join(
        ", ".join(f"{name} {number}" for name, number in one["versions"].items()) for one in seen
    )
    return [
        Table(
            "Time to fit and forecast one window, batch engine and peer",
            races,
            f"Processor time, medians of {ROUNDS} rounds ({LONG_ROUNDS} of backtests) in which both sides take turns. "
            "Ratios are of times a window, a peer's on its sample. Peers give points only, the batch engine 23 "
            "quantiles, prophet simulated intervals; its cross_validation wants a fit of the whole series first, which "
            "counts.",
        ),
        Table(
            f"What {DEFAULT} adds to {', '.join(PLAIN)}",
            costs,
            f"Processor time of all together, amounts on logarithms, and of what is done for {DEFAULT} alone: the "
            "members that are no plain models, and the calibration. Official origins of M3, and the five newest of "
            f"each series. Medians of {COST_ROUNDS * RUNS} runs; both are of the same run.",
        ),
        Table(
            "Microseconds a window as the batch grows (14 yearly values)",
            growth,
            f"Medians of {LONG_ROUNDS} rounds in which the sizes take turns. {machine}. Ours: {versions}.",
        ),
    ]


def _run(interpreter: str, name: str, frequency: str, count: str = "all", *, runs: int) -> Seen:
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


def _race(what: str, library: str, sides: Sequence[tuple[str, ...]], target: int, rounds: int = ROUNDS) -> Row:
    """Let our side and the peer's take turns, each given by what `_run` is told."""
    mine, theirs = sides
    met = [(_run(*mine, runs=RUNS), _run(*theirs, runs=1)) for _ in range(rounds)]
    ours, peers = ([_each(one[side]) for one in met] for side in (0, 1))
    return {
        "what": what,
        "windows": met[0][0]["windows"],
        "ours ms": f"{1e3 * statistics.median(ours):.3f}",
        "peer": library,
        "peer windows": met[0][1]["windows"],
        "peer ms": f"{1e3 * statistics.median(peers):.2f}",
        "ratio": f"{statistics.median(peer / our for our, peer in zip(ours, peers, strict=True)):.0f}",
        "aim": f"{target}",
    }


def _cost(frequency: str, side: str) -> Row:
    """Run all plain models together with the default, and tell what is done for it alone from the rest."""
    name = f"{side}:{','.join((*PLAIN, DEFAULT))}"
    met = [_run(sys.executable, name, frequency, runs=RUNS) for _ in range(COST_ROUNDS)]
    times = [pair for one in met for pair in zip(one["seconds"], one["added"], strict=True)]
    each = 1e3 / met[0]["windows"]
    return {
        "windows of": f"M3 {frequency}",
        "windows": met[0]["windows"],
        "plain ms": f"{each * statistics.median(whole - added for whole, added in times):.3f}",
        "added ms": f"{each * statistics.median(added for _, added in times):.3f}",
        "adds": f"{100 * statistics.median(added / (whole - added) for whole, added in times):.1f} %",
        "aim": f"{COST} %",
    }


def _growth(model: str) -> Row:
    """Let batches of growing sizes take turns."""
    row: dict[str, str | float | int | None] = {"model": model}
    found = [
        [_run(sys.executable, f"scale:{model}", "yearly", size, runs=runs) for size, runs in SIZES.items()]
        for _ in range(LONG_ROUNDS)
    ]
    for place, size in enumerate(SIZES):
        row[f"{int(size):,}"] = f"{1e6 * statistics.median(_each(one[place]) for one in found):.0f}"
    row["peak MiB at 100,000"] = max(one[-1]["peak"] for one in found)
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
