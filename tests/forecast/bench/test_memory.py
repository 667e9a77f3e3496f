from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forecast.bench.memory import Watch, family, resident


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_child_counts_as_long_as_it_runs() -> None:
    program = "import sys; print('here', flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        assert {os.getpid(), child.pid} <= set(family(os.getpid()))
        assert resident(child.pid) > 1
        with Watch(os.getpid()) as watch:
            pass
        assert watch.most > resident(os.getpid())
    assert child.pid not in set(family(os.getpid()))
    assert resident(child.pid) == 0
