"""Letters as they arrive: written by the worker, sent over SMTP to a server that keeps them."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from forum.kernel import mailer
from forum.kernel.db import db
from forum.kernel.worker import Worker

LINK = re.compile(r"https?://\S+")


class Letters:
    """Everything that the mail server took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.app: Flask

    async def handle_RCPT(  # noqa: N802  # its name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.seen.append(message)
        return "250 Kept"

    def deliver(self) -> list[EmailMessage]:
        """Let the worker do all that waits, in a context of its own. Returns the letters that came of it."""
        before = len(self.seen)
        Context().run(self._work)
        db.session.rollback()
        db.session.expire_all()
        return self.seen[before:]

    def refuse(self, address: str) -> None:
        """From now on the server knows nobody there."""
        self.refused.add(address)

    def one(self) -> EmailMessage:
        (letter,) = self.deliver()
        return letter

    def link(self) -> str:
        """The path behind the link of the one letter that is delivered now."""
        return path_in(self.one())

    def _work(self) -> None:
        postbox = mailer.Postbox(f"smtp://127.0.0.1:{self.port}", Path("unused"), "Kade", "kade@localhost")
        with self.app.app_context():
            Worker(postbox, {}).drain()


def path_in(letter: EmailMessage) -> str:
    return link_in(letter).removeprefix("http://localhost")


def link_in(letter: EmailMessage) -> str:
    return str(LINK.findall(plain_of(letter))[0])


def plain_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


@contextmanager
def mail_server() -> Iterator[Letters]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    letters = Letters(port)
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    yield letters
    controller.stop()
