"""Steps of curators, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from forum.curating.models import CuratingAct
from forum.kernel.access import Actor, Role
from forum.kernel.db import db, transaction
from forum.moderation import log
from forum.moderation.models import LogLine
from forum.posts.commands import topic_ids_of
from forum.posts.models import Post, PostTopic
from forum.topics.models import Topic, TopicCurator
from tests import factories

Given = TypeVar("Given")


def done(act: Callable[..., Given], *given: Any, **more: Any) -> Given:
    with transaction():
        return act(*given, **more)


def curator(*topics: Topic) -> Actor:
    member = factories.member()
    for topic in topics:
        with transaction():
            db.session.add(TopicCurator(topic_id=topic.id, member_id=member.id))
    return factories.actor(member)


def moderator() -> Actor:
    return factories.actor(factories.member(role=Role.MODERATOR))


def also_under(post: Post, topic: Topic, position: int = 1) -> None:
    with transaction():
        db.session.add(
            PostTopic(
                post_id=post.id, topic_id=topic.id, position=position, listed=True, published_at=post.published_at,
                last_activity_at=post.last_activity_at,
            )
        )  # fmt: skip
        topic.post_count += 1


def slugs_of(post: Post) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Topic, topic_id).slug for topic_id in topic_ids_of(post.id)]


def count(topic: Topic) -> int:
    db.session.rollback()
    return db.session.scalars(select(Topic.post_count).where(Topic.id == topic.id)).one()


def logged() -> list[tuple[str, str]]:
    """Verb and scope of each line of the log, which is whole."""
    lines = db.session.scalars(select(LogLine).order_by(LogLine.id)).all()
    assert log.first_broken(lines) is None
    return [(line.action, line.scope) for line in lines]


def acts() -> list[CuratingAct]:
    return list(db.session.scalars(select(CuratingAct).order_by(CuratingAct.id)))
