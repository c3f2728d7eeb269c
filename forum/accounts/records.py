"""What pages and commands get to read of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard
from forum.kernel.ids import MemberId, SessionId


@dataclass(frozen=True)
class Candidate:
    """Whom somebody says they are, before their password was looked at. Nobody known: both None."""

    member_id: MemberId | None = None
    password_hash: str | None = None


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
