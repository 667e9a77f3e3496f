from __future__ import annotations

import numpy as np

from forecast.models import predict
from forecast.models.ets import forms
from forecast.quantiles import LEVELS
from forecast.windows import Windows


def test_all_usual_forms_compete_where_values_have_ratios():
    assert len(forms(1, ratio=True)) == 6
    assert len(forms(4, ratio=True)) == 15


def test_trends_on_logarithms_are_damped_and_errors_additive():
    assert [form.name for form in forms(4, ratio=False)] == [
        "ETS(A,N,N)",
        "ETS(A,Ad,N)",
        "ETS(A,N,A)",
        "ETS(A,Ad,A)",
    ]


def test_the_chosen_form_is_named():
    values = 100 + 5 * np.arange(30) + 3 * np.random.default_rng(1).standard_normal(30)
    found = predict("ets", Windows.of([values]), 4, LEVELS, "real")
    assert found.produced[0] in ("ets(A,A,N)", "ets(M,A,N)")
    assert predict("ets", Windows.of([values]), 4, LEVELS, "positive").produced[0] == "ets(A,Ad,N)"
