"""What pages and commands get to read of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard
from forum.accounts.passkeys import Known
from forum.kernel.ids import AttemptId, FactorId, MemberId, SessionId


@dataclass(frozen=True)
class Candidate:
    """Whom somebody says they are, before their password was looked at. Nobody known: both None."""

    member_id: MemberId | None = None
    password_hash: str | None = None


@dataclass(frozen=True)
class Entered:
    """What came of a sign-in: the token of a session, or of a second step that is still to be made."""

    token: str
    remembered: bool
    is_whole: bool = True


@dataclass(frozen=True)
class FactorRow:
    """One of a member's own second factors."""

    id: FactorId
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Ways:
    """What somebody can show at the second step; `passkeys` as a browser is told of them."""

    app: bool
    passkeys: tuple[str, ...]
    codes: int


@dataclass(frozen=True)
class Passkey:
    """One that somebody shows; `known` is what it has to fit."""

    id: FactorId
    member_id: MemberId
    known: Known


@dataclass(frozen=True)
class Shown:
    """A passkey whose answer was right, with its new count."""

    passkey: Passkey
    count: int


@dataclass(frozen=True)
class Attempt:
    """A factor that is being set up. `secret`: an app's, or what a passkey has to sign."""

    id: AttemptId
    kind: str
    name: str
    secret: str


@dataclass(frozen=True)
class Profile:
    """What a member's page says about them."""

    card: MemberCard
    role: str
    bio_html: str
    languages: tuple[str, ...]
    joined: datetime
    post_count: int
    comment_count: int


@dataclass(frozen=True)
class Account:
    """A member's own settings, for their eyes."""

    username: str
    email: str
    confirmed: bool
    name: str
    headline: str
    city: str
    bio: str
    languages: tuple[str, ...]
    interface_language: str
    represents: str


@dataclass(frozen=True)
class SessionRow:
    """One of a member's own sessions. `browser` and `system` are empty where they can't be told."""

    id: SessionId
    browser: str
    system: str
    network: str
    started_at: datetime
    remembered: bool
    is_this: bool


@dataclass(frozen=True)
class DirectoryRow:
    card: MemberCard
    joined: datetime
    post_count: int
    comment_count: int
