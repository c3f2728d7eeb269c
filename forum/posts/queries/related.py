"""What to read next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select, union_all

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import PostId, TopicId
from forum.organisations.bylines import Byline
from forum.organisations.models import Organisation
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostTopic
from forum.posts.queries.cards import SHOWN_ORGANISATION, byline_in

SHOWN = 4
# The newest of each topic are enough to find some that share several.
LOOKED_AT = 40


@dataclass(frozen=True)
class RelatedPost:
    id: PostId
    title: str
    slug: str
    language: str
    byline: Byline
    published_at: datetime
    comment_count: int

    @property
    def address(self) -> str:
        return address_of(self.id, self.slug)


def related_posts(post_id: PostId, topic_ids: tuple[TopicId, ...], limit: int = SHOWN) -> tuple[RelatedPost, ...]:
    """Published posts that share the most topics with this one, then the newest. One statement, of bounded work."""
    if not topic_ids:
        return ()
    near = _near(post_id, topic_ids, limit)
    rows = db.session.execute(
        select(
            Post.id, Post.title, Post.slug, Post.language, Post.published_at, Post.comment_count,
            Post.organisation_id, Post.role_title, Member, Organisation,
        )
        .join(near, near.c.post_id == Post.id)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == SHOWN_ORGANISATION)
        .order_by(near.c.shared.desc(), near.c.newest.desc(), Post.id.desc())
    )  # fmt: skip
    return tuple(
        RelatedPost(
            id=row.id, title=row.title, slug=row.slug, language=row.language, byline=byline_in(row),
            published_at=row.published_at, comment_count=row.comment_count,
        )
        for row in rows
    )  # fmt: skip


def _near(post_id: PostId, topic_ids: tuple[TopicId, ...], limit: int):  # type: ignore[no-untyped-def]  # a Subquery
    each = [
        select(PostTopic.post_id, PostTopic.published_at)
        .where(PostTopic.topic_id == topic_id, literal_column("post_topics.listed"))
        .order_by(PostTopic.published_at.desc(), PostTopic.post_id.desc())
        .limit(LOOKED_AT)
        .subquery()
        for topic_id in topic_ids
    ]
    under = union_all(*(select(one.c.post_id, one.c.published_at) for one in each)).subquery()
    shared, newest = func.count().label("shared"), func.max(under.c.published_at).label("newest")
    return (
        select(under.c.post_id, shared, newest)
        .where(under.c.post_id != post_id)
        .group_by(under.c.post_id)
        .order_by(shared.desc(), newest.desc(), under.c.post_id.desc())
        .limit(limit)
        .subquery()
    )
