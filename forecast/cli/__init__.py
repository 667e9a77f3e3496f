"""The command `forecast`: the composition root, where clock, environment, randomness and paths enter."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from forecast.cli.trouble import line_of
from series.errors import EvidenceError, InputError, LockedError, SeriesError

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
EXIT_INPUT, EXIT_PARTIAL, EXIT_EVIDENCE, EXIT_LOCKED = 2, 3, 4, 75
EXIT_CODES = {
    0: "done",
    EXIT_INPUT: "the input is wrong: what was given, what was wanted, the next step",
    EXIT_PARTIAL: "some of many failed, the rest is written",
    EXIT_EVIDENCE: "the evidence refuses: a conflict, or not enough of it",
    EXIT_LOCKED: "locked by another run, try later",
}


class LazyGroup(TyperGroup):
    """A group that lists its commands from the table and imports one only when it is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Swap the listed placeholder for the command itself."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command if name is None else load(name), rest


def load(name: str) -> Any:
    """Import the command called `name` and return it ready to be invoked."""
    module = importlib.import_module(COMMANDS[name][0])
    command = typer.main.get_command(module.app)
    command.name = name
    return command


def application() -> typer.Typer:
    """Return the `forecast` application with one placeholder a command."""
    app = typer.Typer(
        cls=LazyGroup,
        name="forecast",
        help="From press-release figures to sourced series, honest forecasts and checked claims.",
        epilog="Example: forecast series show cn.offshore.execution.usd --json",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True)
    def root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
        if version:
            from importlib.metadata import version as installed

            typer.echo(installed("outsourcing-forecast"))
            raise typer.Exit

    for name, (_, title) in COMMANDS.items():
        app.command(name, help=title)(_placeholder)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code of `EXIT_CODES`."""
    sys.exit(invoke(sys.argv[1:] if arguments is None else arguments))


def invoke(arguments: list[str]) -> int:
    """Run one command line and return its exit code; errors are one line on stderr."""
    try:
        command = typer.main.get_command(application())
        result = command(args=arguments or ["--help"], prog_name="forecast", standalone_mode=False)
    except typer.TyperException as error:
        return _fail(error.format_message(), error.exit_code)
    except typer.Abort:
        return _fail("stopped by the user; nothing more was written", 130)
    except BrokenPipeError:
        sys.stdout = None  # the reader has gone: nothing is left to flush to
        return 0
    except SeriesError as error:
        return _fail(line_of(error), _code(error))
    except OSError as error:
        return _fail(_system(error), EXIT_INPUT)
    return result if isinstance(result, int) else 0


def _placeholder() -> None:
    """Stand in the table of commands until the real one is resolved."""


def _code(error: SeriesError) -> int:
    if isinstance(error, InputError):
        return EXIT_INPUT
    if isinstance(error, EvidenceError):
        return EXIT_EVIDENCE
    return EXIT_LOCKED if isinstance(error, LockedError) else EXIT_PARTIAL


def _system(error: OSError) -> str:
    where = f" {error.filename}" if error.filename else ""
    return f"cannot use{where}: {error.strerror or error}; check the path, its permissions and the space left"


def _fail(message: str, code: int) -> int:
    print(f"forecast: {message.strip()}", file=sys.stderr)
    return code
