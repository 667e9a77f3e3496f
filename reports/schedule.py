"""Schedule: which jobs there are, and which of their slots are due, decided from the archive alone."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forecast.archive.manifests import Manifest
from forecast.archive.runs import Shelf
from forecast.errors import InputError, near
from reports import documents
from reports.page import LANGUAGES

Rule = Literal["cron", "monthly", "quarterly", "annual", "evidence"]
Missed = Literal["latest", "all"]
Security = Literal["none", "starttls", "tls"]
MONTHS: Mapping[str, tuple[int, ...]] = {"monthly": tuple(range(1, 13)), "quarterly": (1, 4, 7, 10), "annual": (1,)}
LOOK_BACK = dt.timedelta(days=370)
"""How far back a job that never ran looks for its first slot: every rule has one within a year."""
OF_RULES: Mapping[str, tuple[str, ...]] = {
    "cron": ("cron", "missed"),
    **dict.fromkeys(MONTHS, ("after", "at", "missed")),
    "evidence": ("quiet",),
}
"""Which settings of a rule each rule has."""
NUMBERS = ("after", "quiet")
LISTS = ("reports", "languages", "formats", "series", "mail_to")
_KINDS: dict[type, str] = {list: "a list of names", int: "a whole number", str: "text in quotes"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Job:
    """One schedule.

    Attributes:
        name: of its file; letters, digits and underscores.
        title: what people call it.
        reports: what it builds.
        languages: in which languages.
        formats: in which formats.
        rule: a cron line; a release calendar: the first day after `after` of each month, quarter or year; or
            `evidence`: when there is evidence that the newest run did not know.
        zone: time zone of the rule.
        cron: the cron line, for the rule `cron`.
        after: day of the month after which figures are out, for a release calendar.
        at: time of day of a release calendar, 09:00.
        series: ids of the series that the outlook and the scorecard are about, the main ones if none is named.
        quiet: hours that must lie between two runs, for the rule `evidence`, so that a day of entries makes one report.
        missed: whether slots that passed while nothing ran are made up for one by one, or by the latest alone.
        copy_to: a folder that gets a copy of the files, or empty.
        mail_to: addresses that get the brief with the files attached.
        mail_from: the sender's address.
        mail_server: host:port of the SMTP server.
        mail_security: none, starttls, or tls from the first byte.
        mail_user: name to log in with, or empty.
        mail_password_file: file that holds the password, and nothing else.
        mail_ca: file with the certificates to trust, for a server of one's own; or empty.
        ping: an http address that is called when a run starts (address/start), has been made and handed over
            (address), or has failed (address/fail); or empty.
    """

    name: str
    title: str
    reports: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    rule: Rule
    zone: str
    cron: str = ""
    after: int = 1
    at: str = "09:00"
    quiet: int = 0
    series: tuple[str, ...] = ()
    missed: Missed = "latest"
    copy_to: str = ""
    mail_to: tuple[str, ...] = ()
    mail_from: str = ""
    mail_server: str = "localhost:25"
    mail_security: Security = "none"
    mail_user: str = ""
    mail_password_file: str = ""
    mail_ca: str = ""
    ping: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InputError(f"schedule '{self.name}': name the file with small letters, digits and underscores")
        for given, known, noun in (
            (self.reports, documents.REPORTS, "report"),
            (self.languages, LANGUAGES, "language"),
            (self.formats, documents.FORMATS, "format"),
            ((self.rule,), get_args(Rule), "rule"),
            ((self.missed,), get_args(Missed), "missed"),
            ((self.mail_security,), get_args(Security), "mail_security"),
        ):
            for one in given:
                if one not in known:
                    raise InputError(f"schedule {self.name}: {noun} '{one}' is unknown.{near(one, known)}")
        if not (self.reports and self.languages and self.formats):
            raise InputError(f"schedule {self.name}: name at least one report, language and format")
        if not 1 <= self.after <= 28:
            raise InputError(
                f"schedule {self.name}: after = {self.after}; give a day within 1..28, which every month has"
            )
        if self.quiet < 0:
            raise InputError(f"schedule {self.name}: quiet = {self.quiet}; give hours, 0 for none")
        if self.mail_to and "@" not in self.mail_from:
            raise InputError(f"schedule {self.name}: mail_from = '{self.mail_from}' is no address; mail needs a sender")
        if self.mail_user and not self.mail_password_file:
            raise InputError(f"schedule {self.name}: mail_user = '{self.mail_user}' needs a mail_password_file")
        if self.mail_user and self.mail_security == "none":
            raise InputError(f"schedule {self.name}: a password needs mail_security = 'starttls' or 'tls'")
        if self.ping and not self.ping.startswith(("http://", "https://")):
            raise InputError(f"schedule {self.name}: ping = '{self.ping}' is no web address")
        _clock(self)
        _zone(self)
        if self.rule == "cron":
            _cron(self, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))


@dataclass(frozen=True, slots=True)
class Due:
    """A slot of a job that is to be made now; `slot` is in UTC. `since` is the run whose evidence is no longer all."""

    job: Job
    slot: dt.datetime
    since: str = ""

    @property
    def as_of(self) -> dt.date:
        """The day of the slot where the job lives: what was published by then is what it uses."""
        return self.slot.astimezone(_zone(self.job)).date()


def load(folder: Path | None = None) -> tuple[Job, ...]:
    """Return the schedules of a folder, or the shipped ones, by name.

    Raises:
        InputError: naming the first that cannot be read, and why.
    """
    place = importlib.resources.files("reports").joinpath("schedules") if folder is None else folder
    if folder is not None and not folder.is_dir():
        raise InputError(f"'{folder}' is not a folder; give one that holds schedules (*.toml)")
    files = sorted((path for path in place.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return tuple(_job(path.name.removesuffix(".toml"), path.read_bytes()) for path in files)


Evidence = Callable[[dt.date], str]
"""Gives the hash of what was known by a day."""


def due(jobs: Sequence[Job], shelf: Shelf, now: dt.datetime, evidence: Evidence) -> tuple[Due, ...]:
    """Return what is to be made at `now`, oldest slot first.

    A slot is done when the archive has a run of it that verifies; nothing else remembers. A clock that was set back
    makes nothing due a second time; a run from a clock that was years ahead holds nothing up.
    """
    found: list[Due] = []
    for job in jobs:
        if job.rule == "evidence":
            found += _after_news(job, shelf, now, evidence)
            continue
        done = _done(job, shelf)
        newest = max((slot for slot in done if slot <= now + LOOK_BACK), default=None)
        passed = list(slots(job, newest or now - LOOK_BACK, now))
        wanted = passed if job.missed == "all" and newest else passed[-1:]
        found += [Due(job, slot) for slot in wanted if slot not in done]
    return tuple(sorted(found, key=lambda one: (one.slot, one.job.name)))


def newest(job: Job, shelf: Shelf, now: dt.datetime) -> Manifest | None:
    """Return the run of the job with the latest slot; one that lies a year or more ahead does not count."""
    near_by = [run for run in shelf.of(job.name) if dt.datetime.fromisoformat(run.slot) <= now + LOOK_BACK]
    return near_by[-1] if near_by else None


def _after_news(job: Job, shelf: Shelf, now: dt.datetime, evidence: Evidence) -> list[Due]:
    """Return the minute of `now` as a slot where something is known that the newest run of the job did not know.

    While that run lies ahead of the clock, or its quiet hours last, nothing is due.
    """
    moment = now.astimezone(dt.UTC).replace(second=0, microsecond=0)
    last = newest(job, shelf, now)
    if last is None:
        return [Due(job, moment)]
    quiet = max(dt.timedelta(hours=job.quiet), dt.timedelta(minutes=1))
    one = Due(job, moment, last.id)
    still = moment < dt.datetime.fromisoformat(last.slot) + quiet
    return [] if still or last.evidence == evidence(one.as_of) else [one]


def describe(job: Job) -> str:
    """Return the rule of a job in a few words."""
    if job.rule == "cron":
        return job.cron
    if job.rule == "evidence":
        return f"after new evidence, at most every {job.quiet} hours" if job.quiet else "after new evidence"
    return f"{job.rule} after day {job.after} at {job.at}"


def ahead(jobs: Sequence[Job], shelf: Shelf, now: dt.datetime) -> tuple[str, ...]:
    """Return one line a job with runs whose slot is still to come: the clock was ahead then, or is behind now."""
    lines: list[str] = []
    for job in jobs:
        runs = [run for run in shelf.of(job.name) if dt.datetime.fromisoformat(run.slot) > now]
        if runs:
            more = f" (the last of {len(runs)} such runs)" if len(runs) > 1 else ""
            lines.append(
                f"{job.name}: {runs[-1].id}{more} was made for {runs[-1].slot}, which is still to come; check the clock"
            )
    return tuple(lines)


def _done(job: Job, shelf: Shelf) -> set[dt.datetime]:
    return {dt.datetime.fromisoformat(run.slot) for run in shelf.of(job.name)}


def slots(job: Job, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Yield the slots of a job after `since` and up to `until`, in UTC.

    A time of day that daylight saving skips counts an hour later; one that it repeats counts once.
    """
    if job.rule == "cron":
        for moment in _cron(job, since):
            if moment > until:
                return
            yield moment.astimezone(dt.UTC)
    else:
        yield from _releases(job, since, until)


def _releases(job: Job, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    zone, hour = _zone(job), _clock(job)
    for year in range(since.year - 1, until.year + 2):
        for month in MONTHS[job.rule]:
            day = dt.date(year, month, job.after) + dt.timedelta(days=1)
            moment = dt.datetime.combine(day, hour, zone).astimezone(dt.UTC)
            if since < moment <= until:
                yield moment


def _cron(job: Job, since: dt.datetime) -> Iterator[dt.datetime]:
    from cronsim import CronSim, CronSimError

    try:
        return iter(CronSim(job.cron, since.astimezone(_zone(job))))
    except CronSimError as error:
        raise InputError(f"schedule {job.name}: cron line '{job.cron}' cannot be read ({error})") from None


def _zone(job: Job) -> ZoneInfo:
    try:
        return ZoneInfo(job.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(f"schedule {job.name}: zone '{job.zone}' is unknown; write it like Asia/Shanghai") from None


def _clock(job: Job) -> dt.time:
    try:
        return dt.time.fromisoformat(job.at)
    except ValueError:
        raise InputError(f"schedule {job.name}: at = '{job.at}' is no time of day; write it like 09:00") from None


def _job(name: str, data: bytes) -> Job:
    try:
        content: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"schedule {name}: {name}.toml is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"schedule {name}: {error}") from None
    known = {field.name for field in fields(Job)} - {"name"}
    for key in content:
        if key not in known:
            raise InputError(f"schedule {name}: '{key}' is unknown.{near(key, known)}")
    for key in ("title", "rule", "zone"):
        if key not in content:
            raise InputError(f"schedule {name}: '{key}' is missing; add it")
    for key, value in content.items():
        wanted = list if key in LISTS else int if key in NUMBERS else str
        parts = value if isinstance(value, list) else []
        if type(value) is not wanted or not all(isinstance(part, str) for part in parts):
            raise InputError(f"schedule {name}: {key} = {value!r}; give {_KINDS[wanted]}")
    own = OF_RULES.get(str(content["rule"]), ())
    for key in sorted({one for others in OF_RULES.values() for one in others} - set(own)):
        if own and key in content:
            raise InputError(
                f"schedule {name}: rule '{content['rule']}' has no '{key}'; leave it out, or take another rule. "
                f"It has: {', '.join(own)}"
            )
    values: dict[str, Any] = {key: tuple(content.get(key, ())) for key in LISTS}
    return Job(name=name, **(content | values))
