"""Tables of comments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId, RevisionId


class CommentState(StrEnum):
    VISIBLE = "visible"
    PENDING = "pending"
    RETURNED = "returned"
    REJECTED = "rejected"
    COLLAPSED = "collapsed"
    HIDDEN = "hidden"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


# What a thread shows: words, or a placeholder that keeps the place of the replies.
SHOWN = (CommentState.VISIBLE, CommentState.COLLAPSED, CommentState.REMOVED, CommentState.WITHDRAWN)
READABLE = (CommentState.VISIBLE, CommentState.COLLAPSED)
# What its author sees where it will be, and nobody else.
WAITING = (CommentState.PENDING, CommentState.RETURNED, CommentState.HIDDEN)
# Levels of a thread that stand on its pages; what is deeper has a page of its own.
LEVELS = 5
# The conditions of partial indexes. A query has to say the same, in literals (queries.conditions).
ON_PAGES_SQL = text(f"state IN ('visible', 'collapsed', 'removed', 'withdrawn') AND depth < {LEVELS}")
# Hidden ones too: readers still see the replies below them. Ties are broken by path and not by id, since SQLite can't
# start a range at a pair whose second half is its row number.
ROOT_SQL = text("depth = 0")
WAITING_SQL = text("state IN ('pending', 'returned', 'hidden')")
READABLE_SQL = text("state IN ('visible', 'collapsed')")
RECOMMENDED_SQL = text("state IN ('visible', 'collapsed') AND recommendation_count > 0")


class Comment(Base):
    """`path` orders the thread (comments.tree); `depth` is 0 at the top. `next_child` is the next reply's ordinal.

    `reply_count` counts all shown comments below this one. `organisation_id` is the organisation spoken
    for; `role_title` at `role_organisation_id` the author's affiliation as it was when written, spoken for or not.
    `withdrawn_from` is the state to go back to when its author puts it back.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("post_id", "path"),
        Index("ix_comments_on_pages", "post_id", "path", postgresql_where=ON_PAGES_SQL, sqlite_where=ON_PAGES_SQL),
        Index(
            "ix_comments_roots_newest",
            "post_id",
            "created_at",
            "path",
            postgresql_where=ROOT_SQL,
            sqlite_where=ROOT_SQL,
        ),
        Index(
            "ix_comments_roots_top",
            "post_id",
            "recommendation_count",
            "path",
            postgresql_where=ROOT_SQL,
            sqlite_where=ROOT_SQL,
        ),
        Index(
            "ix_comments_waiting",
            "author_id",
            "post_id",
            postgresql_where=WAITING_SQL,
            sqlite_where=WAITING_SQL,
        ),
        Index(
            "ix_comments_newest",
            "post_id",
            "id",
            "author_id",
            postgresql_where=READABLE_SQL,
            sqlite_where=READABLE_SQL,
        ),
        Index(
            "ix_comments_author_top",
            "author_id",
            "recommendation_count",
            "id",
            postgresql_where=RECOMMENDED_SQL,
            sqlite_where=RECOMMENDED_SQL,
        ),
        Index(
            "ix_comments_organisation_top",
            "organisation_id",
            "recommendation_count",
            "id",
            postgresql_where=RECOMMENDED_SQL,
            sqlite_where=RECOMMENDED_SQL,
        ),
        Index("ix_comments_author", "author_id", "created_at"),
        Index("ix_comments_organisation", "organisation_id", "created_at"),
    )

    id: Mapped[CommentId] = mapped_column(primary_key=True)
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    parent_id: Mapped[CommentId | None] = mapped_column(ForeignKey("comments.id"), index=True)
    path: Mapped[str] = mapped_column(BinaryText)
    depth: Mapped[int]
    next_child: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    html: Mapped[str]
    pipeline: Mapped[int]
    excerpt: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    author_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"))
    role_organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    role_title: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=CommentState.VISIBLE)
    withdrawn_from: Mapped[str | None]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    reply_count: Mapped[int] = mapped_column(default=0)
    recommendation_count: Mapped[int] = mapped_column(default=0)
    returned_because: Mapped[str] = mapped_column(default="")
    """What a moderator said when giving it back. Its author's to read."""
    collapsed_by: Mapped[str] = mapped_column(default="")
    """The organisation that collapsed it last, by its name then; empty for the site. Shown while it's collapsed."""
    collapsed_because: Mapped[str] = mapped_column(default="")
    """The rule that it broke, in the comment's language."""
    import_key: Mapped[str | None] = mapped_column(unique=True)


class CommentRevision(Base):
    """The words as they were after an edit; number 1 is how it was first sent."""

    __tablename__ = "comment_revisions"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    comment_id: Mapped[CommentId] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    number: Mapped[int]
    source: Mapped[str]
    editor_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"), index=True)
    note: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]
