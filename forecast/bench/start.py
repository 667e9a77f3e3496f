"""How long a user waits: whole processes on the shipped evidence, beside an empty program of the same kind."""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from forecast.bench import Table
from forecast.bench.processes import run_alone

EMPTY = """
import typer
app = typer.Typer()
@app.command()
def one() -> None: "One."
@app.command()
def two() -> None: "Two."
app()
"""
OURS = "import sys; from forecast.cli import main; main(sys.argv[1:])"


def tables() -> Sequence[Table]:
    """Time each command, warm, on one core; the target stands beside what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "build")
        empty, _ = _median([EMPTY, "--help"], 7)
        cases = (
            ("forecast --help", ["--help"], 7, f"{2 * empty:.2f} (2 x empty typer program)"),
            ("series show, one series", ["series", "show", "cn.offshore.execution.usd", "--json"], 5, "1.5"),
            ("run, all models, to 2030", ["run", "cn.offshore.execution.usd", "--to", "2030", "--json"], 3, "-"),
            ("claim check C02", ["claim", "check", "C02", "--json"], 3, "-"),
            ("report build, everything", ["report", "build", "--out", out], 1, "30"),
        )
        rows: list[dict[str, str | float | int | None]] = [
            {"command": "empty typer program --help", "median s": round(empty, 2), "target s": "-", "runs": 7}
        ]
        for name, arguments, runs, target in cases:
            seconds, peak = _median([OURS, *arguments], runs)
            rows.append(
                {"command": name, "median s": round(seconds, 2), "target s": target, "runs": runs, "peak MiB": peak}
            )
    return [Table("How long a user waits (whole processes, warm, one core)", rows)]


def _median(program: Sequence[str], runs: int) -> tuple[float, int]:
    """Return median wall seconds and the largest peak memory so far of a child, after one warm-up."""
    seconds = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        run_alone([sys.executable, "-c", *program])
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds[1:]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
