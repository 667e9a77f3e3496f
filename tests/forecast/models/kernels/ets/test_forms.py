from __future__ import annotations

import pytest

from forecast.models.kernels.ets.forms import Form, Structure, usual_forms


def test_annual_data_has_six_usual_forms_and_quarterly_fifteen():
    assert [form.name for form in usual_forms(1)] == [
        "ETS(A,N,N)",
        "ETS(M,N,N)",
        "ETS(A,A,N)",
        "ETS(M,A,N)",
        "ETS(A,Ad,N)",
        "ETS(M,Ad,N)",
    ]
    assert len(usual_forms(4)) == 15
    assert len(usual_forms(4, multiplicative_trend=True)) == 19


@pytest.mark.parametrize("name", ["AAN", "MAdM", "ETS(M,Md,M)", "ETS(A,N,A)"])
def test_a_form_is_found_by_its_name(name: str):
    form = Form.named(name, 4)
    assert form.name.removeprefix("ETS(").removesuffix(")").replace(",", "") == name.strip("ETS()").replace(",", "")


def test_parameters_are_counted_with_free_states_only():
    assert Structure().size == 2
    assert Structure("A", True).size == 5
    assert Structure("A", True, "M", 4).size == 9
    assert Structure("N", False, "A", 12).size == 14


def test_rows_of_parameters_do_not_overlap():
    structure = Structure("A", True, "A", 4)
    rows = [0, structure.beta, structure.gamma, structure.phi, structure.level, structure.slope, structure.seasons]
    assert rows == list(range(7))
