from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from forecast.errors import InputError, PartialError
from forecast.scale import chunks, engines, runs
from forecast.scale.chunks import Job
from forecast.scale.openings import open_source
from tests.forecast.scale.conftest import Go, Heard, growing, read_out

ROOT = Path(__file__).resolve().parents[3]
SERIES = 150


class Acting(Heard):
    """A listener that does something once the first forecasts are written."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act: Callable[[], object] | None = act

    def advance(self, count: int) -> None:
        super().advance(count)
        if self.stages[-1][0] == "forecasting" and count and self.act is not None:
            self.act()
            self.act = None


def process(*words: str) -> subprocess.Popen[bytes]:
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    environment = {**os.environ, **single, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "0"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", *words], env=environment, **quiet)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers, each a process, and end them."""
    from distributed import Client

    told = tmp_path / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    running = [process("distributed.cli.dask_scheduler", *here, "--port", "0", "--scheduler-file", str(told))]
    alone = ["--nthreads", "1", "--no-nanny", "--scheduler-file", str(told), "--local-directory", str(tmp_path)]
    running += [process("distributed.cli.dask_worker", *here, *alone) for _ in range(2)]
    try:
        with Client(scheduler_file=str(told), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, running
    finally:
        for one in running:
            one.kill()
        for one in running:
            one.wait()


def execute(address: str, out: Path, heard: Heard, resume: bool = False) -> runs.Outcome:
    job = Job(str(out), ("drift",), 3)
    with engines.start(address) as engine:
        return runs.execute(job, open_source(growing(SERIES)), engine, heard, resume, 50)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_delays_and_a_lost_scheduler_can_be_resumed(
    tmp_path: Path, go: Go, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (scheduler, first, _) = cluster
    wanted, _ = go(growing(SERIES), "alone", chunk=50)
    assert wanted.chunks > 20
    outcome = execute(address, tmp_path / "killed", Acting(lambda: first.send_signal(signal.SIGKILL)))
    assert first.wait() == -signal.SIGKILL
    assert (outcome.chunks, outcome.rows) == (wanted.chunks, wanted.rows)
    assert read_out(tmp_path / "killed") == read_out(tmp_path / "alone")
    with pytest.raises(PartialError, match=r"the Dask scheduler at tcp.* is gone.*--resume"):
        execute(address, tmp_path / "lost", Acting(scheduler.kill))
    go(growing(SERIES), "lost", resume=True, chunk=50)
    assert read_out(tmp_path / "lost") == read_out(tmp_path / "alone")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_processes_of_its_own_write_the_same_bytes(tmp_path: Path, go: Go) -> None:
    frame = growing(30)
    go(frame, "alone")
    with engines.start(workers=2) as engine:
        go(frame, "two", engine)
        assert isinstance(engine, engines.Own)
        told = engine.coming.result().client.run(_sampled)
    assert list(told.values()) == [False, False]
    assert read_out(tmp_path / "two") == read_out(tmp_path / "alone")


def _sampled() -> object:
    import dask

    return dask.config.get("distributed.worker.profile.enabled")


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WAIT", 0.5)
    with (
        pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        engines.start("tcp://127.0.0.1:9"),
    ):
        pass
    with pytest.raises(InputError, match="no Dask scheduler answers at nonsense"), engines.start("nonsense"):
        pass
    with pytest.raises(InputError, match="give one of them"), engines.start("tcp://127.0.0.1:9", 2):
        pass
    with pytest.raises(InputError, match="-1 workers"), engines.start(workers=-1):
        pass


@pytest.mark.parametrize(
    "address",
    ["", "foo", "tcp://", "tcp://foo", "tcp://h:x", "tcp://h:0", "tcp://h:65536", "tcp://:8786", "tcp://a b:1",
     "http://h:8786", "inproc://x:1", "tcp://h:8786/x"],
)  # fmt: skip
def test_what_is_no_address_is_told_before_dask_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = "which is not the address of one; write it as tcp://host:8786"
    with pytest.raises(InputError, match=told), engines.start(address):
        pass


@pytest.mark.parametrize("address", ["tcp://h:8786", "h:8786", "tls://10.0.0.1:1", "tcp://[::1]:65535"])
def test_an_address_has_a_host_and_a_port(address: str) -> None:
    engines.check_address(address)


@pytest.mark.filterwarnings("ignore")
def test_a_server_that_is_no_scheduler_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WAIT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(InputError, match=f"no Dask scheduler answers at {address}"), engines.start(address):
            pass


@pytest.mark.filterwarnings("ignore")
def test_a_lack_of_certificates_is_told() -> None:
    with pytest.raises(InputError, match=r"answers at tls://127\.0\.0\.1:9 \(TLS"), engines.start("tls://127.0.0.1:9"):
        pass


class Answer:
    def __init__(self, value: dict[str, int] | Exception) -> None:
        self.value = value
        self.status = "error" if isinstance(value, Exception) else "finished"

    def result(self) -> object:
        return self.value

    exception = result


def test_a_chunk_that_fails_is_named_after_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        loop = None

        def submit(self, work: object, job: Job, chunk: int, **options: object) -> Answer:
            assert (work, job.root, options) == (chunks.survey, "here", {"pure": False})
            return Answer(OSError(28, "No space left on device") if chunk == 1 else {"chunk": chunk})

    monkeypatch.setattr("distributed.as_completed", lambda futures, **_: iter(futures))
    answers = engines.Cluster(Client(), "tcp://x").each(chunks.survey, Job("here", ()), range(3))
    assert [next(answers), next(answers)] == [{"chunk": 0}, {"chunk": 2}]
    with pytest.raises(PartialError, match=r"1 of 3 chunks failed.*chunk 1: .*No space left.*--resume"):
        next(answers)


def test_a_scheduler_that_goes_before_an_answer_is_fetched_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost(Answer):
        def result(self) -> object:
            raise OSError("in <TCP (closed)>: Connection reset by peer")

    class Client:
        loop = None

        def submit(self, *_: object, **__: object) -> Answer:
            return Lost({})

    monkeypatch.setattr("distributed.as_completed", lambda futures, **_: iter(futures))
    with pytest.raises(PartialError, match=r"the Dask scheduler at tcp://x is gone; 0 of 3 chunks.*--resume"):
        next(engines.Cluster(Client(), "tcp://x").each(chunks.survey, Job("here", ()), range(3)))


def test_workers_of_other_versions_are_refused() -> None:
    class Client:
        def run(self, function: Callable[[], dict[str, str]]) -> dict[str, dict[str, str]]:
            return {"tcp://w:1": {**function(), "numpy": "1.0"}}

    with pytest.raises(InputError, match=r"worker tcp://w:1 has numpy 1\.0 where this is"):
        engines.check_alike(Client())


def test_this_process_works_until_its_own_have_started() -> None:
    class Ready:
        def each(self, _: engines.Work, __: Job, chunks: list[int]) -> Iterator[dict[str, int]]:
            yield from ({"elsewhere": chunk} for chunk in chunks)

    def here(_: Job, chunk: int) -> dict[str, int]:
        if chunk == 1:
            coming.set_result(Ready())  # type: ignore[arg-type]
        return {"here": chunk}

    coming: Future[engines.Cluster] = Future()
    found = list(engines.Own(coming).each(here, Job("", ()), range(4)))
    assert found == [{"here": 0}, {"here": 1}, {"elsewhere": 2}, {"elsewhere": 3}]


def test_processes_of_its_own_that_do_not_start_are_one_line() -> None:
    coming: Future[engines.Cluster] = Future()
    coming.set_exception(RuntimeError("Nanny failed to start."))
    with pytest.raises(PartialError, match=r"could not be started \(Nanny failed to start\.\); 2 chunks are left"):
        list(engines.Own(coming).each(lambda _, __: {}, Job("", ()), [0, 1]))


def test_a_stop_while_processes_start_stays_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> engines.Cluster:
        raise RuntimeError("Nanny failed to start.")  # Ctrl-C reaches them as well

    monkeypatch.setattr(engines, "_own", broken)
    with pytest.raises(KeyboardInterrupt), engines.start(workers=1):
        raise KeyboardInterrupt
