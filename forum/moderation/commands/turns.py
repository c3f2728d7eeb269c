"""Whose turn it is: claim, release, hand over, escalate; and notes among moderators."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid
from forum.kernel.events import record
from forum.kernel.ids import ItemId, MemberId
from forum.moderation import log, plugs, policy
from forum.moderation.commands.scopes import scope_of
from forum.moderation.due import due_from
from forum.moderation.errors import Changed, NotYoursToDecide
from forum.moderation.events import ItemEscalated, ItemHandedOver
from forum.moderation.models import WAITING, Action, InternalNote, ItemState, Lane, ReviewItem, Scope
from forum.moderation.queries import get_item, reach_of
from forum.organisations.actors import get_actor


def claim(actor: Actor, item_id: ItemId) -> ReviewItem:
    """Tell others that somebody looks at it; it locks nothing. Raises NoSuchItem."""
    item = get_item(item_id, reach_of(actor))
    if item.state in WAITING:
        plugs.look(actor, item)
    _hold(item, actor.id, clock.now() + policy.CLAIMED_FOR)
    return item


def release(actor: Actor, item_id: ItemId) -> ReviewItem:
    """It's anybody's again. Only who holds it lets go. Raises NoSuchItem."""
    item = get_item(item_id, reach_of(actor))
    if item.claimed_by_id == actor.id:
        item.claimed_by_id, item.claimed_until = None, None
        item.state = ItemState.OPEN if item.state == ItemState.CLAIMED else item.state
    return item


def hand_over(actor: Actor, item_id: ItemId, to: MemberId, words: str) -> ReviewItem:
    """To a colleague who may decide it, with a note. Raises NoSuchItem or Invalid."""
    item = get_item(item_id, reach_of(actor))
    if to == actor.id or not policy.actions_for(reach_of(get_actor(to)), item):
        message = _("This colleague can’t decide this case. Choose another one.")
        raise Invalid(message, fields={"to": message})
    _hold(item, to, clock.now() + policy.HANDED_FOR)
    if words.strip():
        note(actor, item_id, words)
    record(ItemHandedOver(item.id, to, actor.id))
    return item


def note(actor: Actor, item_id: ItemId, words: str) -> InternalNote:
    """For moderators only. Raises NoSuchItem or Invalid."""
    item = get_item(item_id, reach_of(actor))
    cleaned = words.strip()
    if not cleaned or len(cleaned) > policy.MAX_NOTE:
        message = _("Write a note of 1 to %(limit)s characters.", limit=f"{policy.MAX_NOTE:,}")
        raise Invalid(message, fields={"note": message})
    kept = InternalNote(item_id=item.id, author_id=actor.id, words=cleaned, created_at=clock.now())
    db.session.add(kept)
    return kept


def escalate(actor: Actor, item_id: ItemId, version: int, words: str = "") -> ReviewItem:
    """One level up: from a topic or an organisation to the site, then to its administrators.

    Raises NoSuchItem, Changed, NotYoursToDecide where there is nobody above, or Invalid.
    """
    item = get_item(item_id, reach_of(actor))
    if item.version != version:
        raise Changed
    if not policy.can_be_escalated(item, item.state):
        raise NotYoursToDecide
    if words.strip():
        note(actor, item_id, words)
    raise_level(item, actor.id)
    return item


def raise_level(item: ReviewItem, by: MemberId | None) -> None:
    """`by` is None where its time has passed. Nobody holds it then, and it has its whole time again.

    What is said in an organisation's name stays in its queue: the site sees it there, and may decide it now.
    """
    before = scope_of(item)
    values: dict[str, object] = {
        "level": ReviewItem.level + 1, "version": ReviewItem.version + 1, "state": ItemState.ESCALATED,
        "claimed_by_id": None, "claimed_until": None, "due_at": due_from(Lane(item.lane), clock.now()),
    }  # fmt: skip
    if item.lane != Lane.ON_BEHALF:
        values["scope"] = Scope.SITE
    here = (ReviewItem.id == item.id, ReviewItem.version == item.version)
    if db.session.scalar(update(ReviewItem).where(*here).values(values).returning(ReviewItem.id)) is None:
        raise Changed
    db.session.refresh(item)
    entry = log.Entry(
        action=Action.ESCALATE, scope=before, lane=item.lane, subject_type=item.subject_type,
        subject_id=item.subject_id, item_id=item.id,
    )  # fmt: skip
    log.append(entry, by)
    record(ItemEscalated(item.id, item.lane, item.level, by))


def _hold(item: ReviewItem, member_id: MemberId, until: datetime) -> None:
    item.claimed_by_id, item.claimed_until = member_id, until
    if item.state == ItemState.OPEN:
        item.state = ItemState.CLAIMED


def take_item(item_id: ItemId) -> ReviewItem:
    """The row, until the end of the transaction nobody else's to change."""
    wanted = select(ReviewItem).where(ReviewItem.id == item_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()
