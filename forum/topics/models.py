"""Tables of topics."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import MemberId, TopicId


class Sign(StrEnum):
    """The design's sign colours; there is no free choice, so that contrast can't break."""

    ENERGY = "energy"
    MOBILITY = "mobility"
    CIRCULAR = "circular"
    DIGITAL = "digital"
    CITIZENS = "citizens"
    GOV = "gov"
    ENAMEL = "enamel"


class PostingPolicy(StrEnum):
    OPEN = "open"
    PREMODERATED = "premoderated"
    CURATORS_ONLY = "curators only"


class TopicState(StrEnum):
    OPEN = "open"
    ARCHIVED = "archived"
    MERGED = "merged"


class Topic(Base):
    __tablename__ = "topics"

    id: Mapped[TopicId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(BinaryText, unique=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    introduction: Mapped[str] = mapped_column(default="")
    introduction_html: Mapped[str] = mapped_column(default="")
    sign: Mapped[str] = mapped_column(default=Sign.ENAMEL)
    position: Mapped[int] = mapped_column(default=0)
    parent_id: Mapped[TopicId | None] = mapped_column(ForeignKey("topics.id"), index=True)
    posting_policy: Mapped[str] = mapped_column(default=PostingPolicy.OPEN)
    pinned_note: Mapped[str] = mapped_column(default="")
    pinned_note_html: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=TopicState.OPEN)
    merged_into_id: Mapped[TopicId | None] = mapped_column(ForeignKey("topics.id"), index=True)
    post_count: Mapped[int] = mapped_column(default=0)
    """Published posts."""
    created_at: Mapped[datetime]


class TopicAddress(Base):
    """A slug that a topic had before; it redirects."""

    __tablename__ = "topic_addresses"

    slug: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    topic_id: Mapped[TopicId] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)


class TopicCurator(Base):
    __tablename__ = "topic_curators"

    topic_id: Mapped[TopicId] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True
    )
