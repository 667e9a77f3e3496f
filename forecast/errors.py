"""What can go wrong between series and forecasts.

The tree continues the one of the series layer, so that a command needs to know two roots only.
"""

from __future__ import annotations

from collections.abc import Sequence

from series.errors import EvidenceError, InputError, LockedError, SeriesError, near

__all__ = ["EvidenceError", "InputError", "LockedError", "PartialError", "SeriesError", "named", "near"]


def named(names: Sequence[str], most: int = 3) -> str:
    """Return the first of some names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


class PartialError(SeriesError):
    """Some of many failed; the rest is written."""
