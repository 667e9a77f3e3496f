"""`make atlas`: learn the error atlas anew and write it, with its passport, where the models read it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from forecast.calibration.competitions import NAMES, VIEWS
from forecast.calibration.learning import HORIZON, collect, learn, table
from forecast.calibration.passport import issue

if __name__ == "__main__":
    samples = {
        (frequency, plain): [collect(name, frequency, plain=plain) for name in NAMES]
        for plain in (False, True)
        for frequency in (VIEWS if plain else HORIZON)
    }
    atlases = {key: learn(collections) for key, collections in samples.items()}
    for suffix, text in ((".csv", table(atlases)), (".toml", issue(samples))):
        target = Path(str(resources.files("forecast.models").joinpath(f"atlas{suffix}")))
        draft = target.with_suffix(".part")
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
