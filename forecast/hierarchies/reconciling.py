"""Reconciling: a panel with its wholes, and forecasts of it that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecast.errors import InputError, named
from forecast.hierarchies.errors import Errors, Told, growing, past_errors
from forecast.hierarchies.identities import declared_sums
from forecast.hierarchies.joint import reconcile_quantiles
from forecast.hierarchies.structure import Hierarchy, find_structure
from forecast.hierarchies.sums import ROUNDED, add_up, misfits
from forecast.panels import Panel, fit_part, is_constant
from forecast.quantiles import Floats, Forecasts
from forecast.tables.findings import NAMED, without_value
from forecast.windows import seed_of
from series.observations import Series

MOST = 100_000
"""Series in a hierarchy, which is held in memory."""
ADDITIVE = ("real", "positive", "power")
AMOUNTS = ("positive", "power")
LOST = 1e-15
"""A part this small beside another leaves no trace in their sum."""


def with_wholes(panel: Panel, declared: str | None = None) -> tuple[Panel, Hierarchy, dict[str, str]]:
    """Return a panel's series that can be forecast with the wholes they add up to, and why the others cannot.

    Wholes that the panel has are kept as they stand, unless they cannot be forecast; the others are summed. Subjects of
    the ledger add up as its catalog says, unless sums are declared.

    Raises:
        InputError: if series are of several units, are shares, or do not make up a hierarchy.
        EvidenceError: if nothing can be forecast.
    """
    kept, failures = fit_part(panel, constants=True)
    ids = [one.id for one in kept.series]
    hierarchy = find_structure(ids, panel.keys, declared_sums(ids) if declared is None else declared)
    if len(hierarchy.names) > MOST:
        raise InputError(
            f"{len(hierarchy.names):,} series are too many to reconcile at once; give at most {MOST:,}: "
            "a file for each tree, or ids without their finest part"
        )
    rows = {one.id: row for row, one in enumerate(kept.series)}
    members = [rows[name] for name in hierarchy.names if name in rows]
    units = sorted({kept.series[row].unit for row in members})
    if len(units) > 1:
        raise InputError(f"series in {' and '.join(units)} cannot be added up; give one unit")
    shares = [kept.series[row].id for row in members if kept.supports[row] not in ADDITIVE]
    if shares:
        raise InputError(f"series {shares[0]} is a share, and shares of different wholes do not add up; leave it out")
    _check_sizes([kept.series[row] for row in members])
    series, supports, notes, apart = [], [], list(panel.warnings), []
    for name, parts in (*hierarchy.parts(), *((name, ()) for name in hierarchy.bottom)):
        summed = [rows[part] for part in sorted(parts)]  # in this order, that of the rows changes no digit
        if name in rows:
            series.append(kept.series[rows[name]])
            supports.append(kept.supports[rows[name]])
            apart += _apart(series[-1], [kept.series[row] for row in summed])
            continue
        whole, linked = add_up(name, [kept.series[row] for row in summed])
        series.append(whole)
        supports.append("positive" if all(kept.supports[row] in AMOUNTS for row in summed) else "real")
        notes += _said(whole, linked, [kept.series[row] for row in summed])
    if apart:
        notes.append(
            f"wholes that are more than {100 * ROUNDED:g} % off the sum of their parts, {len(apart):,}: "
            f"{'; '.join(apart[:NAMED])}{'; …' if len(apart) > NAMED else ''}. Forecasts add up all the same; "
            "give the parts that are missing, or leave the whole out"
        )
    given = {one.id for one in panel.series}
    unfit = [name for name in hierarchy.wholes if name in failures]
    notes += [f"{name} cannot be forecast as it stands ({failures.pop(name)}) and is summed" for name in unfit]
    lost = [name for name in failures if name in given]
    if lost:
        notes.append(f"{len(lost)} series that cannot be forecast are in no sum: {', '.join(lost[:3])}")
    used = set(hierarchy.names)
    outside = [name for name in rows if name not in used]
    still = [kept.series[row] for name, row in rows.items() if name in used and is_constant(kept.series[row])]
    if still:
        said = named([f"{one.id} ({one.known[-1].value:g})" for one in still])
        notes.append(f"{len(still)} series are constant and are carried on as they are: {said}")
    if outside:
        sums = "declared sum" if declared else "sum"
        notes.append(f"{len(outside)} series are in no {sums} and are left out: {named(outside)}")
    whole_panel = replace(kept, series=tuple(series), supports=tuple(supports), warnings=tuple(notes))
    return whole_panel, hierarchy, failures


def _check_sizes(members: Sequence[Series]) -> None:
    """Refuse series of which one is lost in a sum with another."""
    sizes = {one.id: max(abs(seen.value) for seen in one.known) for one in members}
    least, most = (
        pick(((size, name) for name, size in sizes.items() if size > 0), default=(0.0, "")) for pick in (min, max)
    )
    if most[0] * LOST > least[0]:
        raise InputError(
            f"series {least[1]} (up to {least[0]:g}) is lost in a sum with {most[1]} (up to {most[0]:g}); leave one out"
        )


def _apart(whole: Series, parts: Sequence[Series]) -> list[str]:
    """Say of a whole of the data how far it is off the sum of its parts, if it is."""
    off, known = misfits(whole, parts) if parts else ([], 0)
    return [
        f"{whole.id} in {len(off)} of {known} periods ({value:,.6g} in {period}, where its parts are {total:,.6g})"
        for period, value, total in off[-1:]
    ]


def _said(whole: Series, linked: int, parts: Sequence[Series]) -> list[str]:
    """Say of a whole that was summed where it is linked, has no value, and ends before its parts do."""
    told, sum_of = [], f"{whole.id} is the sum of {len(parts)} series"
    if linked:
        told.append(
            f"{sum_of}; in {linked} of its {len(whole.observations)} periods some of them are missing, and it is "
            "linked by the growth of the others"
        )
    if whole.missing:
        said = without_value(whole.missing[:NAMED], len(whole.missing))
        told.append(f"{sum_of}; {said}: too much of it is missing there")
    end = whole.known[-1].period
    if end < max(one.known[-1].period for one in parts):
        after = end.step()
        gone = [one.id for one in parts if all(seen.period != after for seen in one.known)]
        told.append(
            f"{sum_of} and ends in {end}: too much of it is missing in {after} ({named(gone)}); "
            f"it is forecast from {end} on"
        )
    return told


def reconcile(
    panel: Panel,
    hierarchy: Hierarchy,
    answers: Mapping[str, Forecasts],
    horizon: int,
    seed: int = 0,
    told: Told | None = None,
) -> tuple[dict[str, Forecasts], list[str]]:
    """Make forecasts of a panel add up from the newest origin on, and say where that cannot be.

    `panel` and the rows of `answers` are in the order of `hierarchy.names`. A series that ends earlier has steps before
    that; they stay as they are. What a backtest by the batch engine has `told` is not forecast again.
    """
    ends = np.array([one.known[-1].period.start for one in panel.series])
    length = panel.series[0].known[-1].period.length
    behind = (ends.max() - ends) // length
    errors = past_errors(panel, list(answers), seed=seed, told=told)
    level = np.array([one.known[-1].value for one in panel.series]) if growing(panel) else None
    found, notes = {}, []
    for name, answer in answers.items():
        found[name] = answer
        refused = [one.id for one, told in zip(panel.series, answer.refusals, strict=True) if told]
        if refused:
            notes.append(
                f"{name} is not reconciled, its forecasts stand as they were: it gave none of "
                f"{named(refused)}; leave the model out, or those series"
            )
            continue
        steps = behind[:, None] + np.arange(horizon)
        base = np.take_along_axis(answer.quantiles, steps[:, :, None], axis=1)
        fixed = adjusted(base, answer.levels, hierarchy, errors[name], int(ends.max()), level, panel.supports, seed)
        quantiles = answer.quantiles.copy()
        np.put_along_axis(quantiles, steps[:, :, None], fixed, axis=1)
        produced = tuple(f"{made}, reconciled" for made in answer.produced)
        found[name] = Forecasts(quantiles, answer.levels, produced, answer.refusals)
    return found, notes


def adjusted(
    base: Floats,
    levels: Floats,
    hierarchy: Hierarchy,
    errors: Errors,
    month: int,
    level: Floats | None,
    supports: Sequence[str],
    seed: int,
) -> Floats:
    """Return reconciled quantiles [N, H, Q] of forecasts made in the period that starts in `month`.

    Series are drawn in the order of their names, so that the order they are given in changes nothing.
    """
    amounts = all(support in AMOUNTS for support in supports)
    sorted_, order = hierarchy.by_name()
    number = seed_of("|".join(sorted_.names), None, seed)
    unit = np.exp2(np.frexp(np.abs(base).max())[1])  # a power of two changes no digit, and squares stay floats
    past = errors.until(month, level)[:, order] / unit
    out = np.empty_like(base)
    out[order] = reconcile_quantiles(base[order] / unit, levels, sorted_.sums, past, number, amounts) * unit
    return out
