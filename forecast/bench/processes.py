"""Whole processes under the clock: one core, one thread."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forecast.bench.memory import Watch

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def run_alone(command: Sequence[str], aloud: bool = False) -> str:
    """Run a program on one core with one thread, our packages in its reach, and return what it printed.

    What it says on its way is kept for the error, or passed on at once if it may speak `aloud`.

    Raises:
        subprocess.CalledProcessError: if it fails; its messages are in `stderr`.
    """
    done = subprocess.run(  # noqa: S603 - interpreters and programs that the suites name
        command,
        check=True,
        stdout=subprocess.PIPE,
        stderr=None if aloud else subprocess.PIPE,
        text=True,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)},
        preexec_fn=_one_core,
    )
    return done.stdout


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process and all that it started have used.

    Attributes:
        wall: seconds from its start to its end.
        processor: seconds of processor time, all cores together.
        peak: MiB that the largest of its processes held at once.
        output: what it printed.
        together: MiB that all its processes held at once, shared pages counted in each.
    """

    wall: float
    processor: float
    peak: int
    output: str
    together: int = 0


def run_timed(command: Sequence[str], one_core: bool) -> Usage:
    """Run a program, one thread a process, and return what it used.

    Raises:
        subprocess.CalledProcessError: if it fails.
    """
    begin = time.perf_counter()
    started = subprocess.Popen(  # noqa: S603 - programs that the suites name
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)},
        preexec_fn=_one_core if one_core else None,
    )
    with started as running, Watch(running.pid) as watch:
        output = running.stdout.read() if running.stdout else ""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, 3):
        raise subprocess.CalledProcessError(running.returncode, command)
    return Usage(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, output, watch.most)


def _one_core() -> None:
    """Keep the child on one core where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
