"""Every example of the Python guide runs and prints what it says."""

import doctest
import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "python.md"
BLOCKS = re.findall(r"```pycon\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_examples_print_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(verbose=False)
    for number, block in enumerate(BLOCKS):
        test = doctest.DocTestParser().get_doctest(block, names, f"block {number + 1}", str(GUIDE), 0)
        runner.run(test, clear_globs=False)
        names |= test.globs
    assert runner.tries > 20
    assert not runner.failures, capsys.readouterr().out


def test_the_first_block_has_five_lines() -> None:
    assert len(BLOCKS[0].strip().splitlines()) == 5


def test_no_fence_is_taken_for_what_an_example_prints() -> None:
    """So that `python -m doctest docs/python.md` reads the page as it stands."""
    examples = doctest.DocTestParser().get_examples(GUIDE.read_text(encoding="utf-8"))
    assert len(examples) > 20
    assert not [one.source for one in examples if "```" in one.want]
