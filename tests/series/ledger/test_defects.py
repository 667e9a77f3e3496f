from __future__ import annotations

from pathlib import Path

from series import ledger
from tests.series.ledger.test_loading import DECISION, SOURCE, STATEMENT, defects, write


def test_every_defect_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    bad = {
        "source": "x",
        "subject": "y",
        "period": "?",
        "kind": "guess",
        "value": "many",
        "exponent": "99",
        "hedge": "?",
    }
    folder = write(
        tmp_path,
        [SOURCE | {"published": "soon", "role": "rumour"}],
        [STATEMENT | bad, STATEMENT | {"id": "s2"}, STATEMENT | {"id": "s2", "value": "?"}],
        [DECISION | {"date": "?", "act": "forget", "reason": ""}],
    )
    message = defects(folder)
    assert message.count("statements.csv:2: ") == len(bad)
    for said in ("source 'x'", "subject 'y'", "'?' is not a period", "kind 'guess'", "'many' is", "exponent '99'"):
        assert said in message
    assert message.count("statements.csv:4: ") == 2
    assert message.count("sources.csv:2: ") == 2
    assert message.count("decisions.csv:2: ") == 3


def test_a_last_line_without_an_end_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, [SOURCE], [STATEMENT], [DECISION])
    assert ledger.unended(folder) == []
    whole = (folder / "statements.csv").read_bytes()
    (folder / "statements.csv").write_bytes(whole[:-11])
    (folder / "notes.csv").write_bytes(b"mine")
    assert ledger.unended(folder) == ["statements.csv"]
    assert ledger.load(folder).statement("s1").paraphrase == "The ministry put it at"
