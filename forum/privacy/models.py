"""Tables of privacy."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt, BinaryText
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choice

WAITING = text("done_at IS NULL")


class ExportState(StrEnum):
    """ASKED: the worker makes it. EXPIRED: its file is gone."""

    ASKED = "asked"
    READY = "ready"
    EXPIRED = "expired"
    FAILED = "failed"


class DataExport(Base):
    """The last copy of their data that a member asked for. `key` names its file, `size` is in bytes."""

    __tablename__ = "data_exports"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(default=ExportState.ASKED, index=True)
    key: Mapped[str] = mapped_column(BinaryText, unique=True)
    size: Mapped[int] = mapped_column(BigInt, default=0)
    failures: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class Erasure(Base):
    """A member leaves at `erase_at`. Taken back, the row goes; `started_at`, it can't be any more; `done_at` stays."""

    __tablename__ = "erasures"
    __table_args__ = (Index("ix_erasures_due", "erase_at", postgresql_where=WAITING, sqlite_where=WAITING),)

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), unique=True)
    posts: Mapped[str] = mapped_column(default=Choice.KEEP)
    comments: Mapped[str] = mapped_column(default=Choice.KEEP)
    asked_at: Mapped[datetime]
    erase_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
