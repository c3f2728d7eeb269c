"""All posts of a topic go under another one, in a few statements however many they are; and back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased

from forum.kernel.db import db
from forum.kernel.ids import PostId, TopicId
from forum.posts.models import PostTopic
from forum.topics.models import Topic


@dataclass(frozen=True)
class Moved:
    """What a merge moved: posts that changed over, and those that were under both, each with its place in the one that
    went and in the one that stays."""

    over: tuple[PostId, ...]
    both: tuple[tuple[PostId, int, int], ...]


def move_all(source: TopicId, target: TopicId) -> Moved:
    """Both topics are locked. A post that was under both stays under one, in the better of its places."""
    here, there = aliased(PostTopic), aliased(PostTopic)
    twice = db.session.execute(
        select(here.post_id, here.position, there.position)
        .join(there, there.post_id == here.post_id)
        .where(here.topic_id == source, there.topic_id == target)
        .order_by(here.post_id)
    ).all()
    both = tuple((row[0], row[1], row[2]) for row in twice)
    ids = [one[0] for one in both]
    db.session.execute(delete(PostTopic).where(PostTopic.topic_id == source, PostTopic.post_id.in_(ids)))
    for post_id, gone, kept in both:
        _place(post_id, target, min(gone, kept))
    over = tuple(db.session.scalars(select(PostTopic.post_id).where(PostTopic.topic_id == source)))
    moving = update(PostTopic).where(PostTopic.topic_id == source)
    db.session.execute(moving.values(topic_id=target, featured=None, pinned=False))
    _recount(source, target)
    return Moved(over, both)


def move_back(source: TopicId, target: TopicId, moved: Moved) -> None:
    """What was moved, as far as it is still there."""
    back = (PostTopic.topic_id == target, PostTopic.post_id.in_(moved.over))
    already = aliased(PostTopic)
    free = ~exists(select(already.post_id).where(already.post_id == PostTopic.post_id, already.topic_id == source))
    db.session.execute(update(PostTopic).where(*back, free).values(topic_id=source))
    for post_id, gone, kept in moved.both:
        row = db.session.get(PostTopic, (post_id, target))
        if row is not None:
            db.session.add(_copy(row, source, gone))
            _place(post_id, target, kept)
    db.session.flush()
    _recount(source, target)


def _copy(row: PostTopic, topic_id: TopicId, position: int) -> PostTopic:
    return PostTopic(
        post_id=row.post_id, topic_id=topic_id, position=position, listed=row.listed, published_at=row.published_at,
        last_activity_at=row.last_activity_at, recommendation_count=row.recommendation_count,
    )  # fmt: skip


def _place(post_id: PostId, topic_id: TopicId, position: int) -> None:
    here = (PostTopic.post_id == post_id, PostTopic.topic_id == topic_id)
    db.session.execute(update(PostTopic).where(*here).values(position=position))


def _recount(*topic_ids: TopicId) -> None:
    """Published posts, counted: a sum of what was moved would be as slow and less sure."""
    for topic_id in topic_ids:
        listed = select(func.count()).where(PostTopic.topic_id == topic_id, PostTopic.listed).scalar_subquery()
        db.session.execute(update(Topic).where(Topic.id == topic_id).values(post_count=listed))
