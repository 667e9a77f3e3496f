"""Answers: what a reviewer has said of each candidate so far, kept so that a review can be taken up again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from series.extract import Candidate
from series.files import real, replace_file

WORDS = ("accept", "reject", "skip")


@dataclass(slots=True)
class Answers:
    """Answers by candidate, in a file that is written anew after each; `changes` go with an accepted candidate."""

    path: Path
    given: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def opened(cls, folder: Path, text: str, source: str, ledger: Path) -> Answers:
        """Return the answers given before for this text, source and ledger; a damaged file counts as none."""
        name = hashlib.sha256(f"{source}\n{real(ledger)}\n{text}".encode("utf-8", "replace")).hexdigest()
        answers = cls(folder / f"{name[:24]}.json")
        try:
            content = json.loads(answers.path.read_text("utf-8"))
        except (OSError, ValueError):
            return answers
        if isinstance(content, dict):
            answers.given = {
                key: one for key, one in content.items() if isinstance(one, dict) and one.get("answer") in WORDS
            }
        return answers

    def of(self, candidate: Candidate) -> dict[str, Any] | None:
        """Return the answer given for a candidate, if one was."""
        return self.given.get(_name(candidate))

    def give(self, candidate: Candidate, answer: str, changes: list[str] | None = None) -> None:
        """Keep an answer."""
        self.given[_name(candidate)] = {"answer": answer, "changes": changes or []}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(self.given, ensure_ascii=False, indent=1, sort_keys=True)
        replace_file(self.path, lambda beside: _fill(beside, content))

    def forget(self) -> None:
        """Drop the file: the review has been written."""
        self.path.unlink(missing_ok=True)


def _name(candidate: Candidate) -> str:
    start, end = candidate.span
    return f"{start}-{end} {candidate.understood}"


def _fill(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
