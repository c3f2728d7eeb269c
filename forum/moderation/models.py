"""Tables of the queue: what waits, what was decided and why, and the log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import DecisionId, ItemId, MemberId, OrganisationId, PostId, TopicId


class Lane(StrEnum):
    MEMBERSHIP = "membership"
    ON_BEHALF = "on behalf"
    INSTITUTIONAL = "institutional"
    NEW_MEMBERS = "new members"
    REPORTS = "reports"
    LEGAL = "legal"
    APPEALS = "appeals"


class Scope(StrEnum):
    """Whose queue it is."""

    SITE = "site"
    TOPIC = "topic"
    ORGANISATION = "organisation"


class SubjectType(StrEnum):
    POST = "post"
    COMMENT = "comment"
    MEMBER = "member"
    APPLICATION = "application"
    ORGANISATION = "organisation"
    DECISION = "decision"


class OpenedBy(StrEnum):
    MEMBER = "member"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


class ItemState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    INFORMATION_ASKED = "information asked"
    ESCALATED = "escalated"
    DECIDED = "decided"
    APPEALED = "appealed"
    FINAL = "final"


class Action(StrEnum):
    PUBLISH = "publish"
    RETURN = "return"
    REJECT = "reject"
    KEEP = "keep"
    COLLAPSE = "collapse"
    LOCK = "lock"
    REMOVE = "remove"
    WARN = "warn"
    SILENCE = "silence"
    SUSPEND = "suspend"
    ESCALATE = "escalate"
    UPHOLD = "uphold"
    REVERSE = "reverse"
    VARY = "vary"
    VERIFY = "verify"
    ASK = "ask"
    NO_ACTION = "no_action"
    HIDE = "hide"  # only ever made by an automatic rule, until somebody decides


class Outcome(StrEnum):
    """What an automatic check says of a text. The strictest of all checks holds."""

    ALLOW = "allow"
    HOLD = "hold"
    HIDE = "hide"


# What somebody can still decide on. The condition of partial indexes, so queries say the same in literals.
LIVE = (ItemState.OPEN, ItemState.CLAIMED, ItemState.ESCALATED)
# What isn't decided: also what waits for an answer of somebody outside.
WAITING = (*LIVE, ItemState.INFORMATION_ASKED)
LIVE_SQL = text("state IN ('open', 'claimed', 'escalated')")
ASKED_SQL = text("state = 'information asked'")
# None of these indexes is by state alone: SQLite would take it for the queue, and sort all that waits.
DECIDED_SQL = text("decided_at IS NOT NULL")
IN_FORCE_SQL = text("in_force")
UNSETTLED_SQL = text("settles_at IS NOT NULL")


class ReviewItem(Base):
    """One a lane and subject, opened again rather than made twice.

    `author_id` wrote, or applied for, what it's about, and never decides on it; `about_organisation_id` is the
    organisation it was written in the name of, or that applies. `organisation_id` is the organisation whose queue it is
    in, or whose decision is appealed; `earlier_decider_id` who made that decision. `title` and `excerpt` are for the
    list. `remaining_s` is what was left of the time when information was asked. `level` counts escalations. `version`
    grows with whatever makes an older look at the item stale.
    """

    __tablename__ = "review_items"
    __table_args__ = (
        UniqueConstraint("lane", "subject_type", "subject_id"),
        Index("ix_review_items_due", "due_at", "id", postgresql_where=LIVE_SQL, sqlite_where=LIVE_SQL),
        Index("ix_review_items_lane", "lane", "due_at", "id", postgresql_where=LIVE_SQL, sqlite_where=LIVE_SQL),
        Index("ix_review_items_topic", "topic_id", "due_at", "id", postgresql_where=LIVE_SQL, sqlite_where=LIVE_SQL),
        Index(
            "ix_review_items_organisation",
            "organisation_id",
            "due_at",
            "id",
            postgresql_where=LIVE_SQL,
            sqlite_where=LIVE_SQL,
        ),
        Index("ix_review_items_asked", "due_at", "id", postgresql_where=ASKED_SQL, sqlite_where=ASKED_SQL),
        Index("ix_review_items_decided", "decided_at", "id", postgresql_where=DECIDED_SQL, sqlite_where=DECIDED_SQL),
        Index(
            "ix_review_items_lane_decided", "lane", "decided_at", postgresql_where=DECIDED_SQL, sqlite_where=DECIDED_SQL
        ),
        Index("ix_review_items_subject", "subject_type", "subject_id"),
        Index("ix_review_items_created", "created_at"),
        Index("ix_review_items_opened", "opened_at"),
        Index("ix_review_items_topic_id", "topic_id"),
        Index("ix_review_items_organisation_id", "organisation_id"),
    )

    id: Mapped[ItemId] = mapped_column(primary_key=True)
    lane: Mapped[str]
    scope: Mapped[str]
    topic_id: Mapped[TopicId | None] = mapped_column(ForeignKey("topics.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"))
    subject_type: Mapped[str]
    subject_id: Mapped[int] = mapped_column(BigInt)
    subject_revision: Mapped[int] = mapped_column(default=1)
    post_id: Mapped[PostId | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    about_organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    earlier_decider_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    opened_by: Mapped[str] = mapped_column(default=OpenedBy.SYSTEM)
    opener_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    excerpt: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ItemState.OPEN)
    priority: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    remaining_s: Mapped[int | None]
    claimed_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    claimed_until: Mapped[datetime | None]
    level: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class HoldReason(Base):
    """Why an automatic check held something: the check's name, and the words it was about."""

    __tablename__ = "hold_reasons"
    __table_args__ = (Index("ix_hold_reasons_check_name", "check_name", "created_at"),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"), index=True)
    check_name: Mapped[str]
    outcome: Mapped[str] = mapped_column(default=Outcome.HOLD)
    words: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class WatchedWord(Base):
    """Words, or a pattern for RE2, that make a text wait (`hold`) or take it out of sight (`hide`).

    `hits` counts the texts that they held.
    """

    __tablename__ = "watched_words"
    __table_args__ = (UniqueConstraint("words", "is_pattern"),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    words: Mapped[str]
    is_pattern: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(default=Outcome.HOLD)
    added_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    hits: Mapped[int] = mapped_column(default=0)


class InternalNote(Base):
    """What moderators tell each other about an item. Its author never sees it."""

    __tablename__ = "internal_notes"
    __table_args__ = (Index("ix_internal_notes_item_id", "item_id", "id"),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    author_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"), index=True)
    words: Mapped[str]
    created_at: Mapped[datetime]


class Decision(Base):
    """`before` is what the effect needs to be undone. At most one of an item is in force.

    `item_version` is the version that was decided on. `settles_at` is when it can no longer be undone and its author's
    letter goes; empty afterwards.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("item_id", "item_version"),
        Index(
            "uq_decisions_in_force", "item_id", unique=True, postgresql_where=IN_FORCE_SQL, sqlite_where=IN_FORCE_SQL
        ),
        Index("ix_decisions_settles_at", "settles_at", postgresql_where=UNSETTLED_SQL, sqlite_where=UNSETTLED_SQL),
        Index("ix_decisions_decided_by_id", "decided_by_id", "decided_at"),
    )

    id: Mapped[DecisionId] = mapped_column(primary_key=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    item_version: Mapped[int]
    action: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")
    law: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    decided_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime]
    in_force: Mapped[bool] = mapped_column(default=True)
    undone_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    settles_at: Mapped[datetime | None]


class StatementOfReasons(Base):
    """What an author is told when something of theirs is restricted.

    Fields are named, and their values written, as in the European Union's transparency database. `withdrawn_at`: the
    decision was undone or reversed.
    """

    __tablename__ = "statements_of_reasons"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    decision_id: Mapped[DecisionId] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), unique=True)
    author_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id"), index=True)
    puid: Mapped[str] = mapped_column(unique=True)
    decision_visibility: Mapped[str] = mapped_column(default="")
    decision_account: Mapped[str] = mapped_column(default="")
    decision_ground: Mapped[str]
    decision_ground_reference_url: Mapped[str] = mapped_column(default="")
    illegal_content_legal_ground: Mapped[str] = mapped_column(default="")
    illegal_content_explanation: Mapped[str] = mapped_column(default="")
    incompatible_content_ground: Mapped[str] = mapped_column(default="")
    incompatible_content_explanation: Mapped[str] = mapped_column(default="")
    category: Mapped[str]
    content_type: Mapped[str]
    content_language: Mapped[str] = mapped_column(default="")
    content_date: Mapped[datetime | None]
    territorial_scope: Mapped[str] = mapped_column(default="")
    application_date: Mapped[datetime]
    end_date_visibility_restriction: Mapped[datetime | None]
    end_date_account_restriction: Mapped[datetime | None]
    decision_facts: Mapped[str]
    source_type: Mapped[str]
    source_identity: Mapped[str] = mapped_column(default="")
    automated_detection: Mapped[str]
    automated_decision: Mapped[str]
    appeal_until: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class LogLine(Base):
    """Append-only: triggers refuse changes. `hash` covers the public fields and the hash of the line before.

    Public: `made_at`, `lane`, `action`, `ground`, `scope`, `subject_type`, both hashes and `seal`. The rest is for the
    site's moderators; `seal` is the hash of it and of `nonce`, so that it can't be changed unseen either.
    The ids reference nothing, since a line outlives what it tells of.
    """

    __tablename__ = "log_lines"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    lane: Mapped[str] = mapped_column(default="")
    action: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")
    scope: Mapped[str]
    subject_type: Mapped[str] = mapped_column(default="")
    seal: Mapped[str]
    previous_hash: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(BigInt)
    item_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    decision_id: Mapped[int | None] = mapped_column(BigInt)
    subject_id: Mapped[int | None] = mapped_column(BigInt)
