"""The resolver: what all statements together allow for every cell, and which of them cannot all be true.

Names are imported when they are first used, so that answers kept from an earlier run need no solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from series.resolver.bounds import Bounds
    from series.resolver.conflicts import Limits
    from series.resolver.explanations import Explanation
    from series.resolver.findings import Finding
    from series.resolver.resolution import Resolution, resolve

__all__ = ["Bounds", "Explanation", "Finding", "Limits", "Resolution", "resolve"]
_HOMES = {
    "Bounds": "bounds",
    "Explanation": "explanations",
    "Finding": "findings",
    "Limits": "conflicts",
    "Resolution": "resolution",
    "resolve": "resolution",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"series.resolver.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'series.resolver' has no attribute '{name}'")
