from __future__ import annotations

import os
import sys

import pytest

from forecast.bench.processes import run_alone


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system does not tell on which cores we run")
def test_a_program_runs_on_one_core_with_one_thread() -> None:
    code = "import os; print(len(os.sched_getaffinity(0)), os.environ['OMP_NUM_THREADS'])"
    assert run_alone([sys.executable, "-c", code]).split() == ["1", "1"]
