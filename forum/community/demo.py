"""The sample community as `forum demo` shows it: loaded once, with people to sign in as and signs of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from forum.accounts import commands as accounts
from forum.accounts.emails import email_key
from forum.accounts.models import Member
from forum.accounts.passwords import hash_password, verify
from forum.comments.models import Comment
from forum.community.applause import applaud
from forum.community.file import open_file
from forum.community.loaded import key_of
from forum.community.loading import prepare, write
from forum.kernel import clock
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.organisations.actors import get_actor
from forum.posts import commands as posts
from forum.posts.models import Post

FILE = Path(__file__).with_name("demo.json")
# Printed at every start and written here, so it protects nothing: only `forum demo` ever sets it.
PASSWORD = "sample-quay-2026"  # noqa: S105  # public on purpose, see above
ADMINISTRATOR = "admin"
# Who can sign in besides the administrator.
PEOPLE = {"amira": Role.MEMBER, "joost": Role.MEMBER, "rosa": Role.MODERATOR}
# Without a newcomer's limits.
TRUST = 2
PINNED = "welcome"
FEATURED = "forty-one-pilots"
QUESTION, ANSWER = "bus-shelter-roofs", "1"


@dataclass(frozen=True)
class Event:
    """Times are local, in ISO 8601."""

    key: str
    starts: str
    ends: str
    place: str
    zone: str = "Europe/Amsterdam"


EVENTS = (
    Event("stopping-well", "2027-01-21T10:00", "2027-01-22T15:30", "Old waterworks, Lommervelde"),
    Event("open-machinekamer", "2026-11-28T10:00", "2026-11-28T14:00", "Loggerstraat 41, Oosterkade"),
)


def load() -> None:
    """The community, and all that a file can't hold. What is here already stays as it is."""
    prepared = prepare(open_file(FILE))
    hashes = {} if _can_sign_in() else {name: hash_password(PASSWORD) for name in (*PEOPLE, ADMINISTRATOR)}
    with transaction():
        write(prepared)
        if hashes:
            _adorn(hashes)
            applaud([post.key for post in prepared.community.posts])


def sign_ins() -> tuple[str, ...]:
    """Lines for the terminal: who can sign in, with which password. Whoever changed theirs is left out."""
    members = db.session.scalars(
        select(Member).where(Member.username.in_([*PEOPLE, ADMINISTRATOR])).order_by(Member.id)
    )
    return tuple(
        f"{member.username} / {PASSWORD} – {_says(member)}"
        for member in members
        if member.email is not None and verify(PASSWORD, member.password_hash).right
    )


def _says(member: Member) -> str:
    return {"joost": "member, speaks for the City of Oosterkade", ADMINISTRATOR: "administrator"}.get(
        member.username, member.role
    )


def _can_sign_in() -> bool:
    """Whether this was done before."""
    return db.session.scalar(select(Member.id).where(Member.username == ADMINISTRATOR)) is not None


def _adorn(hashes: dict[str, str]) -> None:
    for username, role in PEOPLE.items():
        _let_in(username, role, hashes[username])
    new = accounts.NewMember(ADMINISTRATOR, "Sample administrator", _address_of(ADMINISTRATOR), hashes[ADMINISTRATOR])
    accounts.create(new, Role.ADMIN)
    db.session.execute(update(Post).where(Post.import_key == PINNED).values(pinned=True))
    db.session.execute(update(Post).where(Post.import_key == FEATURED).values(featured=True))
    for event in EVENTS:
        _set_time(event)
    _accept()


def _let_in(username: str, role: Role, password_hash: str) -> None:
    address = _address_of(username)
    db.session.execute(
        update(Member)
        .where(Member.import_key == username)
        .values(
            email=address,
            email_key=email_key(address),
            password_hash=password_hash,
            role=role,
            role_since=clock.now(),
            trust_level=TRUST,
        )
    )


def _address_of(username: str) -> str:
    return f"{username}@sample.example"


def _set_time(event: Event) -> None:
    zone = ZoneInfo(event.zone)
    db.session.execute(
        update(Post)
        .where(Post.import_key == event.key)
        .values(
            starts_at=datetime.fromisoformat(event.starts).replace(tzinfo=zone),
            ends_at=datetime.fromisoformat(event.ends).replace(tzinfo=zone),
            time_zone=event.zone,
            place=event.place,
        )
    )


def _accept() -> None:
    post = db.session.scalars(select(Post).where(Post.import_key == QUESTION)).one()
    answer = db.session.scalars(select(Comment.id).where(Comment.import_key == key_of(QUESTION, ANSWER))).one()
    posts.accept_answer(get_actor(post.author_id), post.id, answer)
