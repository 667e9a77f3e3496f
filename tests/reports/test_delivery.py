from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import ssl
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from forecast.archive import runs
from forecast.archive.manifests import Manifest
from reports import delivery, letter, schedule
from reports.letter import Letter
from reports.schedule import Job
from tests.reports.servers import Caller, Mailbox, Silent, listening, serving

SLOT = "2026-11-01T01:00:00+00:00"


def archived(root: Path) -> Manifest:
    def fill(folder: Path) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "index.html").write_text("<p>1634.3</p>")
        (folder / "reports" / "outlook.pdf").write_bytes(b"%PDF-1.7")
        letter.write(folder, Letter("In short: 163.4.", f'<p>163.4</p><img src="cid:{letter.CID}">', b"\x89PNG\r\n"))

    run = Manifest("run-1", "outlook", SLOT, SLOT, "2026-11-01", "complete", "", "ab", 0, "batch", {}, ())
    return runs.write(root, run, fill)


def job(port: int = 0, *names: str, **values: object) -> Job:
    base = next(one for one in schedule.load() if one.name == "outlook")
    if names:
        values |= {"mail_to": names, "mail_from": "b@example.org", "mail_server": f"127.0.0.1:{port}"}
    return dataclasses.replace(base, **values)


def test_a_run_is_one_mail_with_the_chart_inside_and_the_pdf_attached(tmp_path: Path) -> None:
    mailbox, run = Mailbox(), archived(tmp_path)
    with serving(mailbox) as port:
        mailed = job(port, "a@example.org", "c@example.org")
        assert delivery.deliver(mailed, run, tmp_path) == ()
        assert delivery.deliver(mailed, run, tmp_path) == ()
    ((receivers, text),) = mailbox.letters
    message = message_from_bytes(text, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert receivers == ["a@example.org", "c@example.org"]
    assert message["Message-ID"] == "<run-1@example.org>"
    assert message["Date"].datetime == dt.datetime.fromisoformat(SLOT)
    assert message.get_body(("plain",)).get_content().strip() == "In short: 163.4."  # type: ignore[union-attr]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    assert [part.get_filename() for part in message.iter_attachments()] == ["outlook.pdf"]


def test_a_refusal_is_told_and_tried_again_without_serving_anyone_twice(tmp_path: Path) -> None:
    mailbox, run = Mailbox(), archived(tmp_path)
    mailbox.refused = {"a@example.org"}
    with serving(mailbox) as port:
        mailed = job(port, "a@example.org", "c@example.org", copy_to=str(tmp_path / "sent"))
        (line,) = delivery.deliver(mailed, run, tmp_path)
        assert "run-1 was made, but mail a@example.org refused it (no such person)" in line
        (tmp_path / "sent" / "index.html").unlink()
        mailbox.refused = set()
        assert delivery.deliver(mailed, run, tmp_path) == ()
    assert [receivers for receivers, _ in mailbox.letters] == [["c@example.org"], ["a@example.org"]]
    assert not (tmp_path / "sent" / "index.html").exists()


def test_a_folder_with_a_file_of_somebody_else_gets_nothing_until_it_is_away(tmp_path: Path) -> None:
    run, sent = archived(tmp_path), tmp_path / "sent"
    made = sorted(path.name for path in (tmp_path / run.id / "reports").iterdir())
    copied = job(copy_to=str(sent))
    sent.mkdir()
    (sent / made[-1]).write_text("mine")
    (line,) = delivery.deliver(copied, run, tmp_path)
    assert f"{made[-1]}' exists already and is no report; move it away, or name another folder in copy_to" in line
    assert [path.read_text() for path in sent.iterdir()] == ["mine"]
    (sent / made[-1]).unlink()
    assert delivery.deliver(copied, run, tmp_path) == ()
    assert sorted(path.name for path in sent.iterdir()) == made


def test_a_server_that_is_full_or_gone_is_told_and_asked_again(tmp_path: Path) -> None:
    mailbox, run = Mailbox(), archived(tmp_path)
    mailbox.full = True
    with serving(mailbox) as port:
        mailed = job(port, "a@example.org")
        assert "452 no room" in delivery.deliver(mailed, run, tmp_path)[0]
    assert "Connection refused" in delivery.deliver(mailed, run, tmp_path)[0]
    mailbox.full = False
    with serving(mailbox) as port:
        assert delivery.deliver(job(port, "a@example.org"), run, tmp_path) == ()
    assert len(mailbox.letters) == 1


def test_a_mail_that_may_have_arrived_is_never_sent_again(tmp_path: Path) -> None:
    handler = type("Dying", (Silent,), {"taken": []})
    run = archived(tmp_path)
    with listening(handler) as port:
        mailed = job(port, "a@example.org")
        (line,) = delivery.deliver(mailed, run, tmp_path)
        assert "nobody knows whether mail a@example.org arrived" in line
        assert delivery.deliver(mailed, run, tmp_path) == ()
    assert len(handler.taken) == 1


def test_a_machine_that_stopped_while_it_sent_does_not_send_again(tmp_path: Path) -> None:
    mailbox, run = Mailbox(), archived(tmp_path)
    delivery._keep(tmp_path, run.id, delivery.Receipts([], ["mail a@example.org"]))
    with serving(mailbox) as port:
        (line,) = delivery.deliver(job(port, "a@example.org"), run, tmp_path)
        assert delivery.deliver(job(port, "a@example.org"), run, tmp_path) == ()
    assert "not sent again" in line
    assert mailbox.letters == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: there is no certificate to serve with")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", *kind, *names, "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return key, cert


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_sender_logs_in_over_tls_only(tmp_path: Path, certificate: tuple[Path, Path], security: str) -> None:
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    mailbox, run = Mailbox(), archived(tmp_path)
    tls = {"tls_context": context, "require_starttls": True} if security == "starttls" else {"ssl_context": context}
    login = dict.fromkeys(("auth_required", "auth_require_tls"), security == "starttls")
    (tmp_path / "password").write_text("open sesame\n")
    (tmp_path / "wrong").write_text("guess\n")
    with serving(mailbox, authenticator=mailbox.authenticate, **tls, **login) as port:
        mailed = job(
            port,
            "a@example.org",
            mail_security=security,
            mail_user="desk",
            mail_password_file=str(tmp_path / "wrong"),
            mail_ca=str(cert),
        )
        assert "535" in delivery.deliver(mailed, run, tmp_path)[0]
        stranger = dataclasses.replace(mailed, mail_ca="")
        assert "certificate verify failed" in delivery.deliver(stranger, run, tmp_path)[0]
        right = dataclasses.replace(mailed, mail_password_file=str(tmp_path / "password"))
        assert delivery.deliver(right, run, tmp_path) == ()
    assert (len(mailbox.letters), set(mailbox.users)) == (1, {"desk"})


def test_a_web_address_hears_of_start_success_and_failure(tmp_path: Path) -> None:
    handler = type("Counting", (Caller,), {"calls": []})
    run = archived(tmp_path)
    with listening(handler) as port:
        called = job(ping=f"http://127.0.0.1:{port}/check")
        assert delivery.announce(called, "start") == ()
        assert delivery.announce(called, "fail", "disk full") == ()
        assert delivery.deliver(called, run, tmp_path) == ()
        assert delivery.deliver(called, run, tmp_path) == ()
    assert handler.calls == [("/check/start", ""), ("/check/fail", "disk full"), ("/check", "")]


def test_a_mail_that_failed_is_announced_as_a_failure_and_then_as_a_success(tmp_path: Path) -> None:
    handler = type("Counting", (Caller,), {"calls": []})
    mailbox, run = Mailbox(), archived(tmp_path)
    mailbox.full = True
    with listening(handler) as web, serving(mailbox) as port:
        mailed = job(port, "a@example.org", ping=f"http://127.0.0.1:{web}/check")
        assert len(delivery.deliver(mailed, run, tmp_path)) == 1
        mailbox.full = False
        assert delivery.deliver(mailed, run, tmp_path) == ()
    assert [path for path, _ in handler.calls] == ["/check/fail", "/check"]


def test_a_web_address_that_is_out_of_order_is_called_again(tmp_path: Path) -> None:
    handler = type("Broken", (Caller,), {"calls": [], "status": 503})
    run = archived(tmp_path)
    with listening(handler) as port:
        called = job(ping=f"http://127.0.0.1:{port}/check")
        assert "503" in delivery.deliver(called, run, tmp_path)[0]
        handler.status = 200
        assert delivery.deliver(called, run, tmp_path) == ()
    assert len(handler.calls) == 2


def test_a_run_that_found_nothing_new_is_announced_and_not_sent(tmp_path: Path) -> None:
    handler = type("Counting", (Caller,), {"calls": []})
    mailbox = Mailbox()
    run = dataclasses.replace(archived(tmp_path), outcome="unchanged")
    with listening(handler) as web, serving(mailbox) as port:
        assert delivery.deliver(job(port, "a@example.org", ping=f"http://127.0.0.1:{web}/c"), run, tmp_path) == ()
    assert (mailbox.letters, [path for path, _ in handler.calls]) == ([], ["/c"])


def test_receipts_leave_the_archive_as_it_was(tmp_path: Path) -> None:
    run = archived(tmp_path)
    delivery.deliver(job(copy_to=str(tmp_path.parent / f"{tmp_path.name}-sent")), run, tmp_path)
    assert runs.scan(tmp_path).runs == (run,)
    (tmp_path / delivery.RECEIPTS / "run-1.json").write_text("[half")
    assert delivery.receipts(tmp_path, "run-1") == delivery.Receipts()
