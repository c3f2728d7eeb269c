"""Who curates what."""

from __future__ import annotations

from collections.abc import Collection

from forum.kernel.access import Actor
from forum.kernel.ids import TopicId

# DOMAIN: a reader looks at five and no more.
MOST_FEATURED = 5
# Under more, nobody sees what is new.
MOST_PINNED = 3
# What a topic's page offers to undo; older acts are taken back by hand.
ACTS_SHOWN = 10


def can_curate(actor: Actor, topic_id: TopicId, curated: Collection[TopicId]) -> bool:
    """`curated` are the topics that the actor curates (topics.queries.curated_by)."""
    return actor.may_write and (actor.is_moderator or topic_id in curated)


def can_curate_any(actor: Actor, topic_ids: Collection[TopicId], curated: Collection[TopicId]) -> bool:
    """A post, by one of its topics."""
    return any(can_curate(actor, topic_id, curated) for topic_id in topic_ids)


def can_merge(actor: Actor) -> bool:
    """It ends one topic and fills another, so it's the site's."""
    return actor.may_write and actor.is_moderator
