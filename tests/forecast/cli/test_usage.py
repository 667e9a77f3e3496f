from __future__ import annotations

import pytest

from forecast.cli import invoke


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
