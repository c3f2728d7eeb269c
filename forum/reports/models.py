"""Tables of reports."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt
from forum.kernel.ids import DecisionId, ItemId, MemberId, ReportId


class Reason(StrEnum):
    SPAM = "spam"
    OFF_TOPIC = "off_topic"
    RUDE = "rude"
    PERSONAL_DATA = "personal_data"
    ILLEGAL = "illegal"
    OTHER = "other"


class Outcome(StrEnum):
    """Whether a moderator agreed that something was wrong."""

    OPEN = ""
    UPHELD = "upheld"
    REJECTED = "rejected"


class Report(Base):
    """Once a member and thing. `score` is what it weighed when it was made. `decision_id` is what came of it."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("reporter_id", "subject_type", "subject_id"),
        Index("ix_reports_item_id", "item_id", "id"),
        Index("ix_reports_subject", "subject_type", "subject_id"),
        Index("ix_reports_outcomes", "reporter_id", "outcome"),
    )

    id: Mapped[ReportId] = mapped_column(primary_key=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    subject_type: Mapped[str]
    subject_id: Mapped[int] = mapped_column(BigInt)
    reporter_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    reason: Mapped[str]
    details: Mapped[str] = mapped_column(default="")
    score: Mapped[int]
    made_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default=Outcome.OPEN)
    decision_id: Mapped[DecisionId | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"), index=True)
