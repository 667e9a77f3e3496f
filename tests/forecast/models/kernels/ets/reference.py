"""R's fits of every form, as parameters in our order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from forecast.models.kernels.ets.forms import LOWEST, Form

FACTS: dict[str, Any] = json.loads(Path(__file__).with_name("r_fits.json").read_text())
CASES = [(series, name) for series in ("nonseasonal", "seasonal") for name in FACTS[series]["fits"]]


def case(series: str, name: str) -> tuple[Form, np.ndarray, np.ndarray, dict[str, Any]]:
    """Return form, values [T, 1], parameters [P, 1] and R's fit."""
    facts = FACTS[series]
    fit = facts["fits"][name]
    form = Form.named(name, facts["period"])
    structure = form.structure
    alpha = fit["alpha"]
    points = [alpha]
    if structure.trend != "N":
        points.append((fit["beta"] - LOWEST) / (alpha - LOWEST))
    if structure.season != "N":
        points.append((fit["gamma"] - LOWEST) / (1 - LOWEST - alpha))
    if structure.damped:
        points.append(fit["phi"])
    states = 1 + (structure.trend != "N")
    points += fit["first"][:states]
    # R lists the newest seasonal state first; the last is that of the first step
    points += fit["first"][states:-1][::-1]
    return form, np.array(facts["values"])[:, None], np.array(points)[:, None], fit
