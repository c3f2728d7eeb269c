"""Tables of posts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, false, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId, RevisionId, TopicId

PUBLISHED = text("state = 'published'")
LISTED = text("listed")
SCHEDULED = text("state = 'scheduled'")
MARKED = text("pinned OR featured IS NOT NULL")
# The condition of ix_post_topics_marked, for queries.
IS_MARKED: ColumnElement[bool] = literal_column("(post_topics.pinned OR post_topics.featured IS NOT NULL)")


class PostKind(StrEnum):
    ARTICLE = "article"
    QUESTION = "question"
    REQUEST = "request"
    EVENT = "event"


class PostState(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    HIDDEN = "hidden"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class CommentMode(StrEnum):
    """LOCKED: closed by a decision with reasons, so its author can't open it again."""

    OPEN = "open"
    PREMODERATED = "premoderated"
    CLOSED = "closed"
    LOCKED = "locked"


class Post(Base):
    """`organisation_id` is the organisation spoken for. `role_title` at `role_organisation_id` is the author's
    affiliation as it was when written, whether or not they spoke for it.

    `next_root` is the ordinal of the next top-level comment; `revision` counts edits. `answered` says that a question
    has its accepted comment or that a request was met. `publish_at` is when a scheduled post is to appear, which its
    author wrote as a time in `publish_zone`; `publish_problem` says why it didn't. `continues_id` is the post before
    this one in a series. `image` is the key of its own picture, `image_width` and `image_height` those of its largest
    size; `image_alt` is empty where `image_decorative` says that it shows nothing, or while it is a draft.
    """

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_newest", "published_at", "id", postgresql_where=PUBLISHED, sqlite_where=PUBLISHED),
        Index("ix_posts_activity", "last_activity_at", "id", postgresql_where=PUBLISHED, sqlite_where=PUBLISHED),
        Index("ix_posts_top", "recommendation_count", "id", postgresql_where=PUBLISHED, sqlite_where=PUBLISHED),
        Index(
            "ix_posts_unanswered",
            "kind",
            "answered",
            "published_at",
            "id",
            postgresql_where=PUBLISHED,
            sqlite_where=PUBLISHED,
        ),
        Index("ix_posts_author", "author_id", "published_at"),
        Index(
            "ix_posts_author_top",
            "author_id",
            "recommendation_count",
            "id",
            postgresql_where=PUBLISHED,
            sqlite_where=PUBLISHED,
        ),
        Index(
            "ix_posts_organisation_top",
            "organisation_id",
            "recommendation_count",
            "id",
            postgresql_where=PUBLISHED,
            sqlite_where=PUBLISHED,
        ),
        Index("ix_posts_organisation", "organisation_id", "published_at"),
        Index("ix_posts_scheduled", "publish_at", "id", postgresql_where=SCHEDULED, sqlite_where=SCHEDULED),
    )

    id: Mapped[PostId] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default=PostKind.ARTICLE)
    title: Mapped[str]
    slug: Mapped[str] = mapped_column(BinaryText, index=True)
    standfirst: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    html: Mapped[str]
    pipeline: Mapped[int]
    excerpt: Mapped[str] = mapped_column(default="")
    words: Mapped[int] = mapped_column(default=0)
    language: Mapped[str]
    author_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"))
    role_organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    role_title: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=PostState.DRAFT)
    comment_mode: Mapped[str] = mapped_column(default=CommentMode.OPEN)
    pinned: Mapped[bool] = mapped_column(default=False)
    featured: Mapped[bool] = mapped_column(default=False)
    answered: Mapped[bool] = mapped_column(default=False)
    accepted_comment_id: Mapped[CommentId | None]
    deadline: Mapped[datetime | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    publish_zone: Mapped[str] = mapped_column(default="", server_default="")
    publish_problem: Mapped[str] = mapped_column(default="", server_default="")
    continues_id: Mapped[PostId | None] = mapped_column(ForeignKey("posts.id"), index=True)
    image: Mapped[str] = mapped_column(default="", server_default="")
    image_width: Mapped[int] = mapped_column(default=0, server_default="0")
    image_height: Mapped[int] = mapped_column(default=0, server_default="0")
    image_alt: Mapped[str] = mapped_column(default="", server_default="")
    image_decorative: Mapped[bool] = mapped_column(default=False, server_default=false())
    edited_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    next_root: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    """Comments that a reader sees the words of: visible and collapsed."""
    recommendation_count: Mapped[int] = mapped_column(default=0)
    returned_because: Mapped[str] = mapped_column(default="")
    """What a moderator said when giving it back. Its author's to read."""
    import_key: Mapped[str | None] = mapped_column(unique=True)


class PostTopic(Base):
    """A post under a topic; position 0 is its main one. The rest mirrors the post (a trigger keeps it so), so that a
    topic's list is one index range however many posts there are."""

    __tablename__ = "post_topics"
    __table_args__ = (
        Index(
            "ix_post_topics_activity",
            "topic_id",
            "last_activity_at",
            "post_id",
            postgresql_where=LISTED,
            sqlite_where=LISTED,
        ),
        Index(
            "ix_post_topics_newest", "topic_id", "published_at", "post_id", postgresql_where=LISTED, sqlite_where=LISTED
        ),
        Index(
            "ix_post_topics_top",
            "topic_id",
            "recommendation_count",
            "post_id",
            postgresql_where=LISTED,
            sqlite_where=LISTED,
        ),
        Index("ix_post_topics_topic_id", "topic_id"),
        Index("ix_post_topics_marked", "topic_id", postgresql_where=MARKED, sqlite_where=MARKED),
    )

    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[TopicId] = mapped_column(ForeignKey("topics.id"), primary_key=True)
    position: Mapped[int]
    listed: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime | None]
    recommendation_count: Mapped[int] = mapped_column(default=0)
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    featured: Mapped[int | None]
    """Its place among the topic's featured posts, from 1."""


class PostAddress(Base):
    """A slug under which a post was found before: imported from elsewhere, or of an earlier title."""

    __tablename__ = "post_addresses"

    slug: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)


class PostRevision(Base):
    """The words as they were after an edit; number 1 is how it was first saved."""

    __tablename__ = "post_revisions"
    __table_args__ = (UniqueConstraint("post_id", "number"),)

    id: Mapped[RevisionId] = mapped_column(primary_key=True)
    post_id: Mapped[PostId] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]
    standfirst: Mapped[str]
    source: Mapped[str]
    editor_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
