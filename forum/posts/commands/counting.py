"""Counters of published posts: the author's, the organisation's, each topic's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId, PostId, TopicId
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostTopic
from forum.topics.models import Topic


def count_author(author_id: MemberId, delta: int) -> None:
    """Also the lock under which an author's posts of the first day are counted."""
    here = Member.id == author_id
    db.session.execute(update(Member).where(here).values(post_count=Member.post_count + delta))


def count_organisation(post: Post, delta: int) -> None:
    if post.organisation_id is not None:
        here = Organisation.id == post.organisation_id
        db.session.execute(update(Organisation).where(here).values(post_count=Organisation.post_count + delta))


def count_topics(topic_ids: Iterable[TopicId], delta: int) -> None:
    """One by one in the order of ids, so that two posts under the same topics can't wait for each other."""
    for topic_id in sorted(topic_ids):
        db.session.execute(update(Topic).where(Topic.id == topic_id).values(post_count=Topic.post_count + delta))


def count_post(post: Post, delta: int) -> None:
    """All three, for a post that readers begin or cease to see."""
    count_author(post.author_id, delta)
    count_organisation(post, delta)
    count_topics(topic_ids_of(post.id), delta)


def topic_ids_of(post_id: PostId) -> list[TopicId]:
    """The main one first."""
    query = select(PostTopic.topic_id).where(PostTopic.post_id == post_id).order_by(PostTopic.position)
    return list(db.session.scalars(query))
