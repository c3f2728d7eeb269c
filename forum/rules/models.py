"""Tables of house rules."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import MemberId, RuleEditionId

# A decision's ground is a house rule's anchor, or this: then the law is named beside it.
LAW = "law"


class Category(StrEnum):
    """What a breach of a rule is called in the EU's transparency database, without its STATEMENT_CATEGORY_."""

    SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH"
    BULLYING = "CYBER_VIOLENCE"
    PRIVACY = "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
    FRAUD = "SCAMS_AND_FRAUD"
    PROPERTY = "INTELLECTUAL_PROPERTY_INFRINGEMENTS"
    CIVIC = "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"
    MINORS = "PROTECTION_OF_MINORS"
    SECURITY = "RISK_FOR_PUBLIC_SECURITY"
    VIOLENCE = "VIOLENCE"
    OTHER = "OTHER_VIOLATION_TC"


class RuleEdition(Base):
    """All rules as they were from `made_at` on; the highest number is in force. Append-only.

    Edition 1 is what Kade brings; it becomes a row with the first change. `note` says what changed.
    """

    __tablename__ = "rule_editions"

    id: Mapped[RuleEditionId] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    made_by_id: Mapped[MemberId | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    note: Mapped[str]


class HouseRule(Base):
    """A rule of an edition in one language. Number and anchor belong to it for good, also once it is retired.

    Without `html` the source is one plain paragraph.
    """

    __tablename__ = "house_rules"

    edition_id: Mapped[RuleEditionId] = mapped_column(
        ForeignKey("rule_editions.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(primary_key=True)
    anchor: Mapped[str] = mapped_column(BinaryText)
    title: Mapped[str]
    source: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default=Category.OTHER)
    retired: Mapped[bool] = mapped_column(default=False)
