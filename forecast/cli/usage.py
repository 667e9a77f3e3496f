"""Usage: a command line that cannot be understood, told as one line with what was given and how it is written."""

from __future__ import annotations

from typing import Any

SUCH = {"year": 2020, "reach": 1000.0, "workers": 4, "origins": 8}
"""What options without a default may be, where the usual number would look odd."""


def told(error: Any) -> str:
    """Return what Typer found wrong, with the text that was given and the next step."""
    context = getattr(error, "ctx", None)
    if context is None:
        return f"{error.format_message()} The same command with --help shows how it is written"
    refused = getattr(error.__cause__, "errors", None)
    if refused is not None:
        first = refused()[0]
        return _untyped(error.param, first["input"], first["type"])
    example = (context.command.epilog or "").partition("Example: ")[2]
    if type(error).__name__ == "MissingParameter":
        what = "argument" if error.param.param_type_name == "argument" else "option"
        return f"the {what} {_named(error.param)} is missing; write it as in: {example}"
    said = error.format_message()
    end = "" if said.endswith("?") else "."
    if hasattr(context.command, "commands"):
        return f"{said.rstrip('.')}{end} `{context.command_path} --help` lists what there is"
    return f"{said.rstrip('.')}{end} Write it as in: {example}"


def _untyped(param: Any, given: object, kind: str) -> str:
    """Say that a text is no number of the kind that an option or argument takes."""
    whole = kind.startswith("int")
    such = param.default if isinstance(param.default, int | float) else SUCH.get(param.name, 3 if whole else 1.5)
    wanted = "a whole number" if whole else "a number"
    name = _named(param)
    return f"{name} '{given}' is not {wanted}; write one, as in {name} {such:g}"


def _named(param: Any) -> str:
    """Return the option with its dashes, or the argument as the help shows it."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper()).strip("[]{}.…")
    return str(max(param.opts, key=len))
