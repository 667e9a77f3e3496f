"""Evidence to series: cited statements, the catalog of subjects, and the series they imply."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from series.shelf import SeriesEntry, listing, show

__all__ = ["SeriesEntry", "listing", "show"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from series import shelf

        return getattr(shelf, name)
    raise AttributeError(f"module 'series' has no attribute '{name}'")
