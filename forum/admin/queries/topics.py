"""All topics, in their order: they are few."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from forum.admin.records import TopicRow
from forum.kernel.db import db
from forum.kernel.ids import TopicId
from forum.topics import queries
from forum.topics.labels import label_of
from forum.topics.models import Topic, TopicCurator
from forum.topics.words import POSTING_POLICIES


def all_topics() -> tuple[TopicRow, ...]:
    """Each before those below it; in two statements."""
    counted = select(TopicCurator.topic_id, func.count()).group_by(TopicCurator.topic_id)
    curators: dict[TopicId, int] = {row[0]: row[1] for row in db.session.execute(counted)}
    return tuple(_row(one, level, curators.get(one.id, 0)) for one, level in _in_families(list(queries.all_topics())))


def _in_families(topics: list[Topic]) -> Iterator[tuple[Topic, int]]:
    known = {one.id for one in topics}
    for one in topics:
        if one.parent_id is None or one.parent_id not in known:
            yield one, 1
            yield from ((child, 2) for child in topics if child.parent_id == one.id)


def _row(one: Topic, level: int, curators: int) -> TopicRow:
    posting = POSTING_POLICIES[one.posting_policy][0]
    return TopicRow(one.id, label_of(one), level, one.state, posting, one.post_count, curators)
