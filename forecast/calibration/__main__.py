"""`make atlas`: learn the error atlas anew and write it where the models read it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from forecast.calibration.learning import learn_all, table

if __name__ == "__main__":
    target = Path(str(resources.files("forecast.models").joinpath("atlas.csv")))
    draft = target.with_suffix(".part")
    draft.write_text(table(learn_all()), encoding="utf-8")
    draft.replace(target)
