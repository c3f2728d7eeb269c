"""Counters of published posts: the author's, the organisation's, each topic's.

Rows are locked in one order everywhere, so that nobody waits for one who waits for them: the author, the organisation,
the post, its topics by id; page versions, which triggers change, come last.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.ids import MemberId, OrganisationId, PostId, TopicId
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostTopic
from forum.topics.models import Topic


def count_author(author_id: MemberId, delta: int) -> None:
    """Also the lock under which an author's posts of the first day are counted."""
    here = Member.id == author_id
    db.session.execute(update(Member).where(here).values(post_count=Member.post_count + delta))


def count_organisation(organisation_id: OrganisationId | None, delta: int) -> None:
    """The one spoken for, if any."""
    if organisation_id is not None:
        here = Organisation.id == organisation_id
        db.session.execute(update(Organisation).where(here).values(post_count=Organisation.post_count + delta))


def take_author(author_id: MemberId, organisation_id: OrganisationId | None) -> None:
    """Lock the first two, for a command that locks the post next."""
    db.session.execute(select(Member.id).where(Member.id == author_id).with_for_update(key_share=True))
    if organisation_id is not None:
        here = Organisation.id == organisation_id
        db.session.execute(select(Organisation.id).where(here).with_for_update(key_share=True))


def take_topics(topic_ids: Iterable[TopicId]) -> None:
    """Lock topics, before a change of the post or of one of them reaches the page versions."""
    ordered = select(Topic.id).where(Topic.id.in_(set(topic_ids))).order_by(Topic.id)
    db.session.execute(ordered.with_for_update(key_share=True))


def count_topics(topic_ids: Iterable[TopicId], delta: int) -> None:
    """They are locked already (take_topics)."""
    for topic_id in sorted(topic_ids):
        db.session.execute(update(Topic).where(Topic.id == topic_id).values(post_count=Topic.post_count + delta))


def count_post(post: Post, delta: int) -> None:
    """All three, for a post that readers begin or cease to see."""
    topic_ids = topic_ids_of(post.id)
    take_topics(topic_ids)
    count_author(post.author_id, delta)
    count_organisation(post.organisation_id, delta)
    count_topics(topic_ids, delta)


def topic_ids_of(post_id: PostId) -> list[TopicId]:
    """The main one first."""
    query = select(PostTopic.topic_id).where(PostTopic.post_id == post_id).order_by(PostTopic.position)
    return list(db.session.scalars(query))
