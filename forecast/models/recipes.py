"""Recipes: what the combination is made of, by whether the data has seasons and whether it is forecast as it stands.

Amounts above zero and shares are forecast on logarithms and logits. What may be below zero (balances, changes, rates of
growth) and amounts that often are zero have no such scale; they mostly go back and forth, where amounts grow.

Members go by name: "theta" on the scale of the values' support (logarithms of amounts), "plain theta" on the values as
they stand, "recent drift" and "plain recent drift" by the last two thirds of the values alone. What was tried and what
it gave stands in docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is asked, and what each answer is for.

    Attributes:
        own: models asked on the scale of the support.
        plain: models asked on the values as they stand.
        between: pairs of members; each member of the centre is held between either of every pair, and the mean of all
            that is the centre. Where there are none, the centre is the median of its members.
        centre: members that make the centre.
        compared: members whose disagreement tells how uncertain a window is.
        tilted: members towards which the atlas may tilt the centre.
    """

    own: tuple[str, ...]
    plain: tuple[str, ...]
    between: tuple[tuple[str, str], ...]
    centre: tuple[str, ...]
    compared: tuple[str, ...]
    tilted: tuple[str, ...]

    @property
    def central(self) -> tuple[str, ...]:
        """Every member that the centre is made of."""
        return (*(name for pair in self.between for name in pair), *self.centre)


ANNUAL = Recipe(
    own=("drift", "theta", "ets", "recent drift"),
    plain=("naive", "drift", "theta", "recent drift"),
    between=(("drift", "plain drift"), ("recent drift", "plain recent drift")),
    centre=("plain naive", "plain theta", "ets"),
    compared=("plain naive", "drift", "plain drift", "theta", "plain theta", "ets"),
    tilted=(),
)
QUARTERLY = Recipe(
    own=("drift", "theta", "ets"),
    plain=("naive", "drift", "steady ets", "faded theta"),
    between=(),
    centre=("plain faded theta", "ets", "plain steady ets"),
    compared=("theta", "plain faded theta", "ets", "plain steady ets"),
    tilted=("plain naive", "drift", "plain drift", "plain faded theta", "ets", "plain steady ets"),
)
MONTHLY = replace(
    QUARTERLY,
    own=(*QUARTERLY.own, "faded theta"),
    centre=("plain faded theta", "faded theta", "ets", "plain steady ets"),
)
PLAIN_ANNUAL = Recipe(
    own=("drift", "theta", "ets", "arima"),
    plain=("naive", "mean"),
    between=(),
    centre=("drift", "ets", "arima", "plain mean"),
    compared=("drift", "theta", "ets", "arima", "plain mean"),
    tilted=(),
)
PLAIN_SEASONAL = Recipe(
    own=("theta", "ets", "arima"),
    plain=("naive", "mean"),
    between=(),
    centre=("ets", "arima", "plain mean"),
    compared=("theta", "ets", "arima", "plain mean"),
    tilted=(),
)


def recipe(season: int, plain: bool = False) -> Recipe:
    """Return the recipe for data with that many steps in a year, on logarithms or logits or `plain`, as it stands."""
    if plain:
        return PLAIN_ANNUAL if season == 1 else PLAIN_SEASONAL
    return ANNUAL if season == 1 else QUARTERLY if season <= 4 else MONTHLY
