"""How accurate the models are beside the peers, on the official splits of M1, M3 and Tourism, annual and quarterly.

One harness for all: 23 quantiles of every contestant, the same scores, all relative to Naive2. Our default is
calibrated by an atlas that has not seen the judged competition. What was measured last is kept in `accuracy.json`
(`forecast bench accuracy --json`), which the documents quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from forecast.bench import Table, evidenced, exporters, naive2, origins
from forecast.bench.peers import FOLDERS, REMARKS, ask, said, versions
from forecast.bench.standings import Contest, contested
from forecast.bench.unseen import answer_by, atlases
from forecast.calibration.competitions import entries, roll
from forecast.calibration.learning import HORIZON
from forecast.models import DEFAULT, predict_all
from forecast.models.atlas import Atlas
from forecast.quantiles import LEVELS

OURS = ("drift", "theta", "ets", "prophet")


def tables(peers: Path) -> Sequence[Table]:
    """Ask the peers for what is not stored yet, forecast, and score.

    Raises:
        InputError: if there is neither a peers' environment nor anything that they said before.
    """
    ask(peers, "accuracy")
    unseen = {(name, frequency): atlas for frequency in HORIZON for name, atlas in atlases(frequency).items()}
    found = [contest(*where, atlas) for where, atlas in unseen.items()]
    return [
        *contested(found, DEFAULT, f"Peers: {versions(FOLDERS['accuracy'])}. {REMARKS}"),
        origins.table(unseen),
        evidenced.table([evidenced.Past.of(*where, atlas) for where, atlas in unseen.items()]),
        exporters.table(),
    ]


def contest(name: str, frequency: str, atlas: Atlas) -> Contest:
    """Bring together what everybody said about one set."""
    horizon = len(entries(name, frequency)[0].xx)
    rolled = roll(name, frequency, horizon, 0)
    windows = rolled.windows
    answers = predict_all(OURS, windows, horizon, LEVELS, "positive", "batch")
    told = {
        "Naive2": naive2.quantiles(windows, horizon, LEVELS),
        DEFAULT: answer_by(windows, horizon, atlas).quantiles,
        **{f"our {model}": answer.quantiles for model, answer in answers.items()},
    }
    others = said(FOLDERS["accuracy"], f"{name}-{frequency}", len(windows), horizon)
    return Contest(f"{frequency} {name}", windows, rolled.truth, told | others)
