"""Every command is documented by itself and in the documents."""

from pathlib import Path

import pytest

from forecast.cli import COMMANDS, documentation, invoke, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_loads(command: str) -> None:
    assert load(command).name == command


def test_every_leaf_has_a_sentence_and_an_example() -> None:
    leaves = dict(documentation.leaves())
    assert leaves
    bare = [path for path, leaf in leaves.items() if not leaf.help or "Example: forecast" not in (leaf.epilog or "")]
    assert not bare


@pytest.mark.parametrize("name", documentation.DOCUMENTS)
def test_generated_blocks_are_fresh(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert documentation.refreshed(text) == text, "run: make fix"


def test_help_exits_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--help"]) == 0
    assert "bench" in capsys.readouterr().out


def test_an_unknown_command_suggests_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["sereis"]) == 2
    error = capsys.readouterr().err
    assert "Did you mean 'series'?" in error
    assert len(error.strip().splitlines()) == 1
