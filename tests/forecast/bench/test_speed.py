from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from forecast.bench import measure, speed
from forecast.errors import InputError


def test_without_the_peers_it_says_how_to_get_them() -> None:
    with pytest.raises(InputError, match="make bench SUITE=speed"):
        measure("speed", Path("no/such/python"))


def test_ratios_are_of_medians_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(interpreter: str, name: str, *_: Any, **__: Any) -> speed.Seen:
        peer, default = name.startswith("peer"), name.startswith("amounts") and name.endswith("combination")
        if default:
            return {"seconds": [0.108, 0.2, 0.1], "added": [0.008, 0.1, 0.001], "windows": 1000}
        seconds = [9.0, 0.5, 0.6, 0.4, 0.5] if peer else [0.1, 0.1, 7.0]
        return {"seconds": seconds, "windows": 10 if peer else 1000, "peak": 80, "versions": {"python": "3"}}

    monkeypatch.setattr(speed, "_run", run)
    races, costs, growth = measure("speed", Path(sys.executable))
    assert {row["ratio"] for row in races.rows} == {"500"}
    assert {row["ours ms"] for row in races.rows} == {"0.100"}
    assert [(row["windows of"], row["plain ms"], row["adds"]) for row in costs.rows] == [
        (f"M3 {frequency}", "0.100", "8.0 %") for frequency in ("yearly", "yearly", "quarterly", "quarterly")
    ]
    assert {row["100,000"] for row in growth.rows} == {"100"}
    assert {row["peak MiB at 100,000"] for row in growth.rows} == {80}


def test_a_slow_spell_of_the_machine_does_not_decide_a_race(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []

    def run(interpreter: str, name: str, *_: Any, **__: Any) -> speed.Seen:
        turns.append(name.partition(":")[0])
        slow = 3.0 if len(turns) in (5, 6, 7, 8) else 1.0  # two rounds
        return {"seconds": [slow * (5.0 if name.startswith("peer") else 1.0)], "windows": 1}

    monkeypatch.setattr(speed, "_run", run)
    row = speed._race("theta", "a peer", [("us", "ours:theta", "yearly"), ("them", "peer:theta", "yearly", "20")], 2)
    assert turns == ["ours", "peer"] * speed.ROUNDS
    assert row["ratio"] == "5"
