"""Reads of topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid, NotFound
from forum.kernel.ids import MemberId, TopicId
from forum.topics import policy
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic, TopicAddress, TopicCurator, TopicState

# How many merges in a row are followed; more than anyone makes, and an end to a circle.
MAX_MERGES = 5
IN_ORDER = (Topic.position, Topic.name, Topic.id)


def find_topic(slug: str, viewer: Actor = ANONYMOUS) -> Topic | None:
    """By its present slug, if the viewer may see it."""
    return db.session.scalar(select(Topic).where(Topic.slug == slug, policy.visible_to(viewer)))


def get_topic(slug: str, viewer: Actor = ANONYMOUS) -> Topic:
    """By its present slug. Raises NotFound; ask find_moved then."""
    topic = find_topic(slug, viewer)
    if topic is None:
        raise NotFound(_("There is no topic at this address."))
    return topic


def find_moved(slug: str) -> str | None:
    """The present slug of a topic that had this one before, or that was merged into another."""
    topic = db.session.scalar(select(Topic).where(Topic.slug == slug)) or _formerly(slug)
    for _merge in range(MAX_MERGES):
        if topic is None or topic.state != TopicState.MERGED:
            break
        topic = db.session.get(Topic, topic.merged_into_id) if topic.merged_into_id else None
    return topic.slug if topic is not None and topic.slug != slug else None


def _formerly(slug: str) -> Topic | None:
    address = select(TopicAddress.topic_id).where(TopicAddress.slug == slug)
    return db.session.scalar(select(Topic).where(Topic.id.in_(address)))


def open_topics() -> tuple[TopicLabel, ...]:
    """Those that posts may be put under, in their order."""
    topics = db.session.scalars(select(Topic).where(Topic.state == TopicState.OPEN).order_by(*IN_ORDER))
    return tuple(label_of(topic) for topic in topics)


def topics_by_slug(slugs: Iterable[str]) -> dict[str, Topic]:
    """Topics by the slug asked for, which may be one that they had before. Unknown ones are left out."""
    wanted = set(slugs)
    topics = db.session.scalars(select(Topic).where(Topic.slug.in_(wanted)))
    found = {topic.slug: topic for topic in topics if topic.state != TopicState.MERGED}
    for slug in wanted - found.keys():
        now = find_moved(slug)
        if now is not None:
            found[slug] = get_topic(now)
    return found


def get_topics_for_post(actor: Actor, slugs: Sequence[str]) -> tuple[Topic, ...]:
    """The topics that a post is put under, in the order chosen, each once.

    Raises Invalid, with the field `topics`, for one that doesn't exist or that the actor may not post under.
    """
    found = topics_by_slug(slugs)
    curated = curated_by(actor.id)
    for slug in slugs:
        if slug not in found:
            raise _refused_topic(_("There is no topic “%(name)s” any more. Choose another one.", name=slug))
        if not policy.can_post_under(actor, found[slug], curated):
            raise _refused_topic(
                _("You can’t post under “%(name)s”. Choose another topic.", name=found[slug].name)
            )
    return tuple({found[slug].id: found[slug] for slug in slugs}.values())


def _refused_topic(message: str) -> Invalid:
    return Invalid(message, fields={"topics": message})


def curated_by(member_id: MemberId) -> frozenset[TopicId]:
    return frozenset(
        db.session.scalars(select(TopicCurator.topic_id).where(TopicCurator.member_id == member_id))
    )


def choices_for(actor: Actor) -> tuple[TopicLabel, ...]:
    """The topics that the actor may post under, in their order."""
    topics = db.session.scalars(select(Topic).where(Topic.state == TopicState.OPEN).order_by(*IN_ORDER)).all()
    curated = curated_by(actor.id)
    return tuple(label_of(topic) for topic in topics if policy.can_post_under(actor, topic, curated))
