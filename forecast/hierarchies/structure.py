"""Structure: which series are sums of which others, declared or read off ids like country/city/type."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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

    def by_name(self) -> tuple[Hierarchy, Ints]:
        """Return it with wholes and bottom series in the order of their names, and which [N] of this one each is."""
        wholes, bottom = (np.array(sorted(range(len(one)), key=one.__getitem__)) for one in (self.wholes, self.bottom))
        places = np.argsort(bottom)
        found = Hierarchy(
            tuple(self.wholes[whole] for whole in wholes),
            tuple(self.bottom[place] for place in bottom),
            tuple(np.sort(places[self.members[whole]]) for whole in wholes),
            tuple(self.levels[whole] for whole in wholes),
        )
        return found, np.concatenate([wholes, len(self.wholes) + bottom])

    def only(self, bottom: Sequence[str]) -> Hierarchy:
        """Return the hierarchy of some of the bottom series; wholes with less than two of them are left out."""
        chosen = set(bottom)
        found = {whole: dict.fromkeys(part for part in parts if part in chosen) for whole, parts in self.parts()}
        return _made(found, tuple(bottom), dict(zip(self.wholes, self.levels, strict=True)))


def find_structure(names: Sequence[str], keys: Sequence[str] = (), declared: str | None = None) -> Hierarchy:
    """Return the hierarchy of some series.

    Declared sums are written `whole=part+part;whole=part+part`. Without them ids of several parts, country/city/type,
    make a whole of every beginning they share, and one of all, however deep each id goes. An id that others begin with
    is their whole itself, with or without empty or "total" ends: CN, CN/ and CN/total stand for the same. So an id that
    is called "total" is the whole of all.

    Raises:
        InputError: if a declared sum is not one, two ids stand for the same, or there is nothing to add up.
    """
    return _read_off(names, keys) if declared is None else _declared(names, declared)


def _read_off(names: Sequence[str], keys: Sequence[str]) -> Hierarchy:
    paths = {name: _path(name) for name in names}
    own: dict[tuple[str, ...], str] = {}
    for name, path in paths.items():
        if path in own:
            raise InputError(f"series '{own[path]}' and '{name}' stand for the same whole; leave one of them out")
        own[path] = name
    beginnings = {path[:size] for path in own for size in range(len(path))}
    bottom = [name for name, path in paths.items() if path not in beginnings]
    deepest = max((name.count(JOINT) + 1 for name in names), default=0)
    found: dict[str, dict[str, None]] = {}
    levels = {}
    for size in range(deepest):
        level = (" / ".join(keys[:size]) if len(keys) == deepest else f"level {size}") if size else WHOLE
        for name in bottom:
            path = paths[name][:size]
            if len(paths[name]) > size:
                whole = own.get(path, JOINT.join(path) if path else WHOLE)
                found.setdefault(whole, {})[name] = None
                levels[whole] = level
    return _made(found, tuple(bottom), levels, names)


def _path(name: str) -> tuple[str, ...]:
    parts = [part.strip() for part in name.split(JOINT)]
    while parts and (not parts[-1] or parts[-1].lower() in TOTALS):
        parts.pop()
    return tuple(parts)


def _declared(names: Sequence[str], text: str) -> Hierarchy:
    given: dict[str, list[str]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        whole, _, members = (piece.strip() for piece in part.partition("="))
        parts = [name.strip() for name in members.split("+") if name.strip()]
        if not whole or len(parts) < 2:
            raise InputError(f"'{part}' is no sum; write whole=part+part, several with ; between them")
        if whole in given:
            raise InputError(f"'{whole}' is declared twice; write one sum for it, or give the second another name")
        given[whole] = parts
    known = {*names, *given}
    for member in (member for members in given.values() for member in members):
        if member not in known:
            raise InputError(f"series '{member}' of the declared sums is not in the data.{near(member, known)}")
    found = {}
    for whole in given:
        leaves = _leaves(whole, given, ())
        found[whole] = dict.fromkeys(leaves)
        if len(found[whole]) < len(leaves):
            twice = next(leaf for leaf in leaves if leaves.count(leaf) > 1)
            raise InputError(f"'{twice}' is counted twice in '{whole}'; name each part once, itself or within another")
    bottom = tuple(name for name in names if name not in given and any(name in parts for parts in found.values()))
    return _made(found, bottom, dict.fromkeys(found, "declared"), names)


def _leaves(whole: str, given: Mapping[str, Sequence[str]], above: tuple[str, ...]) -> list[str]:
    if whole in above:
        raise InputError(f"'{whole}' is declared to be a part of itself; mend the sums")
    if whole not in given:
        return [whole]
    return [leaf for member in given[whole] for leaf in _leaves(member, given, (*above, whole))]


def _made(
    found: Mapping[str, Mapping[str, None]],
    bottom: tuple[str, ...],
    levels: Mapping[str, str],
    given: Collection[str] = (),
) -> Hierarchy:
    """Order the wholes by size; of those not `given`, leave out which have one part or are equal to another."""
    places, own = {name: place for place, name in enumerate(bottom)}, set(given)
    kept: dict[str, Ints] = {}
    seen: set[frozenset[int]] = set()
    for whole, parts in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0] not in own)):
        members = sorted(places[part] for part in parts if part in places)
        if members and (whole in own or (len(members) > 1 and frozenset(members) not in seen)):
            seen.add(frozenset(members))
            kept[whole] = np.array(members, dtype=np.int64)
    if not kept:
        raise InputError("there is nothing to add up; give two series or more, or declare sums: whole=part+part")
    return Hierarchy(tuple(kept), bottom, tuple(kept.values()), tuple(levels[whole] for whole in kept))
