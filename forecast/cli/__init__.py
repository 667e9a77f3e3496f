"""The command `forecast`: the composition root, where clock, environment, randomness and paths enter.

Nothing is imported here: a stop in the first moments is told as one later is.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

COMMANDS: dict[str, tuple[str, str]] = {
    "series": ("forecast.cli.series", "Look at the series of the ledger and at their evidence."),
    "run": ("forecast.cli.run", "Forecast series of the ledger or of your own data."),
    "backtest": ("forecast.cli.backtest", "Score models on what was known at earlier origins."),
    "report": ("forecast.cli.report", "Build reports, or those that are due on their schedule."),
    "nowcast": ("forecast.cli.nowcast", "Nowcast a running year from its first months."),
    "claim": ("forecast.cli.claim", "Check published claims and keep their score."),
    "archive": ("forecast.cli.archive", "Look into the archive of runs."),
    "bench": ("forecast.cli.bench", "Measure speed and accuracy beside the peers."),
    "extract": ("forecast.cli.extract", "Propose statements from press texts, HTML or PDF."),
}
EXIT_INPUT, EXIT_PARTIAL, EXIT_EVIDENCE, EXIT_LOCKED, EXIT_CLOSED, EXIT_STOPPED, EXIT_ENDED = 2, 3, 4, 75, 129, 130, 143
STOPPED = {
    EXIT_CLOSED: "stopped, as its terminal was closed",
    EXIT_STOPPED: "stopped by the user",
    EXIT_ENDED: "stopped from outside",
}
EXIT_CODES = {
    0: "done",
    EXIT_INPUT: "the input is wrong: what was given, what was wanted, the next step",
    EXIT_PARTIAL: "some of many failed, the rest is written",
    EXIT_EVIDENCE: "the evidence refuses: a conflict, or not enough of it",
    EXIT_LOCKED: "locked by another run, try later",
    EXIT_CLOSED: "stopped, as its terminal was closed (SIGHUP)",
    EXIT_STOPPED: "stopped by the user (Ctrl-C)",
    EXIT_ENDED: "stopped from outside (SIGTERM), as service managers do",
}


def load(name: str) -> Any:
    """Import the command called `name` and return it ready to be invoked."""
    import typer

    module = importlib.import_module(COMMANDS[name][0])
    command = typer.main.get_command(module.app)
    command.name = name
    return command


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code of `EXIT_CODES`."""
    try:
        from forecast.cli.stops import heed
        from forecast.cli.streams import prepare

        heed()
        prepare()
    except KeyboardInterrupt as stop:
        sys.exit(stopped(stop))  # before there is anything to say it with
    sys.exit(_flushed(invoke(sys.argv[1:] if arguments is None else arguments)))


def invoke(arguments: list[str]) -> int:
    """Run one command line and return its exit code; errors are one line on stderr, and so is a stop.

    A reader that has what it wanted and goes, as `head` does, is no error.
    """
    out, errors = sys.stdout, sys.stderr
    try:
        from forecast.cli.application import answer

        code = answer(arguments)
    except KeyboardInterrupt as stop:
        code = stopped(stop)
    except BrokenPipeError:
        return 0
    finally:
        sys.stdout, sys.stderr = out, errors  # Typer wraps them once a pipe is broken
    if code in STOPPED:
        return fail(f"{STOPPED[code]}; nothing more was written", code)
    return code


def stopped(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a stop: the one that a signal asked for, else that of Ctrl-C."""
    return stop.args[0] if stop.args and stop.args[0] in STOPPED else EXIT_STOPPED


def fail(message: str, code: int) -> int:
    """Print an error as one line on stderr and return its exit code."""
    from forecast.cli.streams import visible

    print(f"forecast: {visible(message.strip())}", file=sys.stderr)
    return code


def _flushed(code: int) -> int:
    """Write out what is still held back, which Python would do at its end, and return the exit code after it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again, and complains
        if not (code or isinstance(error, BrokenPipeError)):  # who has failed already has said so
            from forecast.cli.application import told
            from forecast.cli.streams import OUTPUT

            error.filename = OUTPUT
            return fail(told(error), EXIT_INPUT)
    return code
