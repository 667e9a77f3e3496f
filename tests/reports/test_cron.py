"""A real cron daemon runs the line that we print, and a real mail server gets the report: once."""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import forecast
from forecast.archive import runs
from reports import triggers

pytestmark = pytest.mark.slow
CODE = Path(forecast.__file__).parents[1]
PATIENCE = 150
"""Seconds after which the daemon counts as dead."""

ALONE = """
set -e
mount --bind "$1" /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
mount --bind "$2" /etc/cron.d
mount --bind "$2/.table" /etc/crontab
exec cron -f
"""
AHEAD = """
#include <sys/time.h>
#include <time.h>
static time_t ahead = -1;
time_t time(time_t *out) {
    struct timeval now;
    gettimeofday(&now, NULL);
    if (ahead < 0) ahead = (117 - now.tv_sec % 60) % 60;
    time_t told = now.tv_sec + ahead;
    if (out) *out = told;
    return told;
}
"""
SCHEDULE = """
title = "Outlook"
reports = ["outlook"]
languages = ["en"]
formats = ["html", "pdf"]
rule = "monthly"
after = 22
zone = "Asia/Shanghai"
copy_to = "{folder}/sent"
mail_to = ["minister@example.org"]
mail_from = "desk@example.org"
mail_server = "127.0.0.1:{port}"
"""


class Inbox:
    """Every mail that the server took."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(envelope.content)
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    kept = Inbox()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


def daemon(folder: Path, table: str) -> subprocess.Popen[bytes]:
    """Start cron with `table` as its only table, in a mount space of its own, three seconds before a minute is full.

    A library set before it moves the clock that it reads, so that nobody has to wait for the minute; where there is no
    compiler, it takes up to a minute longer.
    """
    for name in ("spool", "none"):
        (folder / name).mkdir()
    (folder / "none" / ".table").touch()
    (folder / "spool" / "root").write_text(table)
    (folder / "spool" / "root").chmod(0o600)
    environment = dict(os.environ)
    if compiler := shutil.which("cc"):
        (folder / "ahead.c").write_text(AHEAD)
        library = str(folder / "ahead.so")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, str(folder / "ahead.c")], check=True)
        environment |= {"LD_PRELOAD": library}
    apart = ["unshare", "--mount", "--propagation", "private", "sh", "-c", ALONE, "sh"]
    return subprocess.Popen([*apart, str(folder / "spool"), str(folder / "none")], env=environment)


def reason_not_to() -> str:
    if shutil.which("cron") is None or shutil.which("unshare") is None:
        return "cron or unshare is not installed"
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return "not allowed to give cron a table of its own"
    return ""


def test_cron_runs_what_is_due_and_the_report_is_mailed_once(tmp_path: Path, inbox: tuple[Inbox, int]) -> None:
    if reason := reason_not_to():
        pytest.skip(reason)
    kept, port = inbox
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "outlook.toml").write_text(SCHEDULE.format(folder=tmp_path, port=port))
    options = ["--schedules", str(tmp_path / "plans"), "--archive", str(tmp_path / "runs"), "--engine", "batch"]
    line = triggers.units("cron", [sys.executable, "-m", "forecast.cli"], tmp_path, options)["crontab"]
    end = tmp_path / "end"
    os.mkfifo(end)
    ended = os.open(end, os.O_RDWR | os.O_NONBLOCK)
    told = f"dd of={end} oflag=nonblock status=none"
    often = line.replace(f"{triggers.MINUTE} ", "* ", 1).replace(" # ", f' >said 2>&1; echo "ended $?" | {told} # ')
    cron = daemon(tmp_path, f"PYTHONPATH={CODE}\nOMP_NUM_THREADS=1\n{often}")
    try:
        there, _, _ = select.select([ended], [], [], PATIENCE)
        assert there, "cron never ran the line"
        assert os.read(ended, 100) == b"ended 0\n", (tmp_path / "said").read_text()
    finally:
        cron.terminate()
        cron.wait()
        os.close(ended)
    (run,) = runs.scan(tmp_path / "runs").runs
    assert run.outcome == "complete"
    assert (tmp_path / "sent" / "outlook.pdf").read_bytes().startswith(b"%PDF")
    again = subprocess.run(
        [sys.executable, "-m", "forecast.cli", "report", "due", *options],
        capture_output=True,
        text=True,
        env=dict(os.environ) | {"PYTHONPATH": str(CODE)},
    )
    assert (again.returncode, again.stdout) == (0, "Nothing is due.\n")
    (text,) = kept.mails
    mail = message_from_bytes(text, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["Message-ID"] == f"<{run.id}@example.org>"
    kinds = [part.get_content_type() for part in mail.walk()]
    assert (kinds.count("text/html"), kinds.count("image/png"), kinds.count("application/pdf")) == (1, 1, 1)
