"""Tables of media."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt, BinaryText
from forum.kernel.ids import FileId, MemberId


class FileKind(StrEnum):
    PICTURE = "picture"
    DOCUMENT = "document"
    SQUARE = "square"
    """A face or a sign, cut out of a picture."""


class Holder(StrEnum):
    """What holds files; forum/wiring.py says who may see each (READERS)."""

    POST = "post"
    COMMENT = "comment"
    MEMBER = "member"
    ORGANISATION = "organisation"


class LinkCard(Base):
    """What a page says of itself. `post_id` is the post of this site that the link leads to: its words come from the
    post itself, and it isn't fetched. `next_at` is when it is fetched, or drawn, again.
    """

    __tablename__ = "link_cards"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    url: Mapped[str] = mapped_column(BinaryText, unique=True)
    post_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    title: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")


class CardUse(Base):
    """A text shows a card."""

    __tablename__ = "link_card_uses"
    __table_args__ = (Index("ix_link_card_uses_holder", "holder", "holder_id"),)

    card_id: Mapped[int] = mapped_column(BigInt, ForeignKey("link_cards.id", ondelete="CASCADE"), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    holder_id: Mapped[int] = mapped_column(BigInt, primary_key=True)


class File(Base):
    """What a member added. `key` is its address (kernel.pictures); `width` and `height` are those of its largest size,
    0 for a document; `size` is in bytes, all sizes together. `source_id` is the picture that a square was cut from.
    """

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_owner", "owner_id", "created_at"),)

    id: Mapped[FileId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(BinaryText, unique=True)
    owner_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    name: Mapped[str]
    alt: Mapped[str] = mapped_column(default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInt)
    source_id: Mapped[FileId | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    unused_since: Mapped[datetime | None] = mapped_column(index=True)
    """When nothing held it any more, or it was added; empty while something does."""


class FileUse(Base):
    """Something holds a file. Whoever may see the holder may see the file."""

    __tablename__ = "file_uses"
    __table_args__ = (Index("ix_file_uses_holder", "holder", "holder_id"),)

    file_id: Mapped[FileId] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    holder_id: Mapped[int] = mapped_column(BigInt, primary_key=True)
