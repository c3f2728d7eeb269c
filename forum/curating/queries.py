"""The curators' pages: of a post, and of a topic."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.curating import policy
from forum.curating.errors import NotCurator
from forum.curating.models import CuratingAct
from forum.curating.words import VERBS
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import PostId, TopicId
from forum.posts.addresses import address_of
from forum.posts.models import IS_MARKED, Post, PostState, PostTopic
from forum.posts.queries import get_post
from forum.topics import queries as topics
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic, TopicState


@dataclass(frozen=True)
class Acted:
    """Something that a curator did. `may_undo`: it wasn't undone, and is the newest of its aspect."""

    id: int
    words: Words
    who: MemberCard
    at: datetime
    undone_at: datetime | None
    may_undo: bool


@dataclass(frozen=True)
class Place:
    """A topic that the post is under. `is_mine`: the viewer curates it."""

    id: TopicId
    label: TopicLabel
    featured: bool
    pinned: bool
    is_mine: bool


@dataclass(frozen=True)
class PostCuration:
    """`choices` of topics by slug and name."""

    id: PostId
    title: str
    language: str
    address: str
    mode: str
    places: tuple[Place, ...]
    choices: tuple[tuple[str, str], ...]
    acts: tuple[Acted, ...]


@dataclass(frozen=True)
class Marked:
    id: PostId
    title: str
    language: str
    address: str


@dataclass(frozen=True)
class TopicCuration:
    """`targets` are topics that it can be merged into, by slug and name."""

    id: TopicId
    label: TopicLabel
    note: str
    featured: tuple[Marked, ...]
    pinned: tuple[Marked, ...]
    acts: tuple[Acted, ...]
    may_merge: bool
    targets: tuple[tuple[str, str], ...]


def get_post_curation(post_id: PostId, actor: Actor) -> PostCuration:
    """Raises NoSuchPost, or NotCurator where nothing of it is theirs to curate."""
    post, curated = get_post(post_id, actor), topics.curated_by(actor.id)
    places = _places(post_id, actor, curated)
    if post.state != PostState.PUBLISHED or not any(place.is_mine for place in places):
        raise NotCurator
    acts = (CuratingAct.post_id == post_id,)
    return PostCuration(
        id=post.id,
        title=post.title,
        language=post.language,
        address=address_of(post.id, post.slug),
        mode=post.comment_mode,
        places=places,
        choices=_choices(actor, places),
        acts=_acts(acts),
    )


def get_topic_curation(topic_id: TopicId, actor: Actor) -> TopicCuration:
    """Raises NotCurator, also for a topic that isn't there or was merged."""
    topic = db.session.get(Topic, topic_id) if topic_id < 2**63 else None
    if topic is None or not policy.can_curate(actor, topic_id, topics.curated_by(actor.id)):
        raise NotCurator
    may_merge = policy.can_merge(actor) and topic.state != TopicState.MERGED
    return TopicCuration(
        id=topic.id,
        label=label_of(topic),
        note=topic.pinned_note,
        featured=_marked(topic.id, PostTopic.featured.is_not(None)),
        pinned=_marked(topic.id, PostTopic.pinned.is_(True)),
        acts=_acts((CuratingAct.topic_id == topic.id,)),
        may_merge=may_merge,
        targets=tuple((one.slug, one.name) for one in topics.open_topics() if one.slug != topic.slug)
        if may_merge
        else (),
    )


def _places(post_id: PostId, actor: Actor, curated: Collection[TopicId]) -> tuple[Place, ...]:
    rows = db.session.execute(
        select(Topic, PostTopic.featured, PostTopic.pinned)
        .join(PostTopic, PostTopic.topic_id == Topic.id)
        .where(PostTopic.post_id == post_id)
        .order_by(PostTopic.position)
    )
    return tuple(
        Place(
            id=row.Topic.id,
            label=label_of(row.Topic),
            featured=row.featured is not None,
            pinned=row.pinned,
            is_mine=policy.can_curate(actor, row.Topic.id, curated),
        )
        for row in rows
    )


def _choices(actor: Actor, places: tuple[Place, ...]) -> tuple[tuple[str, str], ...]:
    """Slug and name of where it is, and of where the viewer may put it."""
    labels = [*(place.label for place in places), *topics.choices_for(actor)]
    return tuple(dict.fromkeys((label.slug, label.name) for label in labels))


def _marked(topic_id: TopicId, marked: ColumnElement[bool]) -> tuple[Marked, ...]:
    rows = db.session.execute(
        select(Post.id, Post.title, Post.slug, Post.language)
        .join(PostTopic, PostTopic.post_id == Post.id)
        .where(PostTopic.topic_id == topic_id, IS_MARKED, marked)
        .order_by(PostTopic.featured, Post.id)
    )
    return tuple(Marked(row.id, row.title, row.language, address_of(row.id, row.slug)) for row in rows)


def _acts(conditions: tuple[ColumnElement[bool], ...]) -> tuple[Acted, ...]:
    """The newest first. Of each aspect only the newest that stands can be undone: the older are under it."""
    rows = db.session.execute(
        select(CuratingAct, Member)
        .join(Member, Member.id == CuratingAct.actor_id)
        .where(*conditions)
        .order_by(CuratingAct.id.desc())
        .limit(policy.ACTS_SHOWN)
    )
    standing: set[str] = set()
    return tuple(_acted(row, standing) for row in rows)


def _acted(row: Any, standing: set[str]) -> Acted:
    act: CuratingAct = row.CuratingAct
    may_undo = act.undone_at is None and act.aspect not in standing
    if act.undone_at is None:
        standing.add(act.aspect)
    return Acted(act.id, VERBS[act.verb], card_of(row.Member), act.made_at, act.undone_at, may_undo)
