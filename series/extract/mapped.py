"""Text that remembers where each of its characters stood in the original."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text derived from an original: character `i` stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def whole(cls, original: str) -> Mapped:
        """Return the original mapped onto itself."""
        return cls(original, array("l", range(len(original))), array("l", range(1, len(original) + 1)))

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> Mapped:
        """Replace each ``text[start:end]`` by a text of any length; edits come in order and do not overlap.

        Every character of a replacement stands for the whole of what it replaces.
        """
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for start, end, replacement in edits:
            pieces.append(self.text[at:start])
            starts.extend(self.starts[at:start])
            ends.extend(self.ends[at:start])
            if replacement:
                pieces.append(replacement)
                starts.extend([self.starts[start]] * len(replacement))
                ends.extend([self.ends[end - 1]] * len(replacement))
            at = end
        if not at:
            return self
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return Mapped("".join(pieces), starts, ends)

    def translate(self, table: dict[int, int]) -> Mapped:
        """Replace characters one for one."""
        return Mapped(self.text.translate(table), self.starts, self.ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` (not empty) stood in the original."""
        return self.starts[start], self.ends[end - 1]
