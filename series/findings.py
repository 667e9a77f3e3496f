"""Findings: everything that is wrong with a set of files, told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from series.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One defect: what kind, in which file, on which line (0: the file as a whole), and what to do."""

    file: str
    line: int
    kind: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


UNREAD = ("missing file", "encoding", "header", "quotes")
"""Kinds of findings after which a file is not known, or only its beginning: what refers to it cannot be checked."""
SHOWN = 12


class DefectsError(InputError):
    """Files that cannot be used; `findings` holds every reason, `brief` is one line with the first of them."""

    def __init__(self, what: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        count = len(self.findings)
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        head = f"{what} has {count} defect{'s' if count > 1 else ''}"
        more = f"; and {count - SHOWN:,} more" if count > SHOWN else ""
        self.brief = f"{head}; correct what is named here: {'; '.join(map(str, self.findings[:SHOWN]))}{more}"
        super().__init__(f"{head}; correct the rows named here:\n{lines}")
