"""Whether coverage at the official origin is that of the same series at other times.

A competition ends at one time, and its series share what happened then. So the same answers are scored from origins
all along the known past too, and at the official one by the shipped tables, which have learnt from that past, and by
tables that have learnt from nothing else: what none of these mends was not to be known before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from forecast.bench import Row, Table
from forecast.bench.standings import held
from forecast.bench.unseen import answer_by
from forecast.calibration.competitions import SEASONS, entries, roll
from forecast.calibration.learning import Samples, collect, learn
from forecast.models import DEFAULT
from forecast.models.atlas import Atlas, shipped
from forecast.quantiles import Floats, Forecasts

ORIGINS = 6


def table(unseen: Mapping[tuple[str, str], Atlas]) -> Table:
    """Tell the coverage of each competition at its official origin, at earlier ones, and by what has seen its past."""
    remark = (
        f"Per cent within the 95, 80 and 50 % intervals, all horizons. Earlier: up to {ORIGINS} origins evenly spread "
        "over what was known at the official one, their truth likewise; both by tables that have not seen the "
        "competition. Seen: the official origin by the shipped tables, which have learnt from every competition. Own "
        "past: by tables learnt from the earlier origins of the judged series alone."
    )
    rows = [_row(name, frequency, atlas) for (name, frequency), atlas in unseen.items()]
    return Table(f"Coverage at the official origin and at earlier ones, {DEFAULT}", rows, remark)


def _row(name: str, frequency: str, atlas: Atlas) -> Row:
    horizon = len(entries(name, frequency)[0].xx)
    rolled = roll(name, frequency, horizon, ORIGINS)
    answer = answer_by(rolled.windows, horizon, atlas)
    last, before = np.flatnonzero(rolled.official), np.flatnonzero(~rolled.official)
    seen = answer_by(rolled.windows.take(last), horizon, shipped(SEASONS[frequency]))
    own = answer_by(rolled.windows.take(last), horizon, learn([before_official(collect(name, frequency))]))
    return {
        "set": f"{frequency} {name}",
        "official": _told(rolled.truth[last], answer.take(last)),
        "earlier": _told(rolled.truth[before], answer.take(before)),
        "windows": len(before),
        "official, seen": _told(rolled.truth[last], seen),
        "official, own past": _told(rolled.truth[last], own),
    }


def before_official(samples: Samples) -> Samples:
    """Return the samples of earlier origins alone, which have seen nothing of the official test parts."""
    kept = ~samples.official
    return replace(
        samples,
        features=samples.features[kept],
        errors=samples.errors[kept],
        deviations=samples.deviations[:, kept],
        series=samples.series[kept],
        official=samples.official[kept],
    )


def _told(truth: Floats, answer: Forecasts) -> str:
    return " / ".join(f"{share:.1f}" for share in held(truth, answer.quantiles))
