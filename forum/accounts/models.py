"""Tables of accounts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.access import MemberState, Role
from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import MemberId, SessionId


class Member(Base):
    """A person. `username_key` is NFKC + casefold + confusable skeleton; `email_key` the address casefolded.

    A member without an e-mail address (an imported one) can't sign in.
    """

    __tablename__ = "members"

    id: Mapped[MemberId] = mapped_column(primary_key=True)
    username: Mapped[str]
    username_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    name: Mapped[str]
    headline: Mapped[str] = mapped_column(default="")
    bio: Mapped[str] = mapped_column(default="")
    bio_html: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interface_language: Mapped[str | None]
    role: Mapped[str] = mapped_column(default=Role.MEMBER)
    state: Mapped[str] = mapped_column(default=MemberState.UNCONFIRMED)
    state_until: Mapped[datetime | None]
    trust_level: Mapped[int] = mapped_column(default=0)
    represents: Mapped[str] = mapped_column(default="")
    """What they wrote at sign-up about the organisation that they also represent."""
    post_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    import_key: Mapped[str | None] = mapped_column(unique=True)


class MemberSession(Base):
    """One signed-in browser. The cookie holds a token; here is only its SHA-256."""

    __tablename__ = "member_sessions"

    id: Mapped[SessionId] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(BinaryText, unique=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    remembered: Mapped[bool] = mapped_column(default=False)
    user_agent: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    """Where it was opened from, shortened to the network (/24 or /48)."""


class Purpose(StrEnum):
    CONFIRM = "confirm"
    CHANGE_EMAIL = "change_email"
    RESET = "reset"


class MailToken(Base):
    """A link in a letter: single use, kept as a hash, dead after any newer one of its purpose."""

    __tablename__ = "mail_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(BinaryText, unique=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    email: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Block(Base):
    """`member_id` doesn't want to read `blocked_id`."""

    __tablename__ = "blocks"
    __table_args__ = (UniqueConstraint("member_id", "blocked_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    blocked_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]


class Throttle(Base):
    """How often something was tried for an account or from an address, within a window."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    tries: Mapped[int]
    window_ends_at: Mapped[datetime] = mapped_column(index=True)
