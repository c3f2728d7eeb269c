"""Many change posts at the same moment: nobody waits for one who waits for them, and every counter is right."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from forum.comments import commands as comments
from forum.comments.draft import Draft as CommentDraft
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.kernel.ids import PostId
from forum.posts import commands
from forum.posts.models import Post, PostState, PostTopic
from forum.posts.rendering import render_body
from forum.topics.models import Topic
from tests import factories
from tests.posts.drafting import edit, post_counts, publish, save, send

pytestmark = pytest.mark.drill

AT_ONCE = 8
ROUNDS = 4


def test_everything_at_once_ends_with_right_counters(app: Flask) -> None:
    city, topics = factories.organisation("haarlem"), [factories.topic() for _ in range(3)]
    slugs = [topic.slug for topic in topics]
    members = [factories.member() for _ in range(AT_ONCE)]
    for member in members:
        factories.affiliation(member, city)
    actors = [factories.actor(member) for member in members]
    shared = publish(actors[0], topics=slugs, on_behalf_of="haarlem")
    jobs = [_busy(actor, number, slugs, shared) for number, actor in enumerate(actors)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda job: _within(app, job), jobs))
    for topic in topics:
        assert post_counts(topic) == [_published_under(topic)]
    published = db.session.scalars(select(Post.id).where(Post.state == PostState.PUBLISHED)).all()
    assert (post_counts(city), sum(post_counts(*members))) == ([len(published)], len(published))


def _busy(actor: Actor, number: int, slugs: list[str], shared: PostId) -> Callable[[], None]:
    def work() -> None:
        for turn in range(ROUNDS):
            own = save(actor, topics=slugs[turn % 3 :], on_behalf_of="haarlem")
            send(actor, own, topics=slugs[turn % 3 :], on_behalf_of="haarlem")
            edit(actor, own, topics=list(reversed(slugs)), source=f"Turn {turn}")
            with transaction():
                comments.submit(actor, shared, CommentDraft(source="A remark."), render_body("A remark."))
            with transaction():
                commands.withdraw(actor, own)
            if (number + turn) % 2:
                with transaction():
                    commands.restore(actor, own)

    return work


def _within(app: Flask, job: Callable[[], None]) -> None:
    with app.app_context():
        job()


def _published_under(topic: Topic) -> int:
    under = select(PostTopic.post_id).where(PostTopic.topic_id == topic.id, PostTopic.listed)
    return len(db.session.scalars(under).all())
