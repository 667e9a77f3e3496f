"""What can go wrong between evidence and series."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class SeriesError(Exception):
    """Root of everything this layer raises; the message is one line made for the user."""


class InputError(SeriesError):
    """The user's input is wrong: says what was given, what was wanted, and the next step."""


class ReasonsError(InputError):
    """Several things are wrong with one value: `reasons` has each, and the message all of them."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


class EvidenceError(SeriesError):
    """The evidence refuses: it conflicts, or there is not enough of it."""


class LockedError(SeriesError):
    """Another run holds the lock; the same call may go through later."""


def near(name: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the known name nearest to `name`, or an empty string."""
    some = sorted(known)
    same = [one for one in some if one.lower() == name.lower()]
    match = same or difflib.get_close_matches(name, some, n=1, cutoff=0.5)
    return f" Did you mean '{match[0]}'?" if match else ""
