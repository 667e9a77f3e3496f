from __future__ import annotations

import contextlib
import dataclasses
import email
import http.server
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

from forecast.archive import runs
from forecast.archive.manifests import Manifest
from reports import delivery, schedule
from reports.schedule import Job

SLOT = "2026-11-01T01:00:00+00:00"


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs; refuses everything while `closed`."""

    letters: list[bytes]
    closed = False

    def handle(self) -> None:
        if self.closed:
            self.wfile.write(b"421 closed\r\n")
            return
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                self.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


class Caller(http.server.BaseHTTPRequestHandler):
    calls: list[str]

    def do_GET(self) -> None:
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        return


@contextlib.contextmanager
def serving(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def archived(root: Path) -> Manifest:
    def fill(folder: Path) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "index.html").write_text("<p>1634.3</p>")
        (folder / "reports" / "outlook.pdf").write_bytes(b"%PDF-1.7")

    run = Manifest("run-1", "outlook", SLOT, SLOT, "2026-11-01", "complete", "", "ab", 0, "batch", {}, ())
    return runs.write(root, run, fill)


def job(**values: object) -> Job:
    base = next(one for one in schedule.load() if one.name == "outlook")
    return dataclasses.replace(base, **values)


def test_a_run_is_mailed_once_with_its_pages(tmp_path: Path) -> None:
    handler = type("Open", (Mailbox,), {"letters": []})
    run = archived(tmp_path)
    with serving(handler) as port:
        mailed = job(mail_to=("a@example.org",), mail_from="b@example.org", mail_server=f"127.0.0.1:{port}")
        assert delivery.deliver(mailed, run, tmp_path, "In short: 163.4.") == ()
        assert delivery.deliver(mailed, run, tmp_path, "In short: 163.4.") == ()
    (letter,) = handler.letters
    message = email.message_from_bytes(letter)
    assert message["Message-ID"] == "<run-1@example.org>"
    assert [part.get_filename() for part in message.walk() if part.get_filename()] == ["index.html", "outlook.pdf"]
    assert "In short: 163.4." in message.get_payload()[0].get_payload()


def test_a_refusal_is_told_and_tried_again_without_serving_anyone_twice(tmp_path: Path) -> None:
    refusing = type("Shut", (Mailbox,), {"letters": [], "closed": True})
    opened = type("Open", (Mailbox,), {"letters": []})
    run = archived(tmp_path)
    with serving(refusing) as port:
        mailed = job(
            copy_to=str(tmp_path / "sent"),
            mail_to=("a@example.org",),
            mail_from="b@example.org",
            mail_server=f"127.0.0.1:{port}",
        )
        (line,) = delivery.deliver(mailed, run, tmp_path)
    assert "run-1 was made, but mail a@example.org refused it" in line
    (tmp_path / "sent" / "index.html").unlink()
    with serving(opened) as port:
        assert delivery.deliver(dataclasses.replace(mailed, mail_server=f"127.0.0.1:{port}"), run, tmp_path) == ()
    assert len(opened.letters) == 1
    assert not (tmp_path / "sent" / "index.html").exists()


def test_a_web_address_is_called(tmp_path: Path) -> None:
    handler = type("Counting", (Caller,), {"calls": []})
    run = archived(tmp_path)
    with serving(handler) as port:
        assert delivery.deliver(job(ping=f"http://127.0.0.1:{port}/done"), run, tmp_path) == ()
    assert handler.calls == ["/done"]


def test_receipts_leave_the_archive_as_it_was(tmp_path: Path) -> None:
    run = archived(tmp_path)
    delivery.deliver(job(copy_to=str(tmp_path.parent / f"{tmp_path.name}-sent")), run, tmp_path)
    assert runs.scan(tmp_path).runs == (run,)
    (tmp_path / delivery.RECEIPTS / "run-1.json").write_text("[half")
    assert delivery.receipts(tmp_path, "run-1") == ()
