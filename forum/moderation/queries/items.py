"""One item, for those who do something with it."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import ItemId
from forum.moderation import policy
from forum.moderation.errors import NoSuchItem
from forum.moderation.models import Decision, Lane, ReviewItem, SubjectType
from forum.moderation.policy import Reach
from forum.topics.queries import curated_by

MAX_ID = 2**63 - 1  # the databases' largest integer: a number out of an address may be larger


def reach_of(actor: Actor) -> Reach:
    """What the actor may look after."""
    return Reach(actor, curated_by(actor.id) if actor.may_write else frozenset())


def get_item(item_id: ItemId, reach: Reach) -> ReviewItem:
    """The row, as the database has it now. Raises NoSuchItem."""
    if item_id > MAX_ID:
        raise NoSuchItem
    wanted = select(ReviewItem).where(ReviewItem.id == item_id, policy.visible_to(reach))
    item = db.session.scalar(wanted.execution_options(populate_existing=True))
    if item is None:
        raise NoSuchItem
    return item


def find_item(lane: Lane, subject_type: SubjectType, subject_id: int) -> ReviewItem | None:
    """The lane's one item about a subject, decided or not, whoever asks."""
    return db.session.scalar(
        select(ReviewItem)
        .where(ReviewItem.lane == lane, ReviewItem.subject_type == subject_type, ReviewItem.subject_id == subject_id)
        .execution_options(populate_existing=True)
    )


def find_decision_in_force(item_id: ItemId) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.item_id == item_id, Decision.in_force))
