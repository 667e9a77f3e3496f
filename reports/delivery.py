"""Delivery: hand a finished run over, once to each receiver, without ever making it again.

Receipts stand beside the archive: a receiver that took the run is written down before the next one is tried, and is
never served again. What was refused is tried again by the next `report due`. A mail is also written down before it is
sent: if the machine stops in between, nobody knows whether it arrived, and it is not sent a second time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import mimetypes
import shutil
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from forecast.archive.manifests import Manifest
from forecast.errors import InputError
from reports import letter, targets
from reports.letter import Letter
from reports.schedule import Job
from series.files import replace_file

RECEIPTS = ".receipts"
TIMEOUT = 20.0
ATTACHED = (".pdf", ".html", ".xlsx")
Event = Literal["start", "fail", ""]


@dataclass(slots=True)
class Receipts:
    """Who has a run: `served` took it, `begun` were being served when the machine stopped."""

    served: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)


def deliver(job: Job, run: Manifest, root: Path) -> tuple[str, ...]:
    """Hand the files of `run` to every receiver of `job` that has not got them; return one line a failure.

    The ping comes last and tells whether all the others took it. A run that found nothing new is announced, not sent.
    """
    kept = receipts(root, run.id)
    failures: list[str] = []
    if run.outcome == "complete":
        failures += _send(job, run, root, kept)
    name = f"ping {job.ping}"
    if job.ping and name not in kept.served:
        told = announce(job, "fail" if failures else "", "; ".join(failures))
        failures += [f"{job.name}: {run.id} was made, but {line}; tried again when next due" for line in told]
        if not failures:
            kept.served.append(name)
            _keep(root, run.id, kept)
    return tuple(failures)


def announce(job: Job, event: Event, text: str = "") -> tuple[str, ...]:
    """Call the job's web address for a start, a failure or a success; return one line if it could not be reached."""
    if not job.ping:
        return ()
    address = f"{job.ping.rstrip('/')}/{event}" if event else job.ping
    try:
        ping(address, text)
    except (OSError, ValueError) as error:
        return (f"ping {address} failed ({_reason(error)})",)
    return ()


def receipts(root: Path, run: str) -> Receipts:
    """Return who has a run already."""
    path = root / RECEIPTS / f"{run}.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Receipts([str(one) for one in content["served"]], [str(one) for one in content["begun"]])
    except FileNotFoundError:
        return Receipts()
    except (ValueError, TypeError, KeyError):
        path.unlink(missing_ok=True)
        return Receipts()


def copy(source: Path, target: Path) -> None:
    """Copy the files beside what is there, each whole.

    Raises:
        InputError: if somebody else's file stands where one is to go; nothing is copied then.
    """
    paths = sorted(source.iterdir())
    targets.check(str(target), [path.name for path in paths], "move it away, or name another folder in copy_to")
    target.mkdir(parents=True, exist_ok=True)
    for path in paths:
        draft = target / f".{path.name}.draft"
        try:
            shutil.copyfile(path, draft)
            draft.replace(target / path.name)
        finally:
            draft.unlink(missing_ok=True)


def message(job: Job, run: Manifest, folder: Path) -> EmailMessage:
    """Return the mail of a run: its letter, with the PDF files attached, or the pages where there is no PDF."""
    made = EmailMessage()
    made["Subject"] = f"{job.title} ({run.as_of})"
    made["From"] = job.mail_from
    made["To"] = ", ".join(job.mail_to)
    made["Date"] = dt.datetime.fromisoformat(run.made)
    made["Message-ID"] = f"<{run.id}@{job.mail_from.rpartition('@')[2]}>"
    (letter.read(folder) or Letter(f"{job.title}, evidence published by {run.as_of}.\n")).into(made)
    files = sorted((folder / "reports").iterdir())
    wanted = [path for path in files if path.suffix == ".pdf"] or [path for path in files if path.suffix in ATTACHED]
    for path in wanted:
        kind, _, detail = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").partition("/")
        made.add_attachment(path.read_bytes(), maintype=kind, subtype=detail, filename=path.name)
    return made


class UnsureError(Exception):
    """The server had the mail in its hands when it fell silent: nobody knows whether it was taken."""


class _Plain(smtplib.SMTP):
    """Remembers that the text of a mail was on its way."""

    handed = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.handed = True
        return super().data(msg)


class _Secure(smtplib.SMTP_SSL, _Plain):
    """The same over TLS from the first byte."""


def mail(job: Job, run: Manifest, folder: Path, receivers: list[str]) -> Mapping[str, str]:
    """Send one message to the `receivers`; return why the server refused those that it did.

    Raises:
        UnsureError: if the server fell silent after it had been given the text.
        OSError, smtplib.SMTPException: if it could not be talked to, or refused everybody.
    """
    made = message(job, run, folder)
    server = _connected(job)
    try:
        refused = server.send_message(made, to_addrs=receivers)
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if server.handed and not isinstance(error, smtplib.SMTPResponseException):
            raise UnsureError(_reason(error)) from None
        raise
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()
    return {name: str(reason[1], "utf-8", "replace") for name, reason in refused.items()}


def _connected(job: Job) -> _Plain:
    """Return a connection to the job's server, secured and logged in as the job says."""
    host, _, port = job.mail_server.partition(":")
    number = int(port or (465 if job.mail_security == "tls" else 25))
    context = ssl.create_default_context(cafile=job.mail_ca or None) if job.mail_security != "none" else None
    server = (
        _Secure(host, number, timeout=TIMEOUT, context=context)
        if job.mail_security == "tls"
        else _Plain(host, number, timeout=TIMEOUT)
    )
    try:
        if job.mail_security == "starttls":
            server.starttls(context=context)
        if job.mail_user:
            server.login(job.mail_user, Path(job.mail_password_file).read_text(encoding="utf-8").strip())
    except BaseException:
        server.close()
        raise
    return server


def ping(address: str, text: str = "") -> None:
    """Call a web address, as Healthchecks and its like expect, with a line on what went wrong as its body."""
    request = urllib.request.Request(  # noqa: S310 - http(s) only: the schedule is checked for it
        address,
        data=text.encode() if text else None,
        headers={"User-Agent": "outsourcing-forecast"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310 - as above
        return


def _send(job: Job, run: Manifest, root: Path, kept: Receipts) -> list[str]:
    """Copy and mail a run to whoever has not got it; return one line a failure."""
    folder, failures = root / run.id, []

    def failed(name: str, reason: str) -> str:
        return f"{job.name}: {run.id} was made, but {name} refused it ({reason}); tried again when next due"

    name = f"folder {job.copy_to}"
    if job.copy_to and name not in kept.served:
        try:
            copy(folder / "reports", Path(job.copy_to))
        except (InputError, OSError) as error:
            failures.append(failed(name, _reason(error)))
        else:
            kept.served.append(name)
            _keep(root, run.id, kept)
    failures += _lost(job, run, root, kept)
    waiting = [one for one in job.mail_to if f"mail {one}" not in kept.served]
    if waiting:
        kept.begun = [f"mail {one}" for one in waiting]
        _keep(root, run.id, kept)
        try:
            refused = mail(job, run, folder, waiting)
        except UnsureError:
            return [*failures, *_lost(job, run, root, kept)]
        except (OSError, smtplib.SMTPException, ValueError) as error:
            refused = dict.fromkeys(waiting, _reason(error))
        kept.begun = []
        kept.served += [f"mail {one}" for one in waiting if one not in refused]
        _keep(root, run.id, kept)
        failures += [failed(f"mail {one}", reason) for one, reason in refused.items()]
    return failures


def _lost(job: Job, run: Manifest, root: Path, kept: Receipts) -> list[str]:
    """Return one line for each mail that may have arrived or not, once, and never send it again."""
    lost = [one for one in kept.begun if one not in kept.served]
    if lost:
        kept.begun = []
        kept.served += lost
        _keep(root, run.id, kept)
    return [f"{job.name}: {run.id}: nobody knows whether {one} arrived; it is not sent again" for one in lost]


def _reason(error: Exception) -> str:
    """Return what went wrong on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    if isinstance(error, urllib.error.URLError) and not isinstance(error, urllib.error.HTTPError):
        return str(error.reason)
    return " ".join(str(error).split()) or type(error).__name__


def _keep(root: Path, run: str, kept: Receipts) -> None:
    folder = root / RECEIPTS
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"served": kept.served, "begun": kept.begun}, ensure_ascii=False) + "\n"

    def fill(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    replace_file(folder / f"{run}.json", fill)
