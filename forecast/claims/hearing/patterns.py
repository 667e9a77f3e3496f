"""Patterns: the words of claims as compiled expressions, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Patterns:
    """One expression a kind of word; `multiples` pairs words with the ratio that they are."""

    average: re.Pattern[str]
    single_years: re.Pattern[str]
    meant: re.Pattern[str]
    nearly: re.Pattern[str]
    growth: re.Pattern[str]
    falling: re.Pattern[str]
    reaching: re.Pattern[str]
    at_least: re.Pattern[str]
    at_most: re.Pattern[str]
    falling_to: re.Pattern[str]
    up_to: re.Pattern[str]
    by_amount: re.Pattern[str]
    difference: re.Pattern[str]
    not_over: re.Pattern[str]
    denial: re.Pattern[str]
    disbelief: re.Pattern[str]
    denied_after: re.Pattern[str]
    yearly: re.Pattern[str]
    cumulative: re.Pattern[str]
    ranking: re.Pattern[str]
    foretelling: re.Pattern[str]
    condition: re.Pattern[str]
    concession: re.Pattern[str]
    cause: re.Pattern[str]
    reckoned: re.Pattern[str]
    ground: re.Pattern[str]
    including: re.Pattern[str]
    sector: re.Pattern[str]
    before_outsourcing: re.Pattern[str]
    increase_worded: re.Pattern[str]
    ratio_worded: re.Pattern[str]
    base_before: re.Pattern[str]
    base_after: re.Pattern[str]
    from_before: re.Pattern[str]
    leading_to: re.Pattern[str]
    averaged: re.Pattern[str]
    averaged_years: re.Pattern[str]
    stepped: re.Pattern[str]
    per_head: re.Pattern[str]
    real: re.Pattern[str]
    excluding: re.Pattern[str]
    counted: re.Pattern[str]
    compared_parts: re.Pattern[str]
    matter: re.Pattern[str]
    size: re.Pattern[str]
    joint: re.Pattern[str]
    leans: re.Pattern[str]
    verb: re.Pattern[str]
    speaks: re.Pattern[str]
    multiples: tuple[tuple[str, re.Pattern[str]], ...]
    durations: tuple[tuple[str, re.Pattern[str]], ...]

    @property
    def every(self) -> tuple[re.Pattern[str], ...]:
        """The words that say how something is claimed, whatever it is of."""
        return (
            self.average, self.growth, self.reaching, self.foretelling, self.increase_worded, self.ratio_worded,
            self.not_over, self.denial, self.yearly, self.cumulative,
        )  # fmt: skip


@cache
def compiled() -> Patterns:
    """Return the compiled words."""
    table: dict[str, Any] = tomllib.loads(files("forecast.claims.hearing").joinpath("words.toml").read_text("utf-8"))
    period = table["period"]
    return Patterns(
        **{field.name: _any(table[field.name]) for field in fields(Patterns) if field.name in table},
        base_before=re.compile(f"(?:{'|'.join(period['base_before'])})\\s*(?:the |its |their )?(?:year )?$"),
        base_after=re.compile(f"(?:{'|'.join(period['base_after'])})"),
        from_before=re.compile(f"(?:{'|'.join(period['from_before'])})[^,;。]{{0,16}}$"),
        leading_to=re.compile(f"(?:{'|'.join(period['leading_to'])})\\s*(?:the )?(?:end of )?(?:fiscal )?(?:year )?$"),
        multiples=tuple((ratio, _any(words)) for ratio, words in table["multiple"].items()),
        durations=tuple((kind, re.compile(word)) for kind, words in table["duration"].items() for word in words),
    )


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))
