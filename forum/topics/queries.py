"""Reads of topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import Invalid, NotFound
from forum.kernel.ids import MemberId, TopicId
from forum.kernel.slugs import is_slug
from forum.topics import policy
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic, TopicAddress, TopicCurator, TopicState


@dataclass(frozen=True)
class TopicLine:
    """A topic in the index; `children` have none themselves."""

    id: TopicId
    label: TopicLabel
    description: str
    post_count: int
    is_archived: bool
    children: tuple[TopicLine, ...]


@dataclass(frozen=True)
class TopicIndex:
    open: tuple[TopicLine, ...]
    archived: tuple[TopicLine, ...]


@dataclass(frozen=True)
class TopicHead:
    """The head of a topic's own page. Holds nothing that differs by viewer."""

    id: TopicId
    label: TopicLabel
    description: str
    introduction_html: str
    pinned_note_html: str
    is_archived: bool
    post_count: int
    parent: TopicLabel | None
    children: tuple[TopicLabel, ...]
    curators: tuple[MemberCard, ...]


# How many merges in a row are followed; more than anyone makes, and an end to a circle.
MAX_MERGES = 5
IN_ORDER = (Topic.position, Topic.name, Topic.id)


def all_topics() -> Sequence[Topic]:
    """For the operator, in their order."""
    return db.session.scalars(select(Topic).order_by(*IN_ORDER)).all()


def find_topic(slug: str, viewer: Actor = ANONYMOUS) -> Topic | None:
    """By its present slug, if the viewer may see it."""
    if not is_slug(slug):
        return None
    return db.session.scalar(select(Topic).where(Topic.slug == slug, policy.visible_to(viewer)))


def get_topic(slug: str, viewer: Actor = ANONYMOUS) -> Topic:
    """By its present slug. Raises NotFound; ask find_moved then."""
    topic = find_topic(slug, viewer)
    if topic is None:
        raise NotFound(_("There is no topic at this address."))
    return topic


def find_moved(slug: str) -> str | None:
    """The present slug of a topic that had this one before, or that was merged into another."""
    if not is_slug(slug):
        return None
    topic = db.session.scalar(select(Topic).where(Topic.slug == slug)) or _formerly(slug)
    for _merge in range(MAX_MERGES):
        if topic is None or topic.state != TopicState.MERGED:
            break
        topic = db.session.get(Topic, topic.merged_into_id) if topic.merged_into_id else None
    if topic is None or topic.state == TopicState.MERGED or topic.slug == slug:
        return None
    return topic.slug


def _formerly(slug: str) -> Topic | None:
    address = select(TopicAddress.topic_id).where(TopicAddress.slug == slug)
    return db.session.scalar(select(Topic).where(Topic.id.in_(address)))


def index(viewer: Actor = ANONYMOUS) -> TopicIndex:
    """Every topic that the viewer may see, but those that lead elsewhere; in one statement."""
    topics = db.session.scalars(
        select(Topic).where(policy.visible_to(viewer), Topic.state != TopicState.MERGED).order_by(*IN_ORDER)
    ).all()
    below = _by_parent(topics)
    known = {topic.id for topic in topics}
    tops = [topic for topic in topics if topic.parent_id is None or topic.parent_id not in known]
    return TopicIndex(
        open=tuple(_line(topic, below) for topic in tops if topic.state == TopicState.OPEN),
        archived=tuple(_line(topic, below) for topic in tops if topic.state == TopicState.ARCHIVED),
    )


def _by_parent(topics: Sequence[Topic]) -> Mapping[TopicId | None, list[Topic]]:
    below: dict[TopicId | None, list[Topic]] = {}
    for topic in topics:
        below.setdefault(topic.parent_id, []).append(topic)
    return below


def _line(topic: Topic, below: Mapping[TopicId | None, list[Topic]]) -> TopicLine:
    return TopicLine(
        id=topic.id,
        label=label_of(topic),
        description=topic.description,
        post_count=topic.post_count,
        is_archived=topic.state == TopicState.ARCHIVED,
        children=tuple(_line(child, {}) for child in below.get(topic.id, ())),
    )


def get_topic_head(slug: str, viewer: Actor = ANONYMOUS) -> TopicHead:
    """In two statements. Raises NotFound; ask find_moved then."""
    near = _near(slug, viewer)
    topic = next((one for one in near if one.slug == slug), None)
    if topic is None:
        raise NotFound(_("There is no topic at this address."))
    parent = next((label_of(one) for one in near if one.id == topic.parent_id), None)
    children = tuple(label_of(one) for one in near if one.parent_id == topic.id)
    return _head(topic, parent, children)


def get_topic_among(slug: str, viewer: Actor = ANONYMOUS) -> tuple[TopicHead, tuple[TopicLabel, ...]]:
    """The same, and the open topics in their order, in two statements as well: topics are few. Raises NotFound."""
    every = db.session.scalars(select(Topic).where(policy.visible_to(viewer)).order_by(*IN_ORDER)).all()
    topic = next((one for one in every if one.slug == slug), None)
    if topic is None:
        raise NotFound(_("There is no topic at this address."))
    parent = next((label_of(one) for one in every if one.id == topic.parent_id), None)
    children = tuple(label_of(one) for one in every if one.parent_id == topic.id)
    return _head(topic, parent, children), tuple(label_of(one) for one in every if one.state == TopicState.OPEN)


def _near(slug: str, viewer: Actor) -> Sequence[Topic]:
    """The topic with this slug, the one above it and those below, in their order."""
    if not is_slug(slug):
        return ()
    this = aliased(Topic)
    is_near = or_(Topic.id == this.id, Topic.id == this.parent_id, Topic.parent_id == this.id)
    return db.session.scalars(
        select(Topic).join(this, is_near).where(this.slug == slug, policy.visible_to(viewer)).order_by(*IN_ORDER)
    ).all()


def _head(topic: Topic, parent: TopicLabel | None, children: tuple[TopicLabel, ...]) -> TopicHead:
    return TopicHead(
        id=topic.id,
        label=label_of(topic),
        description=topic.description,
        introduction_html=topic.introduction_html,
        pinned_note_html=topic.pinned_note_html,
        is_archived=topic.state == TopicState.ARCHIVED,
        post_count=topic.post_count,
        parent=parent,
        children=children,
        curators=curators_of(topic.id),
    )


def curators_of(topic_id: TopicId) -> tuple[MemberCard, ...]:
    """By name."""
    members = db.session.scalars(
        select(Member)
        .join(TopicCurator, TopicCurator.member_id == Member.id)
        .where(TopicCurator.topic_id == topic_id, Member.state != MemberState.ERASED)
        .order_by(func.lower(Member.name), Member.id)
    )
    return tuple(card_of(member) for member in members)


def open_lines() -> tuple[TopicLine, ...]:
    """The open topics of the first level, in their order, with their posts counted."""
    return index().open


def open_topics() -> tuple[TopicLabel, ...]:
    """Those that posts may be put under, in their order."""
    topics = db.session.scalars(select(Topic).where(Topic.state == TopicState.OPEN).order_by(*IN_ORDER))
    return tuple(label_of(topic) for topic in topics)


def suggested_topics(beginning: str, limit: int) -> tuple[TopicLabel, ...]:
    """Topics whose slug or name begins so, in their order."""
    starts = or_(Topic.slug.istartswith(beginning, autoescape=True), Topic.name.istartswith(beginning, autoescape=True))
    query = select(Topic).where(policy.visible_to(ANONYMOUS), Topic.state != TopicState.MERGED, starts)
    return tuple(label_of(topic) for topic in db.session.scalars(query.order_by(*IN_ORDER).limit(limit)))


def topics_by_slug(slugs: Iterable[str]) -> dict[str, Topic]:
    """Topics by the slug asked for, which may be one that they had before. Unknown ones are left out."""
    wanted = {slug for slug in slugs if is_slug(slug)}
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
            raise _refused_topic(_("You can’t post under “%(name)s”. Choose another topic.", name=found[slug].name))
    return tuple({found[slug].id: found[slug] for slug in slugs}.values())


def _refused_topic(message: str) -> Invalid:
    return Invalid(message, fields={"topics": message})


def curated_by(member_id: MemberId) -> frozenset[TopicId]:
    return frozenset(db.session.scalars(select(TopicCurator.topic_id).where(TopicCurator.member_id == member_id)))


def parents_for(topic: Topic | None) -> tuple[TopicLabel, ...]:
    """The topics that this one, or a new one, may be put under: those of the first level."""
    is_top = (Topic.parent_id.is_(None), Topic.state != TopicState.MERGED)
    topics = db.session.scalars(select(Topic).where(*is_top).order_by(*IN_ORDER))
    return tuple(label_of(one) for one in topics if one is not topic)


def parent_slug(topic: Topic) -> str:
    """Empty for a topic of the first level."""
    return db.session.scalar(select(Topic.slug).where(Topic.id == topic.parent_id)) or ""


def choices_for(actor: Actor) -> tuple[TopicLabel, ...]:
    """The topics that the actor may post under, in their order."""
    topics = db.session.scalars(select(Topic).where(Topic.state == TopicState.OPEN).order_by(*IN_ORDER)).all()
    curated = curated_by(actor.id)
    return tuple(label_of(topic) for topic in topics if policy.can_post_under(actor, topic, curated))
