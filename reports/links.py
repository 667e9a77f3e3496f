"""Links: where in a page the ids that figures carry have their place."""

from __future__ import annotations

from dataclasses import dataclass

from reports.page import Page, Table

WHOLE = "source:"
"""Stands before the id of a source where a figure or a row rests on the source itself."""


@dataclass(frozen=True, slots=True)
class Links:
    """Anchors by id, and the number of the source that each statement belongs to."""

    anchors: dict[str, str]
    numbers: dict[str, int]

    @classmethod
    def of(cls, page: Page) -> Links:
        """Collect the statements, the named rows and the sections of a page."""
        anchors: dict[str, str] = {}
        numbers: dict[str, int] = {}
        for reference in page.references:
            anchors[f"{WHOLE}{reference.id}"] = f"source-{anchor(reference.id)}"
            numbers[f"{WHOLE}{reference.id}"] = reference.number
            for entry in reference.entries:
                anchors[entry.id] = f"st-{anchor(entry.id)}"
                numbers[entry.id] = reference.number
        for section in page.sections:
            anchors.setdefault(section.id, section.id)
            for block in section.blocks:
                if isinstance(block, Table):
                    anchors |= {name: name for name in (block.id, *block.anchors) if name}
        return cls(anchors, numbers)

    def target(self, name: str) -> str | None:
        """Return the anchor that an id points to, or None where the page has none."""
        return self.anchors.get(name) or self.anchors.get(anchor(name))

    def number(self, name: str) -> int | None:
        """Return the number of the source of a statement, or None for anything else."""
        return self.numbers.get(name)


def anchor(name: str) -> str:
    """Return an id of ours as a name that a link can point to."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
