"""Reasons: what a verdict rests on, as the key of a message and the figures that it names; the words come last."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

Named = str | int | tuple[str, ...] | Mapping[str, str]
"""A number as it was printed, a count, a day, a period, an id; several ids; or words in each language."""
_BETWEEN = {"subjects": " or "}


@functools.cache
def messages() -> Mapping[str, str]:
    """Return the English sentence of every reason by its key, the slots still open."""
    return tomllib.loads(resources.files("forecast.claims").joinpath("reasons.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. As text it is an English sentence; documents hold its key and figures too, for other words."""

    key: str
    figures: Mapping[str, Named]

    def __str__(self) -> str:
        return messages()[self.key].format(**{name: _plain(name, value) for name, value in self.figures.items()})

    def document(self) -> dict[str, Any]:
        """Return the reason as a JSON object."""
        figures = {name: list(one) if isinstance(one, tuple) else one for name, one in self.figures.items()}
        return {"key": self.key, "figures": figures}


def because(key: str, **figures: Named) -> Reason:
    """Return the reason `key` with the figures that it names."""
    return Reason(key, figures)


def told(reasons: Iterable[Reason]) -> dict[str, list[Any]]:
    """Return reasons as a verdict has them: as sentences, and as the grounds that these are made from."""
    every = list(reasons)
    return {"reasons": [str(one) for one in every], "grounds": [one.document() for one in every]}


def _plain(name: str, value: Named) -> str:
    if isinstance(value, tuple):
        return _BETWEEN.get(name, ", ").join(value)
    return value["en"] if isinstance(value, Mapping) else str(value)
