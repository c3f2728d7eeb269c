"""Tables of appeals."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base
from forum.kernel.ids import AppealId, DecisionId, ItemId, MemberId, NoticeId


class Appeal(Base):
    """Once a decision and person: a member, or whoever sent a notice without an account. All appeals of one decision
    share an item. `answer_id` is the decision about the appeal, once it stands."""

    __tablename__ = "appeals"
    __table_args__ = (
        UniqueConstraint("decision_id", "appellant_id"),
        UniqueConstraint("decision_id", "notice_id"),
        Index("ix_appeals_item_id", "item_id", "id"),
    )

    id: Mapped[AppealId] = mapped_column(primary_key=True)
    item_id: Mapped[ItemId] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"))
    decision_id: Mapped[DecisionId] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"))
    appellant_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    notice_id: Mapped[NoticeId | None] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    made_at: Mapped[datetime]
    answer_id: Mapped[DecisionId | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"), index=True)
