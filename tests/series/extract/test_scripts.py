import re
from pathlib import Path

import pytest

import series.extract
from series.extract.scripts import table

HERE = Path(series.extract.__file__).parent


def test_widths_quotes_and_traditional_characters_become_one_writing() -> None:
    text = "１２．５％，“一帶一路”執行額"
    assert text.translate(table(text)) == "12.5%,一带一路执行额"


def test_bidi_and_control_characters_are_dropped() -> None:
    text = "合\u202e同\u0007额\u200b"
    assert text.translate(table(text)) == "合同额"


def test_every_word_of_the_grammar_can_be_read_in_traditional_characters() -> None:
    opencc = pytest.importorskip("opencc")
    words = "".join(path.read_text("utf-8") for path in HERE.glob("*.toml"))
    characters = sorted(set(re.findall("[\u3400-\u9fff]", words)))
    for style in ("s2t", "s2tw", "s2hk"):
        convert = opencc.OpenCC(style).convert
        traditional = "".join(convert(character) for character in characters)
        back = traditional.translate(table(traditional))
        simplified = "".join(characters).translate(table("".join(characters)))
        lost = [pair for pair in zip(simplified, back, strict=True) if pair[0] != pair[1]]
        assert not lost, style
