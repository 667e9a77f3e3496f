"""The peers of the accuracy and growth benchmarks: their quantiles of sets of series, kept in a folder.

`python -m forecast.bench.peers SUITE FOLDER [PEER...]` runs in the peers' own environment, one process, cheap peers
first. For `accuracy` they answer the competitions' official splits, for `growth` logarithms many years before the end.
What is there already is not done again, and a slow peer answers a sample of each set that is spread evenly over it, so
the run can be stopped and taken up at any time. A peer that fails on a series answers NaN there.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from forecast.bench.many_years import Ahead, classes
from forecast.bench.processes import run_alone
from forecast.calibration.competitions import NAMES, SEASONS, entries
from forecast.errors import InputError
from forecast.quantiles import LEVELS, Floats

Answer = Callable[[Sequence[Floats], int, int], Floats]
STATISTICAL = ("RandomWalkWithDrift", "AutoTheta", "DynamicOptimizedTheta", "AutoETS", "AutoARIMA", "AutoCES")
MEDIAN = ("AutoARIMA", "AutoETS", "DynamicOptimizedTheta", "AutoCES")
"""Four whose median is a contestant of its own."""
MONTHLY = 150
# series a set at most; cheap peers answer all that is not monthly
CAPS = {"Prophet": {"annual": 80, "quarterly": 60}}
ORDER = (*STATISTICAL[:4], "fracast", *STATISTICAL[4:], "Prophet")
CHUNK = 40
FOLDERS = {"accuracy": Path("build/bench/accuracy"), "growth": Path("build/bench/growth")}
REMARKS = "fracast is a pretrained network, probably pretrained on these very sets, and states deciles only."
LIBRARIES = ("statsforecast", "prophet", "fracast", "numpy", "pandas")
FEWEST_OF_FRACAST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Set:
    """Series that peers are asked about.

    Attributes:
        title: how its answers are kept, as "M3-annual".
        frequency: annual, quarterly or monthly.
        pasts: what they see.
        horizon: steps ahead.
        sampled: whether slow peers answer a sample only.
    """

    title: str
    frequency: str
    pasts: Sequence[Floats]
    horizon: int
    sampled: bool = True

    def most(self, peer: str) -> int:
        """Return how many of them a peer answers at most."""
        if not self.sampled:
            return len(self.pasts)
        return MONTHLY if self.frequency == "monthly" else CAPS.get(peer, {}).get(self.frequency, len(self.pasts))


def official() -> list[Set]:
    """Return the nine sets of the competitions as they were split."""
    return [_official(name, frequency) for frequency in SEASONS for name in NAMES]


def _official(name: str, frequency: str) -> Set:
    every = entries(name, frequency)
    pasts = [np.asarray(one.x, dtype=np.float64) for one in every]
    return Set(f"{name}-{frequency}", frequency, pasts, len(every[0].xx))


def far_ahead() -> list[Set]:
    """Return the logarithms of annual series many years before their end, all of which every peer answers."""
    return [Set(titled(one), "annual", one.member.pasts, one.years[-1], sampled=False) for one in classes()]


def titled(one: Ahead) -> str:
    """Return how the answers to a class are kept."""
    return f"{one.name}-ahead"


def ask(peers: Path, suite: str) -> None:
    """Let the peers answer what a suite asks and is not stored yet.

    Raises:
        InputError: if there is neither a peers' environment nor anything that they said before.
    """
    if peers.exists():
        run_alone([str(peers), "-m", "forecast.bench.peers", suite, str(FOLDERS[suite])], aloud=True)
    elif not FOLDERS[suite].exists():
        raise InputError(f"no peers at {peers}; run `make bench SUITE={suite}`, which builds their environment")


def spread(count: int) -> list[int]:
    """Return 0..count-1 in an order whose every beginning is spread evenly (van der Corput's sequence)."""
    bits = max(count - 1, 1).bit_length()
    places = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(1 << bits))
    return [place for place in places if place < count]


def stored(folder: Path, title: str, peer: str) -> tuple[list[int], Floats, float]:
    """Return the rows answered so far, their quantiles [B, H, Q] and the seconds it took; empty if there are none."""
    path = folder / f"{title}-{peer}.npz"
    if not path.exists():
        return [], np.empty((0, 0, len(LEVELS))), 0.0
    with np.load(path) as kept:
        return kept["rows"].tolist(), kept["quantiles"], float(kept["seconds"])


def said(folder: Path, title: str, width: int, horizon: int) -> dict[str, Floats]:
    """Return what each peer answered to a set of so many series [B, H, Q], and the median of four of them.

    NaN where one was not asked; who has answered nothing is left out.
    """
    found: dict[str, Floats] = {}
    for peer in ORDER:
        rows, quantiles, _ = stored(folder, title, peer)
        if rows:
            found[peer] = np.full((width, horizon, len(LEVELS)), np.nan)
            found[peer][rows] = quantiles
    if all(peer in found for peer in MEDIAN):
        found["median of four"] = np.median([found[peer] for peer in MEDIAN], axis=0)
    return found


def versions(folder: Path) -> str:
    """Return what the peers were when they answered."""
    path = folder / "versions.txt"
    return path.read_text(encoding="utf-8") if path.exists() else "versions unknown"


def answer_all(folder: Path, peers: Sequence[str], sets: Sequence[Set]) -> None:
    """Ask every peer for every set, a few series at a time, and keep each answer at once."""
    folder.mkdir(parents=True, exist_ok=True)
    installed = [name for name in LIBRARIES if importlib.util.find_spec(name)]
    told = ", ".join(f"{name} {metadata.version(name)}" for name in installed)
    (folder / "versions.txt").write_text(told, encoding="utf-8")
    for peer in peers:
        if peer in LIBRARIES and peer not in installed:
            sys.stderr.write(f"{peer} is not installed here: left out\n")
            continue
        for one in sets:
            rows, quantiles, seconds = stored(folder, one.title, peer)
            wanted = [row for row in spread(len(one.pasts))[: one.most(peer)] if row not in set(rows)]
            for first in range(0, len(wanted), CHUNK):
                chunk = wanted[first : first + CHUNK]
                begin = time.process_time()
                found = ANSWERS[peer]([one.pasts[row] for row in chunk], one.horizon, SEASONS[one.frequency])
                seconds += time.process_time() - begin
                quantiles = np.concatenate([quantiles.reshape(-1, one.horizon, len(LEVELS)), found])
                rows += chunk
                draft = folder / "draft.npz"
                np.savez_compressed(draft, rows=np.array(rows), quantiles=quantiles, seconds=seconds)
                draft.replace(folder / f"{one.title}-{peer}.npz")
            sys.stderr.write(f"{peer}, {one.title}: {len(rows)} of {len(one.pasts)}, {seconds:.0f} s\n")


def _statistical(peer: str) -> Answer:
    def answer(pasts: Sequence[Floats], horizon: int, season: int) -> Floats:
        from statsforecast import models

        # one series at a time: what fails on one must not cost the others
        found = np.full((len(pasts), horizon, len(LEVELS)), np.nan)
        bands = sorted({round(100 * abs(1 - 2 * level), 6) for level in LEVELS if level != 0.5})
        for row, past in enumerate(pasts):
            seasonal = {} if peer == "RandomWalkWithDrift" else {"season_length": season}
            try:
                told = getattr(models, peer)(**seasonal).forecast(y=past, h=horizon, level=bands)
            except Exception as error:  # the libraries raise whatever their parts raise
                sys.stderr.write(f"{peer} failed on a series of {len(past)}: {error!r}\n")
                continue
            for column, level in enumerate(LEVELS):
                band = round(100 * abs(1 - 2 * level), 6)
                side = "mean" if level == 0.5 else f"{'lo' if level < 0.5 else 'hi'}-{band}"
                found[row, :, column] = told[side]
        return found

    return answer


def _prophet(pasts: Sequence[Floats], horizon: int, season: int) -> Floats:
    import pandas as pd
    from prophet import Prophet

    for name in ("prophet", "prophet.plot", "cmdstanpy"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found = np.full((len(pasts), horizon, len(LEVELS)), np.nan)
    for row, past in enumerate(pasts):
        np.random.seed(row)  # noqa: NPY002 - the package draws from the global generator
        days = pd.date_range("1980-01-01", periods=len(past) + horizon, freq={1: "YS", 4: "QS", 12: "MS"}[season])
        model = Prophet(
            yearly_seasonality=season > 1 and len(past) >= 2 * season,
            weekly_seasonality=False,
            daily_seasonality=False,
            n_changepoints=min(25, max(1, int(0.8 * len(past)) - 1)),
        )
        model.fit(pd.DataFrame({"ds": days[: len(past)], "y": past}))
        drawn = model.predictive_samples(pd.DataFrame({"ds": days[len(past) :]}))["yhat"]
        found[row] = np.quantile(drawn, LEVELS, axis=1).T
    return found


def _fracast(pasts: Sequence[Floats], horizon: int, season: int) -> Floats:  # noqa: ARG001 - it finds seasons itself
    """Its nine deciles; outside them straight lines in the normal score go on from the two outermost."""
    from fracast import FracastModel
    from scipy.special import ndtri

    model = FracastModel.from_pretrained()
    deciles, wanted = ndtri(np.array(model.quantiles)), ndtri(LEVELS)
    found = np.full((len(pasts), horizon, len(LEVELS)), np.nan)
    for row, past in enumerate(pasts):
        if len(past) < FEWEST_OF_FRACAST:
            continue
        told = np.sort(np.asarray(model.forecast(past, horizon=horizon), dtype=np.float64), axis=1)
        side = np.clip(np.searchsorted(deciles, wanted), 1, len(deciles) - 1)
        share = (wanted - deciles[side - 1]) / (deciles[side] - deciles[side - 1])
        found[row] = told[:, side - 1] + share * (told[:, side] - told[:, side - 1])
    return found


ANSWERS: dict[str, Answer] = {
    **{peer: _statistical(peer) for peer in STATISTICAL},
    "Prophet": _prophet,
    "fracast": _fracast,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    accuracy = sys.argv[1] == "accuracy"
    answer_all(Path(sys.argv[2]), sys.argv[3:] or ORDER, official() if accuracy else far_ahead())
