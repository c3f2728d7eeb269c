"""Where a post stands: under which topics, and how curators marked it there. Whoever calls knows that it may be."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import PostId, TopicId
from forum.posts.commands.counting import count_topics, take_topics, topic_ids_of
from forum.posts.commands.rows import put_under
from forum.posts.events import CommentModeChanged, PostMoved
from forum.posts.models import Post, PostState, PostTopic
from forum.topics.models import Topic


def place_under(post: Post, topic_ids: Sequence[TopicId]) -> None:
    """Under these topics, the main one first; the post is locked. Marks stay where it stays."""
    old = topic_ids_of(post.id)
    take_topics([*old, *topic_ids])
    found = {topic.id: topic for topic in db.session.scalars(select(Topic).where(Topic.id.in_(topic_ids)))}
    put_under(post, [found[topic_id] for topic_id in topic_ids])
    if post.state == PostState.PUBLISHED:
        count_topics(set(old) - set(topic_ids), -1)
        count_topics(set(topic_ids) - set(old), +1)
    record(PostMoved(post.id, tuple(topic_ids)))


def mark_featured(topic_id: TopicId, post_ids: Sequence[PostId]) -> None:
    """These, in this order, and no others. The topic is locked."""
    here = update(PostTopic).where(PostTopic.topic_id == topic_id)
    db.session.execute(here.where(PostTopic.featured.is_not(None)).values(featured=None))
    for place, post_id in enumerate(post_ids, start=1):
        db.session.execute(here.where(PostTopic.post_id == post_id).values(featured=place))


def mark_pinned(topic_id: TopicId, post_ids: Sequence[PostId]) -> None:
    """These and no others. The topic is locked."""
    here = update(PostTopic).where(PostTopic.topic_id == topic_id)
    db.session.execute(here.where(PostTopic.pinned, PostTopic.post_id.not_in(post_ids)).values(pinned=False))
    db.session.execute(here.where(PostTopic.post_id.in_(post_ids)).values(pinned=True))


def turn_thread(post: Post, mode: str) -> None:
    """Open, premoderated, closed or locked; nobody else changes the post meanwhile."""
    if post.comment_mode != mode:
        post.comment_mode = mode
        record(CommentModeChanged(post.id, mode))
