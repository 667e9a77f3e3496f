"""The application: the table of commands as one `forecast`, and each error as one line with its exit code."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from forecast.cli import COMMANDS, EXIT_EVIDENCE, EXIT_INPUT, EXIT_LOCKED, EXIT_PARTIAL, fail, load, stopped, usage
from forecast.cli.trouble import line_of
from series.errors import EvidenceError, InputError, LockedError, SeriesError


class LazyGroup(TyperGroup):
    """A group that lists its commands from the table and imports one only when it is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Swap the listed placeholder for the command itself."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command if name is None else load(name), rest

    def invoke(self, ctx: Any) -> Any:
        """Return what the command returns, or the exit code of a stop: Typer knows that of Ctrl-C alone."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            return stopped(stop)


def application() -> typer.Typer:
    """Return the `forecast` application with one placeholder a command."""
    app = typer.Typer(
        cls=LazyGroup,
        name="forecast",
        help="From press-release figures to sourced series, honest forecasts and checked claims.",
        epilog="Example: forecast series show cn.offshore.execution.usd --json",
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


def answer(arguments: list[str]) -> int:
    """Run one command line and return its exit code; errors are one line on stderr.

    Raises:
        BrokenPipeError: if the reader of the output has gone.
    """
    try:
        command = typer.main.get_command(application())
        result = command(args=arguments or ["--help"], prog_name="forecast", standalone_mode=False)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # Typer has no public name for a group without a command
            typer.echo(error.format_message())
            return 0
        return fail(usage.told(error), error.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        raise
    except SystemExit as error:  # what Typer, and Rich, make of a reader that has gone
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from None
        raise
    except SeriesError as error:
        return fail(line_of(error), _code(error))
    except OSError as error:
        return fail(told(error), EXIT_INPUT)
    return result if isinstance(result, int) else 0


def told(error: OSError) -> str:
    """Return what the system refused, as a line for the user."""
    where = f"use {error.filename}" if error.filename else "write"
    return f"cannot {where}: {error.strerror or error}; check the path, its permissions and the space left"


def _placeholder() -> None:
    """Stand in the table of commands until the real one is resolved."""


def _code(error: SeriesError) -> int:
    if isinstance(error, InputError):
        return EXIT_INPUT
    if isinstance(error, EvidenceError):
        return EXIT_EVIDENCE
    return EXIT_LOCKED if isinstance(error, LockedError) else EXIT_PARTIAL
