"""Panels on the command line: where `run --data … --out …` goes, chunk by chunk, with its progress on stderr."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from forecast.cli.options import own_ledger
from forecast.cli.output import document, note, say
from forecast.errors import EvidenceError, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from forecast.outlook import Outlook

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Ask:
    """What the user asks of a panel, as typed; with origins it is a backtest."""

    data: str
    out: str
    models: Sequence[str] | None
    horizon: int | None
    to: str | None
    engine: str
    seed: int
    columns: str | None
    sheet: str | None
    origins: int = 0


def run_panel(ask: Ask, workers: int, address: str | None, resume: bool, as_json: bool) -> int:
    """Forecast or backtest a panel into a folder of Parquet, or a CSV, and return the exit code.

    Raises:
        InputError: if what is asked for is impossible, or something else is where it is to be written.
        EvidenceError: if nothing could be forecast.
    """
    for name in THREADS:  # one thread a process: results are the same to the last bit, and processes do not crowd
        os.environ.setdefault(name, "1")
    from forecast.arguments import read_horizon
    from forecast.models import DEFAULT, find
    from forecast.scale import deliveries, engines, openings, runs, targets
    from forecast.scale.chunks import Job
    from forecast.scale.stores import Store
    from forecast.tables import Columns
    from series.periods import Period

    if ask.horizon is not None and ask.to is not None:
        raise InputError("both a horizon and a last period are given; give one of them")
    if ask.horizon is not None:
        read_horizon(ask.horizon)
    last = "" if ask.to is None else str(Period.parse(ask.to))
    names = tuple(ask.models or [DEFAULT])
    for name in names:
        find(name, ask.engine)
    targets.check(ask.out, [ask.data], resume)
    root = deliveries.root_of(ask.out)
    job = Job(root, names, ask.horizon or 0, last, ask.engine, ask.seed, ask.origins)
    source = openings.open_source(ask.data, Columns.parse(ask.columns), ask.sheet)
    runs.vacant(Store(root))
    with Store(root).held(), Progress() as progress, engines.start(address, workers) as cluster:
        try:
            outcome = deliveries.deliver(runs.execute(job, source, cluster, progress, resume), ask.out)
        except (KeyboardInterrupt, OSError):
            with contextlib.suppress(OSError):  # where not even the plan could be written there is nothing to resume
                if Store(root).exists(runs.PLAN):
                    progress.say(f"what is written in {root} stays; the same command with --resume does the rest")
            raise
    done = "backtested" if ask.origins else "forecast"
    if as_json:
        document(asdict(outcome) | {"warnings": progress.said})
    if not outcome.rows:
        raise EvidenceError(
            f"nothing could be {done}: {outcome.failed:,} of {outcome.series:,} series and {outcome.broken} files or "
            f"lines failed; the reasons are in {deliveries.failures_of(ask.out)}"
        )
    if not as_json:
        count = outcome.series - outcome.failed + outcome.partly
        say(f"{count:,} of {outcome.series:,} series are {done}: {outcome.out}")
    if outcome.partial:
        listed = deliveries.failures_of(ask.out)
        some = f" ({outcome.partly:,} of them with some of the models only)" if outcome.partly else ""
        note(f"{outcome.failed:,} series{some} and {outcome.broken} files or lines failed: {listed}")
    return 3 if outcome.partial else 0


def report_files(languages: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return language, format and name of each file of a report on series that the user names.

    Raises:
        InputError: if there is no such language.
    """
    from reports import documents

    documents.check((), languages, ())
    return [(one, form, documents.file_name("panel", one, form)) for one in languages for form in ("html", "md")]


def write_report(
    made: Outlook,
    folder: str,
    files: Sequence[tuple[str, str, str]],
    data: str | None,
    reconciled: bool,
    ledger: Path | None = None,
) -> list[str]:
    """Write the report on an outlook in each language, and return where it is; `ledger` has titles of its own."""
    from forecast.backtest import ORIGINS
    from forecast.errors import EvidenceError
    from forecast.hierarchies import evaluation
    from forecast.scale.stores import Store
    from reports import html, markdown, panel, voice

    gains = None
    if reconciled:
        try:
            gains = evaluation.gains(made.panel, made.hierarchy, list(made.answers), ORIGINS, min(made.steps))
        except EvidenceError as error:
            note(str(error))
    called = (data or "").rstrip("/").rpartition("/")[2]  # where the data lay is nobody's concern
    held = own_ledger(ledger)
    view, store = panel.page(made, called, gains, None if held is None else held.catalog), Store(folder)
    for language, form, name in files:
        render = html.render if form == "html" else markdown.render
        store.write_bytes(name, render(view, voice.of(language)).encode())
    return [store.at(name) for _, _, name in files]


class Progress:
    """A bar with speed and time left on a terminal; nothing but the sentences when stderr is piped."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task: Any = None
        self.said: list[str] = []

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            speed = TextColumn("{task.fields[speed]}")
            parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), speed, TimeRemainingColumn())
            self.bar = Bar(*parts, console=Console(stderr=True), transient=True)
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def begin(self, stage: str, total: int, unit: str) -> None:
        """Show a stage from its beginning."""
        if self.bar is not None:
            if self.task is not None:
                self.bar.remove_task(self.task)
            self.task, self.unit = self.bar.add_task(stage, total=total, speed=""), unit

    def advance(self, count: int) -> None:
        """Move the bar on."""
        if self.bar is not None:
            self.bar.advance(self.task, count)
            speed = next(task.speed for task in self.bar.tasks if task.id == self.task)
            self.bar.update(self.task, speed="" if speed is None else f"{speed:,.0f} {self.unit}/s")

    def say(self, text: str) -> None:
        """Print a sentence above the bar, or on stderr, and keep it."""
        self.said.append(text)
        if self.bar is not None:
            self.bar.console.print(f"forecast: {text}", markup=False, highlight=False)
        else:
            note(text)
