"""Drafts and what is done with them, in a transaction of their own as a view would open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.kernel.ids import PostId
from forum.kernel.outbox import OutboxEvent
from forum.organisations.models import Organisation
from forum.posts import commands
from forum.posts.draft import Draft
from forum.posts.models import Post, PostKind, PostTopic
from forum.posts.policy import UNLIMITED, TrustLimits
from forum.posts.rendering import render_body
from forum.topics.models import Topic
from tests import factories

DRAFT = Draft(title="A plain letter that doubled the response", source="We asked *three* residents.")
EVENT: dict[str, Any] = {
    "kind": PostKind.EVENT,
    "starts_at": datetime(2030, 5, 14, 7, 30, tzinfo=UTC),
    "ends_at": datetime(2030, 5, 14, 10, tzinfo=UTC),
    "time_zone": "Europe/Amsterdam",
    "place": "Town hall",
}


def draft(**fields: Any) -> Draft:
    """Complete but for its topics: those are made when they are missing."""
    if "topics" not in fields:
        fields["topics"] = (factories.topic().slug,)
    return replace(DRAFT, **fields)


def publish(actor: Actor, limits: TrustLimits = UNLIMITED, **fields: Any) -> PostId:
    written = draft(**fields)
    with transaction():
        return commands.publish(actor, written, render_body(written.source), limits=limits)


def save(actor: Actor, **fields: Any) -> PostId:
    written = draft(**fields)
    with transaction():
        return commands.save_draft(actor, written, render_body(written.source))


def save_again(actor: Actor, post_id: PostId, **fields: Any) -> None:
    written = replace(DRAFT, **fields)
    with transaction():
        commands.save_again(actor, post_id, written, render_body(written.source))


def send(actor: Actor, post_id: PostId, **fields: Any) -> PostId:
    written = draft(**fields)
    with transaction():
        return commands.send(actor, post_id, written, render_body(written.source))


def edit(actor: Actor, post_id: PostId, limits: TrustLimits = UNLIMITED, **fields: Any) -> None:
    """Under the topics it has, if no others are given."""
    topics = fields.pop("topics", topics_of(post_id))
    written = replace(DRAFT, topics=tuple(topics), **fields)
    with transaction():
        commands.edit(actor, post_id, written, render_body(written.source), limits=limits)


def row(post_id: PostId) -> Post:
    return db.session.scalars(select(Post).where(Post.id == post_id).execution_options(populate_existing=True)).one()


def topics_of(post_id: PostId) -> list[str]:
    under = select(Topic.slug).join(PostTopic, PostTopic.topic_id == Topic.id)
    return list(db.session.scalars(under.where(PostTopic.post_id == post_id).order_by(PostTopic.position)))


def post_counts(*things: Member | Organisation | Topic) -> list[int]:
    """The counters of published posts, as the database has them."""
    return [
        db.session.scalars(select(type(thing).post_count).where(type(thing).id == thing.id)).one() for thing in things
    ]


def ago(**span: float) -> datetime:
    return clock.now() - timedelta(**span)


def recorded() -> Sequence[str]:
    """Names of the events kept for those who listen later."""
    return db.session.scalars(select(OutboxEvent.name).order_by(OutboxEvent.id)).all()
