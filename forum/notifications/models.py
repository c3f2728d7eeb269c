"""Tables of notifications."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base
from forum.kernel.ids import CommentId, MemberId, NotificationId, PostId

UNREAD = text("read_at IS NULL")
DUE = text("mail_at IS NOT NULL")


class Kind(StrEnum):
    REPLY = "reply"
    MENTION = "mention"
    COMMENT = "comment"
    POST = "post"
    RECOMMENDATION = "recommendation"
    ANSWER = "answer"
    DECISION = "decision"
    REVIEW = "review"
    INVITATION = "invitation"
    REMINDER = "reminder"


class Channel(StrEnum):
    """Each holds the ones before it: what is mailed stands on the site, too."""

    NONE = "none"
    SITE = "site"
    DIGEST = "digest"
    MAIL = "mail"


class Digest(StrEnum):
    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


class Notification(Base):
    """One thing that a member is told of. `source` is what happened (`comment:12`), at most once for each member,
    however many reasons there are and however often it is told; `thread` is what it is grouped by (`post:3`).

    Who did it and what it says is read from the post or comment each time, so that what is hidden later isn't shown.
    Without either, `title` and `address` say what it is about. `count` is how many recommend a text; `actor_id` the
    last of them. `mail_at` is when it goes out by mail unless it was read by then; None: not, or already.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("member_id", "source"),
        Index("ix_notifications_newest", "member_id", "at", "id"),
        Index(
            "ix_notifications_unread",
            "member_id",
            "thread",
            "post_id",
            "comment_id",
            postgresql_where=UNREAD,
            sqlite_where=UNREAD,
        ),
        Index("ix_notifications_due", "mail_at", postgresql_where=DUE, sqlite_where=DUE),
    )

    id: Mapped[NotificationId] = mapped_column(primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]
    source: Mapped[str]
    thread: Mapped[str]
    channel: Mapped[str]
    actor_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    post_id: Mapped[PostId | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[CommentId | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    count: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
    mail_at: Mapped[datetime | None]


class NotificationChoice(Base):
    """How a member wants to hear of one kind, where that isn't the default."""

    __tablename__ = "notification_choices"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]


class MailPreference(Base):
    """What holds for all of a member's mail. `digest_at` is when the next digest is due. `stopped_at` is when their
    address last refused a letter for good: nothing but letters about the account goes there until they say so.

    `letters_sent` were sent on `day`, counted in days since year one.
    """

    __tablename__ = "mail_preferences"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(default=Digest.OFF)
    digest_at: Mapped[datetime | None] = mapped_column(index=True)
    digested_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str] = mapped_column(default="")
    day: Mapped[int] = mapped_column(default=0)
    letters_sent: Mapped[int] = mapped_column(default=0)
