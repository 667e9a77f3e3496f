"""What can go wrong between series and forecasts.

The tree continues the one of the series layer, so that a command needs to know two roots only.
"""

from __future__ import annotations

from collections.abc import Sequence

from series.errors import EvidenceError, InputError, LockedError, SeriesError, near

__all__ = ["EvidenceError", "InputError", "LockedError", "PartialError", "SeriesError", "named", "near"]


def named(names: Sequence[str], most: int = 3, count: int | None = None) -> str:
    """Return the first of some names, and how many more there are, of so many in all if these are not all."""
    more = (len(names) if count is None else count) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


class PartialError(SeriesError):
    """Some of many failed; the rest is written."""
