"""Letters: written in the transaction of their cause, sent by the worker to an SMTP server, or to files without one.

A letter goes out at least once; its Message-ID never changes, so that a mail server can drop a second copy. The words
are wiped once it is sent, since they may hold a link that gives access.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import JSON, Index, Select, delete, false, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock, events, outbox
from forum.kernel.db import Base, db
from forum.kernel.ids import LetterId

SMTP_TIMEOUT_S = 20
LEASE = timedelta(minutes=2)
# Whom a letter went to and whether it was taken: for a question that comes a few weeks later. Words go at once.
KEPT_FOR = timedelta(days=30)
FOLDER = "mail"


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"
    DISCARDED = "discarded"


NOT_SENT_SQL = text("state <> 'sent'")


class StoredLetter(Base):
    __tablename__ = "letters"
    __table_args__ = (
        Index(
            "ix_letters_due",
            "next_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index("ix_letters_state", "state", "id", postgresql_where=NOT_SENT_SQL, sqlite_where=NOT_SENT_SQL),
    )

    id: Mapped[LetterId] = mapped_column(primary_key=True)
    to_address: Mapped[str]
    to_name: Mapped[str]
    subject: Mapped[str]
    plain: Mapped[str]
    html: Mapped[str]
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=LetterState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    is_last: Mapped[bool] = mapped_column(default=False, server_default=false())
    """To somebody who was erased: nothing of it stays once it's sent."""


@dataclass(frozen=True)
class Letter:
    """What someone is to read. `html` may be empty; `headers` are added as they are."""

    to_address: str
    to_name: str
    subject: str
    plain: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_last: bool = False


@dataclass(frozen=True)
class AddressRefused(events.Event):
    """A mail server said for good that it takes no letters to this address."""

    address: str
    reason: str


_intercepted: ContextVar[list[Letter] | None] = ContextVar("intercepted", default=None)


@contextmanager
def intercepted() -> Iterator[list[Letter]]:
    """Within, letters go into this list and nowhere else: for looking at them."""
    letters: list[Letter] = []
    token = _intercepted.set(letters)
    try:
        yield letters
    finally:
        _intercepted.reset(token)


def post(letter: Letter, domain: str) -> None:
    """Put a letter in the tray, in the open transaction. The worker sends it."""
    kept = _intercepted.get()
    if kept is not None:
        kept.append(letter)
        return
    now = clock.now()
    db.session.add(
        StoredLetter(
            to_address=letter.to_address,
            to_name=letter.to_name,
            subject=" ".join(letter.subject.split()),
            plain=letter.plain,
            html=letter.html,
            headers=dict(letter.headers),
            message_id=make_msgid(domain=domain.partition(":")[0]),
            created_at=now,
            next_at=now,
            is_last=letter.is_last,
        )
    )
    outbox.notify()


def is_any_due() -> bool:
    """A read, as the outbox's."""
    return db.session.scalar(_due(clock.now()).limit(1)) is not None


def claim(limit: int) -> list[LetterId]:
    """Lease due letters, oldest first."""
    now = clock.now()
    ids = list(db.session.scalars(_due(now).limit(limit).with_for_update(skip_locked=True)))
    db.session.execute(
        update(StoredLetter)
        .where(StoredLetter.id.in_(ids))
        .values(leased_until=now + LEASE, attempts=StoredLetter.attempts + 1)
    )
    return ids


def _due(now: datetime) -> Select[LetterId]:
    return (
        select(StoredLetter.id)
        .where(
            StoredLetter.state == LetterState.WAITING,
            StoredLetter.next_at <= now,
            (StoredLetter.leased_until.is_(None)) | (StoredLetter.leased_until < now),
        )
        .order_by(StoredLetter.next_at, StoredLetter.id)
    )


def get_letter(letter_id: LetterId) -> StoredLetter:
    return db.session.get_one(StoredLetter, letter_id)


def mark_sent(letter_id: LetterId) -> None:
    letter = get_letter(letter_id)
    if letter.is_last:
        db.session.delete(letter)
        return
    letter.state, letter.sent_at, letter.leased_until = LetterState.SENT, clock.now(), None
    letter.plain = letter.html = letter.error = ""


def mark_failed(letter_id: LetterId, error: str, *, for_good: bool) -> None:
    """Put a letter back for a later attempt; park it when the server refused it for good."""
    letter = get_letter(letter_id)
    letter.error, letter.leased_until = error[:2000], None
    letter.next_at = clock.now() + outbox.back_off(letter.attempts)
    if for_good or letter.attempts >= outbox.MAX_ATTEMPTS:
        letter.state = LetterState.PARKED


def retry(letter_id: LetterId) -> None:
    """Due at once, as if it had never been tried. The caller looked at its state, locked."""
    letter = get_letter(letter_id)
    letter.state, letter.attempts, letter.next_at, letter.leased_until = LetterState.WAITING, 0, clock.now(), None
    outbox.notify()


def retry_parked() -> int:
    """All that were given up on; returns how many."""
    found = db.session.execute(
        update(StoredLetter)
        .where(StoredLetter.state == LetterState.PARKED)
        .values(state=LetterState.WAITING, attempts=0, next_at=clock.now(), leased_until=None)
        .returning(StoredLetter.id)
    ).all()
    outbox.notify()
    return len(found)


def discard(letter_id: LetterId) -> None:
    """Never to be sent; its words go at once, its row with those of sent ones."""
    letter = get_letter(letter_id)
    letter.state, letter.leased_until, letter.plain, letter.html = LetterState.DISCARDED, None, "", ""


def count_waiting() -> int:
    return _count(LetterState.WAITING)


def count_parked() -> int:
    return _count(LetterState.PARKED)


def _count(state: LetterState) -> int:
    statement = select(func.count()).select_from(StoredLetter).where(StoredLetter.state == state)
    return db.session.scalar(statement) or 0


class Addresses(Protocol):
    """What of an installation's settings letters need."""

    @property
    def smtp_url(self) -> str | None: ...
    @property
    def data_dir(self) -> Path: ...
    @property
    def site_name(self) -> str: ...
    @property
    def host(self) -> str: ...


class Postbox:
    """Where letters go: an SMTP server, or files under `folder` where none is set."""

    def __init__(self, smtp_url: str | None, folder: Path, sender_name: str, sender_address: str) -> None:
        self.smtp_url = smtp_url
        self.folder = folder
        self.sender_name = sender_name
        self.sender_address = sender_address

    @classmethod
    def of(cls, settings: Addresses) -> Postbox:
        """The postbox of an installation; letters come from no-reply at its own name."""
        name = settings.host.partition(":")[0]
        return cls(settings.smtp_url, settings.data_dir / FOLDER, settings.site_name, f"no-reply@{name}")

    def send(self, letter: StoredLetter) -> None:
        """Raises smtplib.SMTPException or OSError."""
        message = self.message(letter)
        if self.smtp_url:
            with connection(self.smtp_url) as server:
                server.send_message(message)
        else:
            self.file(message, letter.id)

    def message(self, letter: StoredLetter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = formataddr((self.sender_name, self.sender_address))
        message["To"] = formataddr((letter.to_name, letter.to_address))
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.created_at)
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        for name, value in letter.headers.items():
            message[name] = value
        message.set_content(letter.plain)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        return message

    def file(self, message: EmailMessage, letter_id: LetterId) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = path_of(self.folder, letter_id)
        partial = path.with_suffix(".part")
        partial.write_bytes(message.as_bytes())
        partial.replace(path)


@contextmanager
def connection(url: str, seconds: float = SMTP_TIMEOUT_S) -> Iterator[smtplib.SMTP]:
    """An SMTP connection for smtp://USER:PASSWORD@HOST:PORT (STARTTLS where offered) or smtps://…"""
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    server: smtplib.SMTP
    if secure:
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=seconds, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=seconds)
    with server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def refused_address(error: Exception) -> str | None:
    """The recipient whom the server will never take a letter for, rather than this letter's words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused) and is_final(error):
        return str(next(iter(error.recipients)))
    return None


def is_final(error: Exception) -> bool:
    """Whether the server said that this letter will never be taken (a 5xx answer about its recipient or words)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers: dict[str, Any] = error.recipients
        return all(500 <= code < 600 for code, _ in answers.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def forget(address: str, folder: Path) -> None:
    """Nothing of what was written to an address stays, sent or not, but the last letter to it until it's sent."""
    here = (func.lower(StoredLetter.to_address) == address.lower(), ~StoredLetter.is_last)
    for letter_id in db.session.scalars(delete(StoredLetter).where(*here).returning(StoredLetter.id)).all():
        path_of(folder, letter_id).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete letters' rows after a while, and letters that are files: addresses are personal data. One that was refused
    for good goes, too: by then nobody will send it."""
    until = clock.now() - KEPT_FOR
    over = StoredLetter.state.in_((LetterState.SENT, LetterState.PARKED, LetterState.DISCARDED))
    db.session.execute(delete(StoredLetter).where(over, StoredLetter.created_at < until))
    for path in folder.glob("*.eml"):
        if path.stat().st_mtime < until.timestamp():
            path.unlink(missing_ok=True)


def path_of(folder: Path, letter_id: LetterId) -> Path:
    return folder / f"{letter_id:08d}.eml"
