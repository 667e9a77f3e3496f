from __future__ import annotations

import pytest

from forecast.cli import invoke


def test_what_a_claim_starts_from_has_its_printed_digits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # rows are not folded
    assert invoke(["claim", "check", "C02", "--engine", "batch"]) == 0
    told = capsys.readouterr().out
    for base in ("2022: 2,522.1 ", "2022: 1,368.5 ", "2022: 16,514 ", "2022: 8,953 "):
        assert base in told
