"""The resolver: what all statements together allow for every cell, and which of them cannot all be true."""

from __future__ import annotations

from series.resolver.bounds import Bounds
from series.resolver.conflicts import Limits
from series.resolver.explanations import Explanation
from series.resolver.findings import Finding
from series.resolver.resolution import Resolution, resolve

__all__ = ["Bounds", "Explanation", "Finding", "Limits", "Resolution", "resolve"]
