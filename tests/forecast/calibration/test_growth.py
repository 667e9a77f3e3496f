from dataclasses import astuple, replace

import numpy as np
import pytest

from forecast.calibration import growth
from forecast.calibration.growth import commonest, cut, exporters, grid, learn, table, weigh
from forecast.reference_class import load


def test_records_are_cut_every_third_year_with_what_followed() -> None:
    found = cut([np.exp(0.1 * np.arange(12.0))])
    assert [len(past) for past in found.pasts] == [11, 8, 5]
    assert found.grown[1, :4] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert np.isnan(found.grown[1, 4:]).all()
    assert [len(past) for past in cut([np.ones(12), np.ones(10)], 6).pasts] == [6]


def test_the_exporters_are_the_reference_class_and_can_be_held_out() -> None:
    every, few = exporters(), exporters(load().without(*load().names[5:]))
    assert every.series.max() == 84
    assert set(few.series.tolist()) == set(range(5))
    assert len(every.take(every.series < 5).pasts) == len(few.pasts)


def test_the_grid_marks_one_value_of_each_parameter() -> None:
    processes, marks = grid()
    assert len(processes) == len(marks) == 1920
    assert (processes.noise + processes.swing <= 1.0).all()
    assert (marks.sum(axis=1) == len(growth.GRID)).all()


@pytest.mark.slow
def test_steady_growers_teach_a_steady_process() -> None:
    random = np.random.default_rng(2)
    records = [100 * np.exp(np.cumsum(0.05 + 0.02 * random.standard_normal(20))) for _ in range(12)]
    processes, marks = grid()
    kept = np.flatnonzero((processes.noise == 0) & (processes.swing == 0) & (processes.start == 0))
    some = type(processes)(*(column[kept] for column in astuple(processes)))
    found = learn(weigh(cut(records), some), some, marks[kept])
    assert (found.weight @ found.mean) == pytest.approx(0.05, abs=0.02)
    assert found.weight[some.scale < 0.05].sum() > found.weight[some.scale > 0.05].sum()


def test_the_commonest_processes_are_kept_in_order() -> None:
    processes, _ = grid()
    weight = np.zeros(len(processes))
    weight[[3, 7, 9]] = 0.1, 0.6, 0.3
    found = commonest(replace(processes, weight=weight), most=2)
    assert found.weight == pytest.approx([2 / 3, 1 / 3])
    assert found.scale.tolist() == processes.scale[[7, 9]].tolist()
    assert len(table(found).splitlines()) == 3
