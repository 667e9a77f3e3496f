"""Servers on this machine that take what is delivered: mail, and calls of a web address."""

from __future__ import annotations

import contextlib
import http.server
import socket
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailbox:
    """What a real SMTP server received; it refuses the addresses in `refused`, and every text while `full`."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.refused: set[str] = set()
        self.full = False
        self.users: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.full:
            return "452 no room"
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 taken"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
        self.users.append(login.login.decode())
        return AuthResult(success=login.password == b"open sesame", handled=False)


@contextlib.contextmanager
def serving(mailbox: Mailbox, **options: Any) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class Silent(socketserver.StreamRequestHandler):
    """A server that takes the text of a mail and dies before it says whether it has it."""

    taken: list[bytes]

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            if line[:4].upper() == b"DATA":
                self.wfile.write(b"354 go\r\n")
                self.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                return
            self.wfile.write(b"250 ok\r\n")


class Caller(http.server.BaseHTTPRequestHandler):
    calls: list[tuple[str, str]]
    status = 200

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.calls.append((self.path, body))
        self.send_response(self.status)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the server's name

    def log_message(self, *_args: object) -> None:
        return


@contextlib.contextmanager
def listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
