"""Cards of posts in two statements, however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from forum.accounts.models import Member
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.organisations.bylines import Byline, byline_of, shown_organisation
from forum.organisations.models import Organisation
from forum.posts import policy
from forum.posts.cards import PostCard
from forum.posts.models import Post, PostTopic
from forum.posts.queries import images
from forum.topics.labels import TopicLabel
from forum.topics.models import Topic

# By column and not by entity, so that thirty whole texts stay where they are.
_SAME = (
    "id", "slug", "title", "kind", "state", "standfirst", "excerpt", "language", "last_activity_at",
    "comment_count", "recommendation_count", "words", "featured", "answered", "deadline", "starts_at", "ends_at",
    "time_zone", "place",
)  # fmt: skip
_COLUMNS = (*(getattr(Post, name) for name in _SAME), *images.COLUMNS, Post.organisation_id, Post.role_title)
SHOWN_ORGANISATION = shown_organisation(Post.__table__.c.organisation_id, Post.__table__.c.role_organisation_id)


def select_cards(*more: Any) -> Select[Any]:
    """Rows for `cards_of`; add conditions and order. `more` are further columns, under names of their own."""
    begun = func.coalesce(Post.published_at, Post.created_at, type_=Post.created_at.type).label("shown_at")
    return (
        select(*_COLUMNS, begun, Member, Organisation, *more)
        .select_from(Post)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == SHOWN_ORGANISATION)
    )


def cards_of(rows: Sequence[Any], *, with_topics: bool = True) -> tuple[PostCard, ...]:
    """One further statement, for the topics, where they are shown."""
    topics = labels_of([row.id for row in rows]) if with_topics else {}
    return tuple(
        PostCard(
            **{name: getattr(row, name) for name in _SAME},
            published_at=row.shown_at, byline=byline_in(row), topics=topics.get(row.id, ()),
            image=images.image_in(row),
        )
        for row in rows
    )  # fmt: skip


def cards_by_id(actor: Actor, ids: Iterable[PostId]) -> dict[PostId, PostCard]:
    """Those of these posts that the actor may see."""
    wanted = list(ids)
    rows = db.session.execute(select_cards().where(Post.id.in_(wanted), policy.visible_to(actor))).all()
    return {card.id: card for card in cards_of(rows)}


def labels_of(post_ids: Sequence[PostId]) -> dict[PostId, tuple[TopicLabel, ...]]:
    """Topics of posts, the main one first."""
    if not post_ids:
        return {}
    rows = db.session.execute(
        select(PostTopic.post_id, Topic.slug, Topic.name, Topic.sign)
        .join(Topic, Topic.id == PostTopic.topic_id)
        .where(PostTopic.post_id.in_(post_ids))
        .order_by(PostTopic.post_id, PostTopic.position)
    )
    found: dict[PostId, tuple[TopicLabel, ...]] = {}
    for row in rows:
        found[row.post_id] = (*found.get(row.post_id, ()), TopicLabel(row.slug, row.name, row.sign))
    return found


def byline_in(row: Any) -> Byline:
    """`row` holds Member, Organisation or None, organisation_id and role_title."""
    return byline_of(row.Member, row.Organisation, row.role_title, on_behalf=row.organisation_id is not None)
