"""Who may see, fill and look after a topic."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, true

from forum.kernel.access import Actor
from forum.kernel.ids import TopicId
from forum.topics.models import PostingPolicy, Topic, TopicState

# Readers lose their way in more; and a list of topics stays one page.
MAX_LEVELS = 2


def can_see(actor: Actor, topic: Topic) -> bool:
    """A merged topic only leads on to another; moderators still see what it was."""
    return topic.state != TopicState.MERGED or actor.is_moderator


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    return true() if actor.is_moderator else Topic.state != TopicState.MERGED


def can_post_under(actor: Actor, topic: Topic, curated: Collection[TopicId]) -> bool:
    """`curated` are the topics that the actor curates (queries.curated_by).

    Under a premoderated topic anyone may, and waits.
    """
    if not actor.may_write or topic.state != TopicState.OPEN:
        return False
    return topic.posting_policy != PostingPolicy.CURATORS_ONLY or actor.is_moderator or topic.id in curated


def can_manage(actor: Actor) -> bool:
    """Make, edit, order and archive topics, and choose their curators."""
    return actor.is_moderator
