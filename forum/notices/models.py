"""Tables of notices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt, BinaryText
from forum.kernel.ids import DecisionId, ItemId, NoticeId


class Notice(Base):
    """`reference` opens its page to whoever knows it, and can't be guessed. `address` is as it was typed.

    `decision_id` is what came of it; `answered_at` when its sender was told.
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_item_id", "item_id", "id"),)

    id: Mapped[NoticeId] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(BinaryText, unique=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    subject_type: Mapped[str]
    subject_id: Mapped[int] = mapped_column(BigInt)
    address: Mapped[str]
    explanation: Mapped[str]
    law: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    decision_id: Mapped[DecisionId | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"), index=True)
    answered_at: Mapped[datetime | None]
