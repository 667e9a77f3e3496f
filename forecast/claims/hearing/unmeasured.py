"""Unmeasured: claims without a figure that a series could have: a rank, a count of people, one part beside another."""

from __future__ import annotations

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.heard import Heard
from forecast.claims.hearing.naming import COUNTS
from forecast.claims.hearing.patterns import compiled

RANKED = "the same figure for every country or city that is ranked, on one definition; the ledger has China's"
LARGER = "the share or the growth of one of the two: which of them comes first is not judged"


def without_figure(clues: Clues) -> list[Heard]:
    """Return the claim of a sentence that has no figure for the court, or nothing where none is made."""
    words, end = compiled(), next((when.period for when in clues.whens if when.role == "end"), None)
    compared = words.compared_parts.search(clues.lower)
    if compared:
        return [Heard("comparison", compared.group(), end=end, missing=(LARGER,))]
    ranked = words.ranking.search(clues.lower)
    if ranked:
        return [Heard("ranking", ranked.group(), end=end, beyond=(RANKED,))]
    counted = words.counted.search(clues.lower)
    return [Heard("level", counted.group(), end=end, beyond=(COUNTS,))] if counted else []
