"""Joining: shares of one whole among other series, forecast together from the newest period or from past origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecast.compositions import SHORTEST, Composition, compose, predict_all_parts, predict_parts
from forecast.errors import EvidenceError, InputError, named
from forecast.models.answers import merge
from forecast.panels import Panel
from forecast.quantiles import Floats, Forecasts
from forecast.windows import Rolling
from series.observations import Series

TYPES = ("ito", "bpo", "kpo")


def groups(ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Return which of the ids are the ITO, BPO and KPO shares of one whole, by that whole."""
    rows = {name: row for row, name in enumerate(ids)}
    wholes = dict.fromkeys(
        name.removesuffix(f".{part}.share") for name in ids for part in TYPES if name.endswith(f".{part}.share")
    )
    found = {whole: tuple(rows.get(f"{whole}.{part}.share", -1) for part in TYPES) for whole in wholes}
    return {whole: members for whole, members in found.items() if min(members) >= 0}


def join(
    panel: Panel, answers: Mapping[str, Forecasts], horizon: int, levels: Floats, engine: str, seed: int
) -> tuple[dict[str, Forecasts], list[str]]:
    """Replace the answers for shares of one whole by joint ones that sum to it; say where that cannot be."""
    found, notes = dict(answers), []
    for whole, members in groups([one.id for one in panel.series]).items():
        apart = f"the shares of {whole} are forecast apart and need not sum to one"
        try:
            composition = _together([panel.series[row] for row in members])
        except (EvidenceError, InputError) as error:
            notes.append(f"{apart}: {error}")
            continue
        if composition.partial:
            without = named([str(period) for period in composition.partial])
            notes.append(
                f"the shares of {whole} are forecast together from the periods that all of them have, "
                f"so without {without}"
            )
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


def _together(parts: Sequence[Series]) -> Composition:
    found = compose(parts)
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
    for whole, members in groups([one.id for one in panel.series]).items():
        origins = [origin for row, origin in at if row == members[0] and all((one, origin) in at for one in members)]
        joined, held, rows = [], [], []
        for origin in origins:
            places = [at[row, origin] for row in members]
            try:
                one = _together([_until(panel.series[row], origin.end) for row in members])
            except (EvidenceError, InputError):
                continue
            joined.append(one)
            held.append(_held(one, rolling, places[0]))
            rows.append(places)
        apart = sum(int(row) in members for row in rolling.rows) - sum(len(places) for places in rows)
        if apart:
            notes.append(f"in the backtest {apart} forecasts of the shares of {whole} are scored apart from each other")
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
