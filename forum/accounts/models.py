"""Tables of accounts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.access import MemberState, Role
from forum.kernel.db import Base, BigInt, BinaryText
from forum.kernel.ids import AttemptId, FactorId, MemberId, SessionId

WHOLE_SQL = text("whole")
# The few who moderate, among all members, as the partial index ix_members_role has it.
STAFF: ColumnElement[bool] = literal_column("members.role <> 'member'")
# As the partial index has it.
WHOLE: ColumnElement[bool] = literal_column("member_beginnings.whole")

SPECIAL_SQL = text("role <> 'member'")
NOT_ACTIVE_SQL = text("state <> 'active'")


class Member(Base):
    """A person. `username_key` is NFKC + casefold + confusable skeleton; `email_key` the address casefolded.

    A member without an e-mail address (an imported one) can't sign in.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_posts", "post_count", "id"),
        Index("ix_members_comments", "comment_count", "id"),
        Index("ix_members_role", "role", "id", postgresql_where=SPECIAL_SQL, sqlite_where=SPECIAL_SQL),
        Index("ix_members_state", "state", "id", postgresql_where=NOT_ACTIVE_SQL, sqlite_where=NOT_ACTIVE_SQL),
    )

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
    face: Mapped[str] = mapped_column(default="", server_default="")
    """The key of their picture, a square."""
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interface_language: Mapped[str | None]
    role: Mapped[str] = mapped_column(default=Role.MEMBER)
    role_since: Mapped[datetime | None]
    """When they became moderator or administrator: from then on the days count to set up a second factor."""
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
    erase_at: Mapped[datetime | None]
    """When the account is erased, for who asked for that and may still change their mind."""


class RetiredName(Base):
    """The digest of an erased member's username key (accounts.names): nobody can pass for who is gone."""

    __tablename__ = "retired_names"

    digest: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    retired_at: Mapped[datetime]


class MemberBeginning(Base):
    """How a member's name, one of its words, their username or city begins (kernel.beginnings)."""

    __tablename__ = "member_beginnings"
    __table_args__ = (
        Index("ix_member_beginnings_names", "key", "owner_id", postgresql_where=WHOLE_SQL, sqlite_where=WHOLE_SQL),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    owner_id: Mapped[MemberId] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    whole: Mapped[bool]


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


class FactorKind(StrEnum):
    """`app`: codes of an authenticator app (TOTP, RFC 6238). `passkey`: a key of a device or a browser (WebAuthn)."""

    APP = "app"
    PASSKEY = "passkey"


class SecondFactor(Base):
    """What a member shows beside their password. A row is whole: what is being set up is a FactorAttempt."""

    __tablename__ = "second_factors"

    id: Mapped[FactorId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    secret: Mapped[str | None]
    """Of an app, sealed (accounts.sealing)."""
    last_step: Mapped[int | None] = mapped_column(BigInt)
    """Of an app: the half minute, since 1970, of the newest code that was used. It and older ones are worth nothing."""
    credential_id: Mapped[str | None] = mapped_column(BinaryText, unique=True)
    public_key: Mapped[str | None]
    sign_count: Mapped[int] = mapped_column(BigInt, default=0)


class RecoveryCode(Base):
    """A way in for who lost everything else: shown once, kept as a hash, used once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(BinaryText, unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FactorAttempt(Base):
    """A factor that a member began to set up. `secret` is an app's, sealed, or what a passkey has to sign."""

    __tablename__ = "factor_attempts"

    id: Mapped[AttemptId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    secret: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SecondStep(Base):
    """A sign-in that still lacks something: it opens nothing, and no session is one of these.

    `member_id` is whose password was right; None for somebody who signs in with a passkey alone.
    """

    __tablename__ = "second_steps"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    token_hash: Mapped[str] = mapped_column(BinaryText, unique=True)
    member_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    challenge: Mapped[str]
    remembered: Mapped[bool]
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(index=True)


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
