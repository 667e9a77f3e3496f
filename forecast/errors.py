"""What can go wrong between series and forecasts.

The tree continues the one of the series layer, so that a command needs to know two roots only.
"""

from __future__ import annotations

from series.errors import EvidenceError, InputError, LockedError, SeriesError, near

__all__ = ["EvidenceError", "InputError", "LockedError", "PartialError", "SeriesError", "near"]


class PartialError(SeriesError):
    """Some of many failed; the rest is written."""
