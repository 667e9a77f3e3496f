from __future__ import annotations

import dataclasses
import datetime as dt

from reports import fingerprints, schedule
from series import ledger


def test_the_evidence_is_what_is_known_in_whatever_order_it_stands() -> None:
    whole = ledger.load()
    known = fingerprints.of_evidence(whole)
    turned = dataclasses.replace(whole, statements=whole.statements[::-1], decisions=whole.decisions[::-1])
    assert known == fingerprints.of_evidence(turned)
    less = dataclasses.replace(whole, decisions=whole.decisions[1:])
    assert known != fingerprints.of_evidence(less)
    assert known != fingerprints.of_evidence(whole.as_of(dt.date(2024, 1, 1)))


def test_the_settings_are_part_of_what_a_run_is_made_from() -> None:
    job = schedule.load()[0]
    one = fingerprints.of_inputs(job, "evidence", "batch", 0)
    assert one == fingerprints.of_inputs(job, "evidence", "batch", 0)
    others = [
        fingerprints.of_inputs(job, "more", "batch", 0),
        fingerprints.of_inputs(job, "evidence", "reference", 0),
        fingerprints.of_inputs(job, "evidence", "batch", 1),
        fingerprints.of_inputs(dataclasses.replace(job, formats=("md",)), "evidence", "batch", 0),
        fingerprints.of_inputs(dataclasses.replace(job, series=("cn.total.execution.usd",)), "evidence", "batch", 0),
    ]
    assert len({one, *others}) == 6
