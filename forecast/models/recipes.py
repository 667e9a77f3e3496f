"""Recipes: what the combination is made of, by whether the data has seasons.

Members go by name: "theta" on the scale of the values' support (logarithms of amounts), "plain theta" on the values as
they stand. What was tried and what it gave stands in docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is asked, and what each answer is for.

    Attributes:
        own: models asked on the scale of the support.
        plain: models asked on the values as they stand.
        between: two members between which each member of the centre is held before their mean is the centre; where
            there are none, the centre is the median of its members.
        centre: members that make the centre.
        compared: members whose disagreement tells how uncertain a window is.
        tilted: members towards which the atlas may tilt the centre.
    """

    own: tuple[str, ...]
    plain: tuple[str, ...]
    between: tuple[str, ...]
    centre: tuple[str, ...]
    compared: tuple[str, ...]
    tilted: tuple[str, ...]


ANNUAL = Recipe(
    own=("drift", "theta", "ets"),
    plain=("naive", "drift", "theta"),
    between=("drift", "plain drift"),
    centre=("plain naive", "plain theta", "ets"),
    compared=("plain naive", "drift", "plain drift", "theta", "plain theta", "ets"),
    tilted=(),
)
SEASONAL = Recipe(
    own=("drift", "theta", "ets"),
    plain=("naive", "drift", "theta", "steady ets"),
    between=(),
    centre=("plain theta", "ets", "plain steady ets"),
    compared=("theta", "plain theta", "ets", "plain steady ets"),
    tilted=("plain naive", "drift", "plain drift", "theta", "plain theta", "ets", "plain steady ets"),
)


def recipe(season: int) -> Recipe:
    """Return the recipe for data with that many steps in a year."""
    return ANNUAL if season == 1 else SEASONAL
