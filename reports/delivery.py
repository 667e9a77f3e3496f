"""Delivery: hand a finished run over, at most once to each receiver, without ever making it again.

A receiver that took the run is written down beside the archive before the next one is tried. What was not delivered is
tried again by the next `report due`; a run that was delivered is never sent a second time.
"""

from __future__ import annotations

import json
import mimetypes
import shutil
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from forecast.archive.manifests import Manifest
from reports.schedule import Job
from series.files import replace_file

RECEIPTS = ".receipts"
TIMEOUT = 20.0
ATTACHED = (".html", ".pdf", ".xlsx")


def deliver(job: Job, run: Manifest, root: Path, brief: str = "") -> tuple[str, ...]:
    """Hand the files of `run` to every receiver of `job` that has not got them; return one line a failure.

    Receipts are kept in the archive at `root`, so that a receiver is served once, however often this is called.
    """
    files = root / run.id / "reports"
    ways: dict[str, Callable[[], None]] = {}
    if job.copy_to:
        ways[f"folder {job.copy_to}"] = lambda: copy(files, Path(job.copy_to))
    if job.mail_to:
        ways[f"mail {', '.join(job.mail_to)}"] = lambda: mail(job, run, files, brief)
    if job.ping:
        ways[f"ping {job.ping}"] = lambda: ping(job.ping)
    served = receipts(root, run.id)
    failures = []
    for name, way in ways.items():
        if name in served:
            continue
        try:
            way()
        except (OSError, smtplib.SMTPException, urllib.error.URLError) as error:
            failures.append(
                f"{job.name}: {run.id} was made, but {name} refused it ({error}); tried again when next due"
            )
            continue
        served = (*served, name)
        _note(root, run.id, served)
    return tuple(failures)


def receipts(root: Path, run: str) -> tuple[str, ...]:
    """Return the receivers that have a run already."""
    path = root / RECEIPTS / f"{run}.json"
    try:
        return tuple(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except ValueError:
        path.unlink(missing_ok=True)
        return ()


def copy(source: Path, target: Path) -> None:
    """Copy the files beside what is there, each whole."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        draft = target / f".{path.name}.draft"
        try:
            shutil.copyfile(path, draft)
            draft.replace(target / path.name)
        finally:
            draft.unlink(missing_ok=True)


def mail(job: Job, run: Manifest, files: Path, brief: str) -> None:
    """Send one message with the brief as its text and the pages attached; its id is the run's."""
    message = EmailMessage()
    message["Subject"] = f"{job.title} ({run.as_of})"
    message["From"] = job.mail_from
    message["To"] = ", ".join(job.mail_to)
    message["Message-ID"] = f"<{run.id}@{job.mail_from.rpartition('@')[2]}>"
    message.set_content(brief or f"{job.title}, evidence published by {run.as_of}.\n")
    for path in sorted(files.iterdir()):
        if path.suffix in ATTACHED:
            kind, _, detail = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").partition("/")
            message.add_attachment(path.read_bytes(), maintype=kind, subtype=detail, filename=path.name)
    host, _, port = job.mail_server.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT) as server:
        server.send_message(message)


def ping(address: str) -> None:
    """Call a web address, as Healthchecks and its like expect."""
    request = urllib.request.Request(address, method="GET", headers={"User-Agent": "outsourcing-forecast"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310 - http(s) only: the schedule is checked for it
        return


def _note(root: Path, run: str, served: tuple[str, ...]) -> None:
    folder = root / RECEIPTS
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(served, ensure_ascii=False) + "\n"

    def fill(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    replace_file(folder / f"{run}.json", fill)
