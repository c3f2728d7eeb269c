"""What moderators do to topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from forum.accounts import queries as accounts
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import NotFound, Refused
from forum.kernel.events import record
from forum.kernel.ids import MemberId, TopicId
from forum.kernel.slugs import is_slug
from forum.topics import policy
from forum.topics.details import Details, checked
from forum.topics.errors import NoSuchCurator, NotCurator, SlugTaken, WrongParent
from forum.topics.events import TopicArchived, TopicChanged, TopicCreated, TopicReopened
from forum.topics.models import Topic, TopicAddress, TopicCurator, TopicState
from forum.topics.queries import IN_ORDER

STORED_AS_THEY_ARE = (
    "name",
    "slug",
    "description",
    "sign",
    "posting_policy",
    "introduction",
    "introduction_html",
    "pinned_note",
    "pinned_note_html",
)


def create(actor: Actor, details: Details, *, position: int | None = None) -> Topic:
    """By default after all others. Raises NotCurator, Invalid, SlugTaken or WrongParent."""
    _check(actor)
    kept = checked(details)
    _refuse_taken(kept.slug)
    if position is None:
        position = (db.session.scalar(select(func.max(Topic.position))) or 0) + 1
    topic = Topic(position=position, created_at=clock.now())
    _keep(topic, kept)
    record(TopicCreated(topic.id))
    return topic


def edit(actor: Actor, topic_id: TopicId, details: Details) -> Topic:
    """A new slug leaves the old one behind, which leads there.

    Raises NotCurator, NotFound, Invalid, SlugTaken or WrongParent.
    """
    _check(actor)
    topic = get_locked(topic_id)
    kept = checked(details)
    if kept.slug != topic.slug:
        _refuse_taken(kept.slug, but=topic.id)
        _leave_address(topic, kept.slug)
    if kept.parent and _has_children(topic):
        raise WrongParent
    _keep(topic, kept)
    record(TopicChanged(topic.id))
    return topic


def set_curators(actor: Actor, topic_id: TopicId, usernames: Iterable[str]) -> None:
    """These members and nobody else. Raises NotCurator, NotFound, or NoSuchCurator for a name that isn't a member's."""
    _check(actor)
    topic = get_locked(topic_id)
    wanted = [_member_id(username) for username in usernames]
    db.session.execute(delete(TopicCurator).where(TopicCurator.topic_id == topic.id))
    db.session.add_all(TopicCurator(topic_id=topic.id, member_id=one) for one in dict.fromkeys(wanted))
    record(TopicChanged(topic.id))


def move(actor: Actor, topic_id: TopicId, *, up: bool) -> None:
    """One place up or down among the topics of its level; at the end it stays. Raises NotCurator or NotFound."""
    _check(actor)
    topic = get_locked(topic_id)
    siblings = list(db.session.scalars(select(Topic).where(_is_beside(topic)).order_by(*IN_ORDER).with_for_update()))
    place = siblings.index(topic)
    other = place - 1 if up else place + 1
    if 0 <= other < len(siblings):
        siblings[place], siblings[other] = siblings[other], siblings[place]
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    record(TopicChanged(topic.id))


def archive(actor: Actor, topic_id: TopicId) -> None:
    """Its posts stay to be read; nothing new is posted under it. Raises NotCurator, NotFound or Refused."""
    _turn(actor, topic_id, TopicState.OPEN, TopicState.ARCHIVED)
    record(TopicArchived(topic_id))


def reopen(actor: Actor, topic_id: TopicId) -> None:
    """Raises NotCurator, NotFound or Refused."""
    _turn(actor, topic_id, TopicState.ARCHIVED, TopicState.OPEN)
    record(TopicReopened(topic_id))


def put_note(topic: Topic, source: str, html: str) -> None:
    """On a locked topic's page; whoever calls knows that it may be."""
    topic.pinned_note, topic.pinned_note_html = source, html
    record(TopicChanged(topic.id))


def leave_family(source: Topic, target: Topic) -> list[list[int | None]]:
    """Those below a topic that goes up in another move under that one, or to the first level where it has a parent.

    Returns each with the parent that it had, for join_family. Both topics are locked.
    """
    below = db.session.scalars(select(Topic).where(Topic.parent_id == source.id).order_by(Topic.id)).all()
    heir = None if target.parent_id not in {None, source.id} else target.id
    for child in below:
        child.parent_id = None if child is target else heir
    db.session.flush()
    return [[child.id, source.id] for child in below]


def join_family(family: Sequence[Sequence[int | None]]) -> None:
    """The way back from leave_family."""
    for child_id, parent_id in family:
        db.session.execute(update(Topic).where(Topic.id == child_id).values(parent_id=parent_id))


def _check(actor: Actor) -> None:
    if not policy.can_manage(actor):
        raise NotCurator


def _turn(actor: Actor, topic_id: TopicId, before: TopicState, after: TopicState) -> None:
    _check(actor)
    topic = get_locked(topic_id)
    if topic.state != before:
        raise Refused(_("Somebody changed this topic in the meantime. Look at it first."))
    topic.state = after


def get_locked(topic_id: TopicId) -> Topic:
    """Until the end of the transaction nobody else's to change. Raises NotFound."""
    topic = db.session.scalar(
        select(Topic)
        .where(Topic.id == topic_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if topic is None:
        raise NotFound(_("There is no topic at this address."))
    return topic


def _is_beside(topic: Topic) -> ColumnElement[bool]:
    return Topic.parent_id.is_(None) if topic.parent_id is None else Topic.parent_id == topic.parent_id


def _keep(topic: Topic, details: Details) -> None:
    """The checks before it can't see what another transaction is doing at this moment; the database can."""
    parent_id = _parent_id(topic, details.parent) if details.parent else None
    try:
        with db.session.begin_nested():
            for field in STORED_AS_THEY_ARE:
                setattr(topic, field, getattr(details, field))
            topic.parent_id = parent_id
            db.session.add(topic)
    except IntegrityError as error:
        raise SlugTaken(details.slug) from error


def _parent_id(topic: Topic, slug: str) -> TopicId:
    """Locked, so that a parent can't be given one of its own at the same moment."""
    is_it = (Topic.slug == slug, Topic.state != TopicState.MERGED)
    statement = select(Topic).where(*is_it).with_for_update(key_share=True)
    parent = db.session.scalar(statement) if is_slug(slug) else None
    if parent is None or parent.parent_id is not None or parent is topic:
        raise WrongParent
    return parent.id


def _has_children(topic: Topic) -> bool:
    below = select(Topic.id).where(Topic.parent_id == topic.id)
    return bool(db.session.scalar(select(below.exists())))


def _refuse_taken(slug: str, but: TopicId | None = None) -> None:
    topic = select(Topic.id).where(Topic.slug == slug, Topic.id != (but or 0))
    address = select(TopicAddress.topic_id).where(TopicAddress.slug == slug, TopicAddress.topic_id != (but or 0))
    if db.session.scalar(select(or_(topic.exists(), address.exists()))):
        raise SlugTaken(slug)


def _leave_address(topic: Topic, slug: str) -> None:
    """It may go back to an address that it had before."""
    db.session.execute(delete(TopicAddress).where(TopicAddress.slug == slug))
    db.session.add(TopicAddress(slug=topic.slug, topic_id=topic.id))


def _member_id(username: str) -> MemberId:
    member = accounts.find_member(username)
    if member is None or member.state == MemberState.ERASED:
        raise NoSuchCurator(username)
    return member.id
