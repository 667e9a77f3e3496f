"""Identities: what adds up among the subjects of the ledger, as its catalog says: total = offshore + onshore."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import InputError
from series import catalog


def declared_sums(names: Sequence[str]) -> str | None:
    """Return the identities that hold among these subjects, as sums are declared; None where the ids are not ours.

    Amounts of several subjects count one thing twice unless the catalog says that they are parts of a whole, so nothing
    else is added up. Of two ways to split a whole the first is taken: by scope, then by type.

    Raises:
        InputError: if all are subjects, and no whole has all its parts among them.
    """
    known = catalog.load()
    if not names or not all(known.knows(name) for name in names):
        return None
    given = set(names)
    every = [one for one in known.sums(names) if given.issuperset(one.parts)]
    sums = {one.whole: one.parts for one in reversed(every)}
    widest = [one for one in every if not any(set(one.parts) < set(other.parts) for other in every)]
    kept = [whole for whole in sums if whole in given or any(one.whole == whole for one in widest)]
    if kept:
        return ";".join(f"{whole}={'+'.join(sums[whole])}" for whole in kept)
    said = f"nothing adds up among {', '.join(names[:4])}{', …' if len(names) > 4 else ''}"
    part = next((one for one in known.sums(names) if one.whole in given and given.intersection(one.parts)), None)
    if part is None:
        raise InputError(f"{said}, as far as the catalog says; declare what does with --sums WHOLE=A+B")
    missing = " and ".join(one for one in part.parts if one not in given)
    raise InputError(
        f"{said}: {part.whole} is {' + '.join(part.parts)}; give {missing} too, or declare what adds up with --sums"
    )
