"""Generated blocks of the documents: commands, exit codes and models, so that they cannot drift from the code.

`python -m forecast.cli.documentation` rewrites them in place; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (
    "README.md",
    "docs/architecture.md",
    "docs/method.md",
    "docs/nowcast.md",
    "docs/claims.md",
    "docs/panels.md",
    "docs/extraction.md",
)
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def commands() -> str:
    """Return one line a command with its help."""
    lines = [f"| `{path}` | {_first(command.help)} |" for path, command in leaves()]
    return "\n".join(["| command | what it does |", "|---|---|", *lines])


def exit_codes() -> str:
    """Return one line an exit code."""
    from forecast.cli import EXIT_CODES

    return "\n".join(
        ["| code | meaning |", "|---|---|", *(f"| {code} | {text} |" for code, text in EXIT_CODES.items())]
    )


def models() -> str:
    """Return one line a model: its name and the first sentence of its file."""
    from forecast.models import TABLE, find

    lines = [f"| `{name}` | {_first(find(name, 'batch').__doc__)} |" for name in TABLE]
    return "\n".join(["| model | what it is |", "|---|---|", *lines])


def speed() -> str:
    """Return the tables of the speed benchmark that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("speed")


def scale() -> str:
    """Return the tables of the scale benchmark that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("scale")


def accuracy() -> str:
    """Return the tables of the accuracy benchmark that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("accuracy")


def growth() -> str:
    """Return the tables of the growth benchmark that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("growth")


def signed() -> str:
    """Return the table of the benchmark on signed data that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("signed")


def nowcasts() -> str:
    """Return the track record of nowcasts that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("nowcasts")


def claims_record() -> str:
    """Return the track record of claims that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("claims", "Record")


def claims_pooling() -> str:
    """Return what was measured last of the views that the court pools."""
    from forecast.bench.records import recorded

    return recorded("pooling")


def claims_verdicts() -> str:
    """Return the verdict on every claim that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("claims", "Verdicts")


def nowcast_totals() -> str:
    """Return the part of the track record of nowcasts on national totals."""
    from forecast.bench.records import recorded

    return recorded("nowcasts", "National")


def extraction() -> str:
    """Return how well press texts were read when that was recorded last."""
    from forecast.bench.records import recorded

    return recorded("extract")


BLOCKS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "exit_codes": exit_codes,
    "models": models,
    "speed": speed,
    "scale": scale,
    "accuracy": accuracy,
    "growth": growth,
    "signed": signed,
    "nowcasts": nowcasts,
    "nowcast_totals": nowcast_totals,
    "claims_record": claims_record,
    "claims_pooling": claims_pooling,
    "claims_verdicts": claims_verdicts,
    "extraction": extraction,
}


def leaves() -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with the words that call it."""
    from forecast.cli import COMMANDS, load

    for name in COMMANDS:
        yield from _walk(f"forecast {name}", load(name))


def refreshed(text: str) -> str:
    """Return `text` with every generated block made anew."""
    return _BLOCK.sub(lambda match: f"{match[1]}{BLOCKS[match[2]]()}\n{match[3]}", text)


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if not inner:
        yield path, command
        return
    for name, child in inner.items():
        yield from _walk(f"{path} {name}", child)


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n", maxsplit=1)[0].split())


if __name__ == "__main__":
    for name in DOCUMENTS:
        document = ROOT / name
        document.write_text(refreshed(document.read_text(encoding="utf-8")), encoding="utf-8")
