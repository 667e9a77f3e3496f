from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from forecast.archive.manifests import Manifest
from forecast.archive.runs import Shelf
from forecast.errors import InputError
from reports import schedule
from reports.schedule import Job

EMPTY = Shelf((), ())


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def job(**values: object) -> Job:
    base: dict[str, object] = {
        "reports": ("outlook",),
        "languages": ("en",),
        "formats": ("html",),
        "zone": "Asia/Shanghai",
    }
    return Job(name="outlook", title="Outlook", **({"rule": "monthly", "after": 22} | base | values))  # type: ignore[arg-type]


def shelf(*slots: dt.datetime, evidence: str = "") -> Shelf:
    return Shelf(
        tuple(
            Manifest(str(slot), "outlook", slot.isoformat(), "", "", "complete", "", "", 0, "batch", {}, (), evidence)
            for slot in slots
        ),
        (),
    )


def due(one: Job, done: Shelf, now: dt.datetime, evidence: str = "") -> tuple[schedule.Due, ...]:
    return schedule.due([one], done, now, lambda _day: evidence)


def test_the_shipped_schedules_load() -> None:
    assert {one.name for one in schedule.load()} == {"evidence", "outlook"}


def test_a_release_calendar_waits_for_the_figures_in_its_own_zone() -> None:
    assert list(schedule.slots(job(), utc(2026, 10, 1), utc(2026, 12, 1))) == [
        utc(2026, 10, 23, 1),
        utc(2026, 11, 23, 1),
    ]
    assert next(iter(schedule.slots(job(rule="quarterly"), utc(2026, 1, 1), utc(2026, 12, 1)))) == utc(2026, 1, 23, 1)


def test_a_job_that_never_ran_is_due_once() -> None:
    found = due(job(), EMPTY, utc(2026, 11, 23, 5))
    assert [one.slot for one in found] == [utc(2026, 11, 23, 1)]
    assert found[0].as_of == dt.date(2026, 11, 23)


def test_what_the_archive_has_is_not_due_again_even_if_the_clock_goes_back() -> None:
    done = shelf(utc(2026, 11, 23, 1))
    assert due(job(), done, utc(2026, 11, 23, 5)) == ()
    assert due(job(), done, utc(2026, 10, 30)) == ()


def test_missed_slots_are_made_up_by_rule() -> None:
    done = shelf(utc(2026, 8, 23, 1))
    latest = due(job(), done, utc(2026, 11, 24))
    every = due(job(missed="all"), done, utc(2026, 11, 24))
    assert [one.slot.month for one in latest] == [11]
    assert [one.slot.month for one in every] == [9, 10, 11]


def test_daylight_saving_neither_skips_nor_repeats_a_day() -> None:
    night = job(rule="cron", cron="30 2 * * *", zone="Europe/Berlin")
    spring = list(schedule.slots(night, utc(2026, 3, 27, 12), utc(2026, 3, 31, 12)))
    autumn = list(schedule.slots(night, utc(2026, 10, 23, 12), utc(2026, 10, 27, 12)))
    assert [slot.day for slot in spring] == [28, 29, 30, 31]
    assert [slot.day for slot in autumn] == [24, 25, 26, 27]


NEWS = {"rule": "evidence", "after": 1}


def test_new_evidence_is_due_at_the_minute_it_is_seen_and_once() -> None:
    first = due(job(**NEWS), EMPTY, utc(2026, 11, 23, 16, 30, 59), "a")
    assert [(one.slot, one.as_of, one.since) for one in first] == [
        (utc(2026, 11, 23, 16, 30), dt.date(2026, 11, 24), "")
    ]
    done = shelf(first[0].slot, evidence="a")
    assert due(job(**NEWS), done, utc(2027, 11, 24), "a") == ()
    (second,) = due(job(**NEWS), done, utc(2026, 11, 24), "b")
    assert (second.slot, second.since) == (utc(2026, 11, 24), str(first[0].slot))


def test_what_counts_as_known_is_what_was_published_by_the_day_of_the_slot() -> None:
    done = shelf(utc(2026, 11, 23), evidence="by 23")
    news = job(**NEWS)
    assert schedule.due([news], done, utc(2026, 11, 23, 12), lambda day: f"by {day.day}") == ()
    (one,) = schedule.due([news], done, utc(2026, 11, 23, 17), lambda day: f"by {day.day}")
    assert one.as_of == dt.date(2026, 11, 24)


def test_a_run_from_before_evidence_was_kept_makes_one_more_due() -> None:
    assert len(due(job(**NEWS), shelf(utc(2026, 11, 23)), utc(2026, 11, 24), "a")) == 1


def test_quiet_hours_collect_what_is_entered_in_them() -> None:
    done = shelf(utc(2026, 11, 23, 1), evidence="a")
    calm = job(quiet=24, **NEWS)
    assert due(calm, done, utc(2026, 11, 24, 0, 59), "b") == ()
    assert [one.slot for one in due(calm, done, utc(2026, 11, 24, 1), "b")] == [utc(2026, 11, 24, 1)]


def test_a_run_ahead_of_the_clock_holds_new_evidence_back_until_the_clock_has_passed_it() -> None:
    done = shelf(utc(2026, 11, 23, 1), evidence="a")
    assert due(job(**NEWS), done, utc(2026, 11, 20), "b") == ()
    assert len(due(job(**NEWS), done, utc(2026, 11, 23, 1, 1), "b")) == 1
    assert len(due(job(**NEWS), done, utc(2024, 11, 23), "b")) == 1, "one that lies years ahead holds nothing up"


def test_a_clock_set_back_is_told_in_one_line_a_job() -> None:
    done = shelf(*(utc(2026, month, 23, 1) for month in (9, 10, 11)))
    (line,) = schedule.ahead([job()], done, utc(2026, 9, 30))
    assert "(the last of 2 such runs) was made for 2026-11-23" in line
    assert schedule.ahead([job()], done, utc(2026, 12, 1)) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('rule = "weekly"', "rule 'weekly' is unknown"),
        ('rule = "cron"\ncron = "99 * * * *"', "cannot be read"),
        ('rule = "monthly"\nafter = 31', "within 1..28"),
        ('rule = "monthly"\nafter = "x"', "whole number"),
        ('rule = "monthly"\nat = "25:00"', "no time of day"),
        ('rule = "monthly"\nformat = ["html"]', "Did you mean 'formats'"),
        ("rule = ", "schedule mine"),
        ('rule = "evidence"\nat = "07:30"', "rule 'evidence' has no 'at'; leave it out.* It has: quiet"),
        ('rule = "evidence"\nmissed = "all"', "has no 'missed'"),
        ('rule = "evidence"\nquiet = -1', "give hours"),
        ('rule = "evidence"\nquiet = "1"', "whole number"),
        ('rule = "monthly"\nquiet = 24', "rule 'monthly' has no 'quiet'"),
    ],
)
def test_a_bad_schedule_is_told_in_one_line(tmp_path: Path, line: str, message: str) -> None:
    text = f'title = "x"\nzone = "UTC"\nreports = ["outlook"]\nlanguages = ["en"]\nformats = ["html"]\n{line}\n'
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        schedule.load(tmp_path)


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(InputError, match="zone 'Mars/Base'"):
        job(zone="Mars/Base")


def test_every_rule_is_told_in_a_few_words() -> None:
    told = {one.name: schedule.describe(one) for one in schedule.load()}
    assert told == {
        "evidence": "after new evidence, at most every 24 hours",
        "outlook": "monthly after day 22 at 09:00",
    }
    assert schedule.describe(job(rule="cron", cron="0 7 * * 1")) == "0 7 * * 1"


def test_a_schedule_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes('title = "外包"\n'.encode("gb18030"))
    with pytest.raises(InputError, match=r"schedule mine: mine\.toml is not UTF-8 \(byte 9\); save it as UTF-8"):
        schedule.load(tmp_path)


def test_a_schedule_may_name_series(tmp_path: Path) -> None:
    text = (
        'title = "Own"\nrule = "evidence"\nzone = "UTC"\nreports = ["outlook"]\nlanguages = ["zh"]\nformats = ["md"]\n'
    )
    path = tmp_path / "own.toml"
    path.write_text(f'{text}series = ["cn.xiamen.offshore.execution.usd"]\n', encoding="utf-8")
    assert schedule.load(tmp_path)[0].series == ("cn.xiamen.offshore.execution.usd",)
    path.write_text(f'{text}series = "cn.xiamen"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"series = 'cn\.xiamen'; give a list of names"):
        schedule.load(tmp_path)
