import pytest

from forecast.cli.output import table

ROWS = [
    (
        "cn.offshore.execution.kpo.market_us.share",
        "a long title that may well be folded, since it is only words",
        1634.3,
    ),
    ("cn.total", "short", 2.0),
]


def test_off_a_terminal_a_row_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    table("Series", ["id", "title", "value"], ROWS)
    lines = capsys.readouterr().out.splitlines()
    found = next(line for line in lines if ROWS[0][0] in line)
    assert ROWS[0][1] in found
    assert "1,634.3" in found


def test_a_narrow_terminal_folds_words_before_names_and_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    heads = ["model", "what it is", *"abcd"]
    table("Scores", heads, [("combination", "words " * 20, 1.25, 2.25, 3.25, 4.25)])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 60
    for whole in ("combination", "1.25", "4.25"):
        assert whole in out


def test_what_cannot_fit_is_folded_everywhere_and_never_cut_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    table("", ["one", "two", "three"], [("word " * 3, "kept " * 4, "last " * 4)])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 40
    assert (out.count("word"), out.count("kept"), out.count("last")) == (3, 4, 4)
