from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from forecast.cli import documentation, invoke

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--horizon", "soon"], "--horizon 'soon' is not a whole number; write one, as in --horizon 3"),
        (["run", "--seed", "x"], "--seed 'x' is not a whole number; write one, as in --seed 0"),
        (["nowcast", "a", "--year", "20.5"], "--year '20.5' is not a whole number; write one, as in --year 2020"),
        (
            ["nowcast", "a", "--year", "2020", "--reach", "much"],
            "--reach 'much' is not a number; write one, as in --reach 1000",
        ),
        (["series", "show"], "the argument ID is missing; write it as in: forecast series show cn.offshore.execution."),
        (["nowcast", "a"], "the option --year is missing; write it as in: forecast nowcast cn.offshore.execution.usd"),
        (["rum"], "No such command 'rum'. Did you mean 'run'? `forecast --help` lists what there is"),
        (["series", "xyzzy"], "No such command 'xyzzy'. `forecast series --help` lists what there is"),
        (["run", "--horizon"], "Option '--horizon' requires an argument. The same command with --help shows how"),
        (["series", "show", "a", "b"], "Got unexpected extra argument(s) (b). Write it as in: forecast series show"),
        (["run", "--horizn", "3"], "No such option: --horizn (Possible options: --horizon). Write it as in: forecast"),
    ],
)
def test_a_line_that_is_not_understood_says_what_was_given_and_how_to_write_it(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(words) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"forecast: {said}")
    assert (captured.err.count("\n"), captured.out) == (1, "")


def completed(*words: str) -> list[str]:
    """Return what a shell would offer for the last of some words."""
    asked = {"COMP_WORDS": " ".join(["forecast", *words]), "COMP_CWORD": str(len(words))}
    environment = {**os.environ, **asked, "_FORECAST_COMPLETE": "complete_bash", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "import sys; sys.argv = ['forecast']; from forecast.cli import main; main()"]
    return subprocess.run(command, env=environment, capture_output=True, check=False, text=True).stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [(["se"], ["series"]), (["series", "sh"], ["show"]), (["run", "--hor"], ["--horizon"])],
)
def test_a_shell_completes_commands_and_options(words: list[str], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_completion_is_offered_once_and_no_option_is_called_by_its_type() -> None:
    leaves = dict(documentation.leaves())
    names = {name for leaf in leaves.values() for one in leaf.params for name in one.opts}
    assert "--json" in names
    assert "--install-completion" not in names
    bare = [f"{path} {one.opts[0]}" for path, leaf in leaves.items() for one in leaf.params if bare_type(one)]
    assert bare == []


def bare_type(one: Any) -> bool:
    """Whether help would show an option that takes a value as `<str>` or the like."""
    return one.param_type_name == "option" and not one.is_flag and one.metavar is None
