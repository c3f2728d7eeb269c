"""The table of what the index doesn't know yet."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BigInt


class Changed(StrEnum):
    """What a change is of: one document, or all that a thing stands on.

    The triggers of the migrations write these. EVERYTHING asks for the index to be built anew, after work in bulk.
    """

    POST = "post"
    COMMENT = "comment"
    MEMBER = "member"
    ORGANISATION = "organisation"
    TOPIC = "topic"
    THREAD = "thread"
    OF_MEMBER = "of member"
    OF_ORGANISATION = "of organisation"
    OF_TOPIC = "of topic"
    EVERYTHING = "everything"


class SearchChange(Base):
    """Appended by triggers in the transaction of the change, taken away by the index's one writer.

    Appended and never updated, so that no two changes wait for each other. `gone` says that readers don't see it any
    more: searches leave it out from that commit on, before the index knows. `written` stays true while an index is
    built beside the live one: the live one knows, the new one has to be told.
    """

    __tablename__ = "search_changes"
    __table_args__ = (
        Index("ix_search_changes_due", "id", postgresql_where=text("NOT written"), sqlite_where=text("NOT written")),
        Index("ix_search_changes_gone", "id", postgresql_where=text("gone"), sqlite_where=text("gone")),
    )

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    kind: Mapped[str]
    ref: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[bool] = mapped_column(default=False)
    written: Mapped[bool] = mapped_column(default=False)
