"""Engines: who works through the chunks: this process, processes of its own, or a Dask cluster that is running.

There is no scheduler here: Dask's places the chunks, moves those of a worker that died, and tells what is done.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, Protocol

from forecast.errors import InputError, PartialError
from forecast.scale.chunks import Job

Work = Callable[[Job, int], dict[str, Any]]
WAIT = 30
"""Seconds in which a scheduler has to answer."""
ADDRESS = re.compile(r"((?P<scheme>\w+)://)?(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5})")
SCHEMES = ("tcp", "tls", "ws", "wss")
OWN = {
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": 512 * 2**20,
    "distributed.nanny.pre-spawn-environ.MALLOC_MMAP_THRESHOLD_": 32 * 2**20,
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "2s",
    "distributed.admin.system-monitor.interval": "5s",
}
"""How processes of our own are set up. The C library keeps freed memory up to these bytes: by Dask's default it gives
nearly all of it back, and a third of a worker's time goes into asking for it again. And nobody looks at the hundred
samples a second that Dask takes of what each process does, which cost another eighth."""


class Engine(Protocol):
    """Works through chunks, in whatever order, and yields what each answers.

    Attributes:
        near: whether it has several hands that reach whatever this process reaches.
    """

    near: bool

    def each(self, work: Work, job: Job, chunks: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Yield the answers of `work` as they come.

        Raises:
            PartialError: if some chunks failed, after the others are done.
        """
        ...


class Alone:
    """This process, chunk after chunk."""

    near = False

    def each(self, work: Work, job: Job, chunks: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Yield the answers in order."""
        for chunk in chunks:
            yield work(job, chunk)


class Cluster:
    """A Dask cluster, by a connected client."""

    near = False

    def __init__(self, client: Any, address: str, own: Any = None) -> None:
        self.client, self.address, self.own = client, address, own

    def close(self) -> None:
        """End the connection, and the processes if they are ours."""
        self.client.close()
        if self.own is not None:
            self.own.close()

    def each(self, work: Work, job: Job, chunks: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Yield the answers as workers finish; a chunk whose worker dies goes to another one."""
        from distributed import as_completed

        futures = {self.client.submit(work, job, chunk, pure=False): chunk for chunk in chunks}
        failed: dict[int, str] = {}
        done = 0
        gone = (
            f"the Dask scheduler at {self.address} is gone; {{}} of {len(futures)} chunks came back before; "
            "start it again and give the same command with --resume"
        )
        for future in as_completed(list(futures), loop=self.client.loop):
            if future.status == "error":
                failed[futures[future]] = _first(future.exception())
                continue
            if future.status != "finished":
                raise PartialError(gone.format(done))
            try:
                answer = future.result()
            except (OSError, CancelledError) as error:  # it went between the answer and its fetching
                raise PartialError(gone.format(done)) from error
            done += 1
            yield answer
        if failed:
            chunk, reason = next(iter(failed.items()))
            raise PartialError(
                f"{len(failed)} of {len(futures)} chunks failed, the others are written; chunk {chunk}: {reason}; "
                "mend that and give the same command with --resume"
            )


class Own:
    """Processes of our own: until they have started, this one works, so that no time is lost."""

    near = True

    def __init__(self, coming: Future[Cluster]) -> None:
        self.coming = coming

    def each(self, work: Work, job: Job, chunks: Iterable[int]) -> Iterator[dict[str, Any]]:
        """Yield the answers as they come."""
        todo = list(chunks)
        while todo and not self.coming.done():
            yield work(job, todo.pop(0))
        if todo:
            if (error := self.coming.exception()) is not None:
                raise PartialError(
                    f"processes of its own could not be started ({_first(error)}); {len(todo)} chunks are left: give "
                    "the same command with --resume, and without --workers"
                )
            yield from self.coming.result().each(work, job, todo)


@contextlib.contextmanager
def start(address: str | None = None, workers: int = 0) -> Iterator[Engine]:
    """Connect to the scheduler at `address`, or start `workers` processes, or work alone.

    Raises:
        InputError: if both are given, the address is none, Dask is not installed, or no scheduler answers.
    """
    if address is not None and workers:
        raise InputError("both an engine address and a number of workers are given; give one of them")
    if workers < 0:
        raise InputError(f"{workers} workers are impossible; give a number from 1 up")
    if address is None and not workers:
        yield Alone()
        return
    if address is not None:
        check_address(address)
    try:
        from distributed import Client
    except ImportError:
        raise InputError("Dask is not installed; install outsourcing-forecast[dask]") from None
    with contextlib.ExitStack() as held:
        if address is None:
            pool = held.enter_context(ThreadPoolExecutor(1))
            coming = pool.submit(_own, workers)
            held.callback(_end, coming)
            yield Own(coming)
            return
        for name in ("distributed", "distributed.client"):  # a lost scheduler is told in one line, by `each`
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            held.enter_context(ThreadPoolExecutor(1)).submit(asyncio.run, _reached(address)).result()
            client = held.enter_context(Client(address, timeout=WAIT, set_as_default=False))
        except (OSError, ValueError, TypeError) as error:  # the last where certificates are missing
            raise InputError(f"no Dask scheduler answers at {address} ({_first(error)}); check the address") from error
        check_alike(client)
        yield Cluster(client, address)


async def _reached(address: str) -> None:
    """Shake hands with the scheduler once: Dask's client waits without end for a server that is none."""
    from distributed.comm import connect

    comm = await asyncio.wait_for(connect(address, timeout=WAIT), 2 * WAIT)
    comm.abort()


def _own(workers: int) -> Cluster:
    """Start processes on this machine, one thread each."""
    import dask
    from distributed import Client, LocalCluster

    with dask.config.set(OWN):
        own = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        )
    client = Client(own.scheduler_address, timeout=WAIT, set_as_default=False)
    return Cluster(client, own.scheduler_address, own)


def _end(coming: Future[Cluster]) -> None:
    """End processes of our own; those that could not start have ended already."""
    if coming.exception() is None:
        coming.result().close()


def check_address(address: str) -> None:
    """Check that an address has a host and a port, before Dask looks for them in its own ways.

    Raises:
        InputError: if it has not, or speaks what no scheduler speaks.
    """
    found = ADDRESS.fullmatch(address)
    if not found or (found["scheme"] or SCHEMES[0]) not in SCHEMES or not 1 <= int(found["port"]) <= 65535:
        raise InputError(
            f"no Dask scheduler answers at {address or 'an empty address'}, which is not the address of one; "
            "write it as tcp://host:8786"
        )


def check_alike(client: Any) -> None:
    """Check that the workers run the same versions, without which bytes would differ.

    Raises:
        InputError: naming a worker that does not.
    """
    here = versions()
    for worker, found in client.run(versions).items():
        odd = [
            f"{name} {found.get(name)} where this is {number}"
            for name, number in here.items()
            if found.get(name) != number
        ]
        if odd:
            raise InputError(f"worker {worker} has {', '.join(odd)}; install the same on all machines")


def versions() -> dict[str, str]:
    """Return what results depend on, by package."""
    from importlib import metadata

    found = {}
    for name in ("outsourcing-forecast", "numpy", "scipy", "pyarrow"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "uninstalled"
    return found


def _first(error: Any) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0] or type(error).__name__
