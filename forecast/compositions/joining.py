"""Joining: shares of one whole among other series, forecast together from the newest period or from past origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.compositions import SHORTEST, Composition, compose, predict_all_parts, predict_parts
from forecast.errors import EvidenceError, InputError, named
from forecast.models.answers import merge
from forecast.models.refusals import NAMED
from forecast.panels import Panel
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Rolling
from series.observations import Series

TYPES = ("ito", "bpo", "kpo")
WHOLES = {"share": 1.0, "percent": 100.0}
ROUNDED = 0.01
"""How far shares of the user's own may be from their whole, as a part of it, and still be all of its parts."""


def groups(ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Return which of the ids are the ITO, BPO and KPO shares of one whole, by that whole."""
    rows = {name: row for row, name in enumerate(ids)}
    wholes = dict.fromkeys(
        name.removesuffix(f".{part}.share") for name in ids for part in TYPES if name.endswith(f".{part}.share")
    )
    found = {whole: tuple(rows.get(f"{whole}.{part}.share", -1) for part in TYPES) for whole in wholes}
    return {whole: members for whole, members in found.items() if min(members) >= 0}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a panel that are the parts of one whole, what it is called, and what the parts sum to if not by unit."""

    name: str
    members: tuple[int, ...]
    whole: float | None = None


def wholes(panel: Panel) -> list[Group]:
    """Return the parts of one whole in a panel: by their ids, and shares of the user's own that sum to it throughout.

    Those are all shares, or all percentages, whose ids begin alike (`CN/ITO`, `CN/BPO`) or have one part alone.
    """
    found = [Group(f"the shares of {name}", rows) for name, rows in groups([one.id for one in panel.series]).items()]
    taken = {row for one in found for row in one.members}
    alike: dict[tuple[str, float], list[int]] = {}
    for row, (one, support) in enumerate(zip(panel.series, panel.supports, strict=True)):
        if row not in taken and support in WHOLES and one.gaps == "missing":
            alike.setdefault((one.id.rpartition("/")[0], WHOLES[support]), []).append(row)
    for (_, whole), rows in alike.items():
        parts = [panel.series[row] for row in rows]
        if len(parts) > 1 and _fill(parts, whole):
            found.append(Group(f"the shares {named([one.id for one in parts], NAMED)}", tuple(rows), whole))
    return found


def _fill(parts: Sequence[Series], whole: float) -> bool:
    """Whether parts sum to their whole in every period that all of them have, but for rounding."""
    values = [{seen.period: seen.value for seen in one.known} for one in parts]
    common = set.intersection(*(set(one) for one in values))
    sums = (sum(one[period] for one in values) for period in common)
    return len(common) >= SHORTEST and all(abs(total - whole) <= ROUNDED * whole for total in sums)


def join(
    panel: Panel, answers: Mapping[str, Forecasts], horizon: int, levels: Floats, engine: str, seed: int
) -> tuple[dict[str, Forecasts], list[str]]:
    """Replace the answers for shares of one whole by joint ones that sum to it; say where that cannot be."""
    found, notes = dict(answers), []
    for group in wholes(panel):
        shares, members = group.name, group.members
        apart = f"{shares} are forecast apart and need not sum to one"
        try:
            composition = _together([panel.series[row] for row in members], group.whole)
        except (EvidenceError, InputError) as error:
            notes.append(f"{apart}: {error}")
            continue
        if composition.partial:
            without = named([str(period) for period in composition.partial])
            notes.append(f"{shares} are forecast together from the periods that all of them have, so without {without}")
        elif group.whole:
            notes.append(f"{shares} sum to {group.whole:g} in every period: forecast together, so that they still do")
        joint = predict_parts(list(answers), composition, horizon, levels, engine, seed)
        for name, alone in found.items():
            refusal = joint[name].refusals[0]
            if refusal and not all(alone.refusals[row] for row in members):
                notes.append(f"{apart} by {name}: {refusal}")
                continue
            found[name] = _with(alone, [(members, joint[name])], horizon, levels)
    return found, notes


def _with(
    alone: Forecasts, joint: Sequence[tuple[Sequence[int], Forecasts]], horizon: int, levels: Floats
) -> Forecasts:
    """Return the answers with joint ones in the places of some."""
    apart = np.ones(len(alone.quantiles), dtype=np.bool_)
    for places, _ in joint:
        apart[list(places)] = False
    rest = np.flatnonzero(apart)
    parts = [(np.array(places), answer) for places, answer in joint]
    return merge([(rest, alone.take(rest)), *parts], len(apart), horizon, levels)


def _together(parts: Sequence[Series], whole: float | None) -> Composition:
    found = compose(parts, whole)
    if {one.known[-1].period for one in parts} != {found.origin}:
        raise EvidenceError(f"they do not end together; {found.origin} is the last period of all")
    return found


def join_past(
    panel: Panel,
    rolling: Rolling,
    answers: Mapping[str, Forecasts],
    horizon: int,
    levels: Floats,
    engine: str,
    seed: int,
) -> tuple[dict[str, Forecasts], list[str]]:
    """Replace the answers for shares of one whole at past origins by joint ones, as they would have been issued then.

    `rolling` are the windows of the panel's series, one an answer. Where shares cannot be joined at an origin, they are
    scored as they were forecast apart, and the lines returned say so.
    """
    at = {
        (int(row), origin): place for place, (row, origin) in enumerate(zip(rolling.rows, rolling.origins, strict=True))
    }
    found, notes = dict(answers), []
    for group in wholes(panel):
        members = group.members
        origins = [origin for row, origin in at if row == members[0] and all((one, origin) in at for one in members)]
        joined, held, rows = [], [], []
        for origin in origins:
            places = [at[row, origin] for row in members]
            try:
                one = _together([_until(panel.series[row], origin.end) for row in members], group.whole)
            except (EvidenceError, InputError):
                continue
            joined.append(one)
            held.append(_held(one, rolling, places[0]))
            rows.append(places)
        apart = sum(int(row) in members for row in rolling.rows) - sum(len(places) for places in rows)
        if apart:
            notes.append(f"in the backtest {apart} forecasts of {group.name} are scored apart from each other")
        if not joined:
            continue
        fitted = None if rolling.windows.held is None else held
        told = predict_all_parts(list(answers), joined, horizon, levels, engine, seed, fitted)
        for name, alone in found.items():
            joint = [(mine, one[name]) for mine, one in zip(rows, told, strict=True) if not one[name].refusals[0]]
            found[name] = _with(alone, joint, horizon, levels)
    return found, notes


def _until(series: Series, end: int) -> Series:
    """Return what of a series is known at the end of the month `end`."""
    return replace(series, observations=tuple(seen for seen in series.observations if seen.period.end <= end))


def _held(one: Composition, rolling: Rolling, place: int) -> int:
    """Return how many periods of a composition lie within what the window at `place` is fitted to."""
    whole = int(one.shares.shape[1])
    if rolling.windows.held is None:
        return whole
    fitted = whole - int(rolling.windows.lengths[place]) + int(rolling.windows.held[place])
    return fitted if fitted >= SHORTEST else whole
