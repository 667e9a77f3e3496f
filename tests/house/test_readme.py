"""What the README shows works."""

import re
import shlex
from pathlib import Path

import pytest

from forecast.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
LINES = [line.split("#")[0] for _, block in BLOCKS for line in block.splitlines() if line.startswith("forecast ")]


def test_both_commands_are_on_the_first_screen() -> None:
    first = "\n".join(README.splitlines()[:16])
    assert "make report" in first
    assert "make test" in first


def test_python_examples_run() -> None:
    examples = [block for language, block in BLOCKS if language == "python"]
    assert examples
    for example in examples:
        names: dict[str, object] = {}
        exec(compile(example, "README.md", "exec"), names)  # noqa: S102 - our own document
        assert {"scores", "ahead"} <= names.keys()


@pytest.mark.parametrize("line", LINES)
def test_commands_exist(line: str) -> None:
    assert shlex.split(line)[1] in COMMANDS


def test_links_and_pictures_exist() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]
