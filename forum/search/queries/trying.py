"""Where to look when nothing was found."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.access import ANONYMOUS
from forum.kernel.db import db
from forum.topics import policy
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic, TopicState

MOST = 8


def topics_to_try() -> tuple[TopicLabel, ...]:
    """Those with most posts."""
    fullest = (
        select(Topic)
        .where(policy.visible_to(ANONYMOUS), Topic.state == TopicState.OPEN)
        .order_by(Topic.post_count.desc(), Topic.name)
        .limit(MOST)
    )
    return tuple(map(label_of, db.session.scalars(fullest)))
