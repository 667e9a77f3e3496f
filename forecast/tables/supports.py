"""Supports: what the values of a series can be: as declared, as its id says, or as they look."""

from __future__ import annotations

import math
import re

SUPPORTS = ("real", "positive", "power", "share", "percent")
LIMITS = {"share": 1.0, "percent": 100.0}
"""The highest value, where there is one."""
BOUNDS = {
    (-math.inf, math.inf): "real",
    (0.0, math.inf): "positive",
    (0.0, 1.0): "share",
    (0.0, 100.0): "percent",
}
PROMISED = {"share": r"(?i)\.share$", "positive": r"(?i)\.(usd|cny)$"}
"""How ids written as the ledger's end, area.scope.measure.usd: they bind the values."""
HINTED = {"share": r"(?i)(^|_)share$", "positive": r"(?i)(^|_)(usd|cny)$"}
"""How other ids end that mean the same, if the values can be it."""


def bounded(lower: str, upper: str) -> str:
    """Return the support that bounds ask for: 0 and none, 0 and 1, 0 and 100, or none; others as "lower..upper"."""
    if not lower and not upper:
        return ""
    try:
        pair = (float(lower or "-inf"), float(upper or "inf"))
    except ValueError:
        return f"{lower}..{upper}"
    return BOUNDS.get(pair, f"{lower}..{upper}")


def promised(own: str) -> str:
    """Return the support that an id promises, nothing where it is not written as the ledger's are."""
    return next((support for support, ending in PROMISED.items() if re.search(ending, own)), "")


def supposed(own: str, low: float, high: float) -> tuple[str, bool]:
    """Return what undeclared values from `low` to `high` of a series can be, and whether that is sure."""
    if found := promised(own):
        return found, True
    for support, ending in HINTED.items():
        if low >= 0 and high <= LIMITS.get(support, math.inf) and re.search(ending, own):
            return support, True
    return ("positive" if low > 0 else "real"), low < 0


def described(support: str) -> str:
    """Say what a value is that has this support."""
    return f"a share within 0..{LIMITS[support]:g}" if support in LIMITS else "an amount of zero or more"


def advice(own: str, support: str, *, declared: bool) -> str:
    """Say why a series has this support, and what to do where values are outside."""
    if declared:
        return f"Series {own} is declared {support}; mend the values, or declare another support"
    end = own.rpartition(".")[2]
    others = "percent or real" if support == "share" else "real"
    return (
        f"An id that ends in .{end} promises {described(support)}; where that is wrong, say {others} in a column "
        f"support, or write the id without .{end}"
    )
