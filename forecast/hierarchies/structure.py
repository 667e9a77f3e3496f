"""Structure: which series are sums of which others, declared or read off ids like country/city/type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from forecast.errors import InputError, near
from forecast.hierarchies.projection import Sparse
from forecast.tables.columns import JOINT
from forecast.windows import Ints

TOTALS = ("total", "all", "sum", "world", "合计", "总计", "全部")
WHOLE = "total"


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """Wholes and the bottom series that they are sums of.

    Attributes:
        wholes: K names, the widest first.
        bottom: M names.
        members: for each whole, which bottom series are part of it, ascending.
        levels: K names of the level that each whole stands on.
    """

    wholes: tuple[str, ...]
    bottom: tuple[str, ...]
    members: tuple[Ints, ...]
    levels: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All N = K + M series, wholes first."""
        return (*self.wholes, *self.bottom)

    @property
    def sums(self) -> Sparse:
        """[K, M] sparse by columns: one where a bottom series is part of a whole, else zero."""
        sizes = [len(one) for one in self.members]
        places = np.concatenate(self.members), np.cumsum([0, *sizes])
        return sparse.csr_matrix((np.ones(sum(sizes)), *places), (len(sizes), len(self.bottom))).tocsc()

    def parts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every whole with the bottom series that it is the sum of."""
        for whole, members in zip(self.wholes, self.members, strict=True):
            yield whole, tuple(self.bottom[place] for place in members)

    def only(self, bottom: Sequence[str]) -> Hierarchy:
        """Return the hierarchy of some of the bottom series; wholes with less than two of them are left out."""
        chosen = set(bottom)
        found = {whole: dict.fromkeys(part for part in parts if part in chosen) for whole, parts in self.parts()}
        return _made(found, tuple(bottom), dict(zip(self.wholes, self.levels, strict=True)))


def find_structure(names: Sequence[str], keys: Sequence[str] = (), declared: str | None = None) -> Hierarchy:
    """Return the hierarchy of some series.

    Declared sums are written `whole=part+part;whole=part+part`. Without them ids of several parts, country/city/type,
    make a whole of every beginning they share, and one of all; an id with empty or "total" ends is such a whole itself.
    Other series are parts of one whole, "total", unless one of them is called so.

    Raises:
        InputError: if a declared sum is not one, or there is nothing to add up.
    """
    if declared:
        return _declared(names, declared)
    depths = {name.count(JOINT) for name in names}
    if depths == {0} or len(depths) > 1:
        wholes = [name for name in names if name.lower() in TOTALS]
        whole = wholes[0] if wholes else WHOLE
        bottom = [name for name in names if name != whole]
        return _made({whole: dict.fromkeys(bottom)}, tuple(bottom), {whole: WHOLE})
    paths = {name: _path(name) for name in names}
    depth = depths.pop() + 1
    own = {path: name for name, path in paths.items() if len(path) < depth}
    bottom = [name for name, path in paths.items() if len(path) == depth]
    found: dict[str, dict[str, None]] = {}
    levels = {}
    for size in range(depth):
        for name in bottom:
            path = paths[name][:size]
            whole = own.get(path, JOINT.join(path) if path else WHOLE)
            found.setdefault(whole, {})[name] = None
            levels[whole] = (
                " / ".join(keys[:size]) if size and len(keys) == depth else WHOLE if not size else f"level {size}"
            )
    return _made(found, tuple(bottom), levels)


def _path(name: str) -> tuple[str, ...]:
    parts = [part.strip() for part in name.split(JOINT)]
    while parts and (not parts[-1] or parts[-1].lower() in TOTALS):
        parts.pop()
    return tuple(parts)


def _declared(names: Sequence[str], text: str) -> Hierarchy:
    given: dict[str, list[str]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        whole, equals, members = part.partition("=")
        given[whole.strip()] = [name.strip() for name in members.split("+") if name.strip()]
        if not equals or len(given[whole.strip()]) < 2:
            raise InputError(f"'{part}' is no sum; write whole=part+part, several with ; between them")
    known = {*names, *given}
    for member in (member for members in given.values() for member in members):
        if member not in known:
            raise InputError(f"series '{member}' of the declared sums is not in the data.{near(member, known)}")
    found = {whole: dict.fromkeys(_leaves(whole, given, ())) for whole in given}
    bottom = tuple(name for name in names if name not in given and any(name in parts for parts in found.values()))
    return _made(found, bottom, dict.fromkeys(found, "declared"))


def _leaves(whole: str, given: Mapping[str, Sequence[str]], above: tuple[str, ...]) -> list[str]:
    if whole in above:
        raise InputError(f"'{whole}' is declared to be a part of itself; mend the sums")
    if whole not in given:
        return [whole]
    return [leaf for member in given[whole] for leaf in _leaves(member, given, (*above, whole))]


def _made(found: Mapping[str, Mapping[str, None]], bottom: tuple[str, ...], levels: Mapping[str, str]) -> Hierarchy:
    """Order the wholes by size, and leave out those of one part and those equal to a wider one."""
    places = {name: place for place, name in enumerate(bottom)}
    kept: dict[str, Ints] = {}
    seen: set[frozenset[int]] = set()
    for whole, parts in sorted(found.items(), key=lambda pair: -len(pair[1])):
        members = sorted(places[part] for part in parts if part in places)
        if len(members) > 1 and frozenset(members) not in seen:
            seen.add(frozenset(members))
            kept[whole] = np.array(members, dtype=np.int64)
    if not kept:
        raise InputError("there is nothing to add up; give two series or more, or declare sums: whole=part+part")
    return Hierarchy(tuple(kept), bottom, tuple(kept.values()), tuple(levels[whole] for whole in kept))
