"""Trouble: what went wrong with some of several jobs, told once at the end and with the right exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from forecast.errors import LockedError, PartialError, SeriesError
from series.findings import DefectsError


class Trouble:
    """Collects what went wrong, so that one job does not keep the others from being made."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.errors: dict[str, SeriesError | OSError] = {}

    @contextmanager
    def of(self, job: str) -> Iterator[None]:
        """Note an error of `job` and go on."""
        try:
            yield
        except (SeriesError, OSError) as error:
            self.errors.setdefault(job, error)

    def told(self, done: bool) -> None:
        """Raise what went wrong, if anything did; `done` says that something was made all the same.

        Raises:
            LockedError: if jobs were only locked by another process.
            PartialError: if some of it was done, or several jobs failed.
            SeriesError, OSError: the error of the only job there was.
        """
        errors = list(self.errors.values())
        if errors and not self.failures and all(isinstance(error, LockedError) for error in errors):
            raise errors[0]
        if len(errors) == 1 and not (done or self.failures):
            raise errors[0]
        if errors or self.failures:
            lines = [*(f"{job}: {line_of(error)}" for job, error in self.errors.items()), *self.failures]
            raise PartialError("; ".join(dict.fromkeys(lines)))


def line_of(error: SeriesError | OSError) -> str:
    """Return an error as one line: the first of many defects, and how many more there are."""
    if isinstance(error, DefectsError):
        return error.brief
    if isinstance(error, OSError):
        return f"{error.filename or 'the archive'}: {error.strerror or error}"
    return "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
