from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from series.resolver.storage import content, remembered

OFFSHORE = "cn.offshore.execution.usd"


def test_a_question_is_answered_once(say: Callable, solve: Callable, tmp_path: Path) -> None:
    ledger = solve(say("s1", OFFSHORE, "2018", "886.5")).ledger
    folder, asked = tmp_path / "new" / "cache", []

    def answer() -> list[int]:
        asked.append(1)
        return [1, 2]

    assert [remembered(folder, ledger, "q", answer) for _ in range(3)] == [[1, 2]] * 3
    assert len(asked) == 1
    remembered(folder, ledger, "another", answer)
    remembered(None, ledger, "q", answer)
    assert len(asked) == 3


def test_a_damaged_file_is_made_anew(say: Callable, solve: Callable, tmp_path: Path) -> None:
    ledger = solve(say("s1", OFFSHORE, "2018", "886.5")).ledger
    remembered(tmp_path, ledger, "q", lambda: 1)
    (path,) = tmp_path.iterdir()
    path.write_text("{", encoding="utf-8")
    assert remembered(tmp_path, ledger, "q", lambda: 2) == 2
    assert path.read_text(encoding="utf-8") == "2"


def test_a_folder_that_cannot_be_made_costs_only_time(say: Callable, solve: Callable, tmp_path: Path) -> None:
    ledger = solve(say("s1", OFFSHORE, "2018", "886.5")).ledger
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert remembered(tmp_path / "file" / "cache", ledger, "q", lambda: 3) == 3


def test_another_figure_is_other_content(say: Callable, solve: Callable) -> None:
    one, same, other = (solve(say("s1", OFFSHORE, "2018", text)).ledger for text in ("886.5", "886.5", "886.6"))
    assert content(one) == content(same) != content(other)
