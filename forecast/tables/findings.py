"""Findings: what looks odd about series that were read, all at once; none of it stops a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.outliers import find_outliers
from forecast.windows import Windows, past_of
from series.observations import Series
from series.periods import Period

SHORTEST = 4
FULLEST = 0.5
"""Part of the periods from the first value to the last that must have one: below it the periods are taken for wrong."""
AS_MISSING = "a period without a value between others is taken as missing, not as zero"
"""What is assumed of gaps."""
ASSUMED = {
    "positive": "every value of {} is above zero: taken as positive, and so are its forecasts",
    "real": "no value of {} is below zero and some are zero: forecasts may be below; if values cannot be, "
    "say positive in a column support",
}
"""What is assumed of values of which nothing is said, by the support that they look like."""
NOTHING = "not one value"
"""What a series has whose every cell is empty."""
NAMED = 3
"""Periods of a gap that are named; the rest is counted."""
FORMULA = ("=", "+", "-", "@")
KINDS = {
    "unreadable": "a period or value that is none",
    "mixed frequency": "periods of several kinds in one series, or series of another frequency than the panel's",
    "duplicate": "a period that stands twice",
    "gap": "a period without a value between others",
    "out of bounds": "a value that the series cannot have",
    "too short": f"fewer than {SHORTEST} values",
    "constant": "all values equal",
    "outlier": "a value far off its neighbours",
    "formula": "an id that a spreadsheet would run as a formula",
}
REFUSED, PARTLY = "refused", "refused by a model"
"""A series that no model forecasts, and one that some model does not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed about one series: its kind (a key of `KINDS`) and a sentence."""

    kind: str
    series: str
    message: str


def inspect(series: Sequence[Series], empty: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return what looks odd about series: gaps, too short, constant, outliers, and ids like formulas.

    Of `empty` ones, that have no value at all, there is nothing but the ids.
    """
    found = [Finding("too short", name, NOTHING) for name in empty]
    for one in series:
        values = [seen.value for seen in one.known]
        missing = one.missing
        if missing:
            found.append(Finding("gap", one.id, without_value(missing[:NAMED], len(missing))))
        if len(values) < SHORTEST:
            found.append(Finding("too short", one.id, counted(len(values), missing=bool(missing))))
        elif min(values) == max(values):
            found.append(Finding("constant", one.id, f"all {len(values)} values are {values[0]:g}"))
        if formula_like(one.id):
            found.append(
                Finding("formula", one.id, "the id looks like a formula; CSV output puts an apostrophe before it")
            )
    pasts = Windows.of([past_of(one) for one in series]).values
    for row, column in np.argwhere(find_outliers(pasts)).tolist():
        period = series[row].known[-1].period.step(column - pasts.shape[1] + 1)
        message = f"{pasts[row, column]:g} in {period} is far off its neighbours"
        found.append(Finding("outlier", series[row].id, message))
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def counted(number: int, *, missing: bool) -> str:
    """Say how many observations there are; where none is missing between several, that they stand in a row."""
    return "1 observation" if number == 1 else f"{number} observations{'' if missing else ' in a row'}"


def without_value(first: Sequence[Period], count: int) -> str:
    """Say which periods have no value, given the first of so many."""
    named = [str(period) for period in first]
    if count > len(named):
        return f"no value for {', '.join(named)} and {count - len(named):,} more"
    return f"no value for {' and '.join([', '.join(named[:-1]), named[-1]] if named[1:] else named)}"


def sparse(count: int, first: Period, last: Period, apart: int) -> str:
    """Say why a series with so many values from a first period to a last one is too full of gaps; else nothing.

    Quarters or months that all stand more than one period `apart` are of a frequency that there is none for.
    """
    span = (last.start - first.start) // first.length + 1
    if apart > 1 and first.length < 12:
        return (
            f"its values stand {apart * first.length} months apart, and are neither monthly, quarterly nor annual; "
            "add them up to years"
        )
    if count >= FULLEST * span:
        return ""
    return (
        f"{count} of the {span:,} periods from {first} to {last} have a value, and half of them must; "
        "check how its periods are written, or begin after the gap"
    )


def formula_like(name: str) -> bool:
    """Whether a spreadsheet would run a cell with this text."""
    return name.lstrip().startswith(FORMULA) or name.startswith(("\t", "\r"))


def safe(name: str) -> str:
    """Return a text as a spreadsheet can open it: an apostrophe before what it would run as a formula."""
    return f"'{name}" if formula_like(name) else name
