import json

import pytest

from forecast.cli.output import document, note, plain, rounded, say, table
from forecast.cli.streams import visible

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


@pytest.mark.parametrize("width", ["0", "1", "12"])
def test_no_width_is_so_narrow_that_something_is_lost(
    width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    table("", ["one", "two", "three", "four"], [("abcdef", 123456.0, "uvwxyz", "klmnop")])
    lines = capsys.readouterr().out.splitlines()
    cells = [line.split("│")[1:-1] for line in lines if line.startswith("│")]
    assert ["".join(parts).replace(" ", "") for parts in zip(*cells, strict=True)] == [
        "abcdef",
        "123,456.0",
        "uvwxyz",
        "klmnop",
    ]
    say("a sentence")
    assert "sentence" in capsys.readouterr().out


def test_a_number_that_nobody_can_read_has_a_power_of_ten() -> None:
    assert [rounded(one) for one in (None, 12.345678, 123456.7, 1e14, 1.5e15, -2e300)] == [
        "–",
        "12.35",
        "123,457",
        "100,000,000,000,000",
        "1.5e+15",
        "-2e+300",
    ]


ODD = "EU [red] [/x] :smile: \x1b[31m \u202egnp"
SEEN = "EU [red] [/x] :smile: \\x1b[31m \\u202egnp"


def test_names_are_printed_as_they_stand_and_move_no_cursor(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    table(ODD, [f"head {ODD}", "n"], [(ODD, 1.0)], f"under {ODD}")
    assert capsys.readouterr().out.count(SEEN) == 4
    say(ODD)
    plain(ODD)
    assert capsys.readouterr().out == f"{SEEN}\n" * 2
    note(f"{ODD}\nline")
    assert capsys.readouterr().err == f"forecast: {SEEN}\\nline\n"


def test_letters_of_any_script_stay() -> None:
    for text in ("服务外包\u3000大连", "Ελλάδα\u00a0é", "क्\u200dष"):
        assert visible(text) == text


def test_what_is_no_letter_is_escaped_in_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    document({"id": "\udcff", "city": "大连"})
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out) == {"id": "\udcff", "city": "大连"}
