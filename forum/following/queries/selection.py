"""Posts for one member: what came under, from or by what they follow, newest first, with the reason.

Looked for among the newest WINDOW posts before the place one has come to, by the indexes of each followed thing: the
cost is bounded however much is followed and however much there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, literal_column, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from forum.accounts.models import Block
from forum.following.models import Follow, Level, TargetKind
from forum.following.policy import HIGHLIGHT
from forum.kernel.db import db
from forum.kernel.ids import MemberId, PostId
from forum.kernel.paging import PAGE
from forum.posts.models import Post, PostTopic
from forum.posts.policy import IS_PUBLISHED
from forum.posts.queries.cursors import Cursor, find_cursor

WINDOW = 2_000
# Five topics, an organisation and an author: a post is found by no more.
MOST_REASONS = 7
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
Followed = dict[tuple[TargetKind, Level], list[int]]
_SOURCES: dict[TargetKind, tuple[Any, Any, Any]] = {
    TargetKind.TOPIC: (PostTopic.topic_id, PostTopic.post_id, PostTopic.published_at),
    TargetKind.ORGANISATION: (Post.organisation_id, Post.id, Post.published_at),
    TargetKind.MEMBER: (Post.author_id, Post.id, Post.published_at),
}
_IS_LISTED: ColumnElement[bool] = literal_column("post_topics.listed")


@dataclass(frozen=True)
class Reason:
    """What is followed that brought a post here."""

    kind: str
    target_id: int


@dataclass(frozen=True)
class ForYou:
    """Posts with their reasons, in order. `after` is where to look further; None when nothing older is left."""

    reasons: dict[PostId, Reason]
    after: str | None
    follows_any: bool


def for_you(member_id: MemberId, after: str | None = None) -> ForYou:
    """In three statements."""
    mine = _followed(member_id)
    if not any(level is not Level.MUTED and ids for (_kind, level), ids in mine.items()):
        return ForYou({}, None, follows_any=False)
    place = find_cursor(after, datetime)
    floor = _floor(place)
    rows = db.session.execute(_hits(member_id, mine, place, floor)).all()
    reasons: dict[PostId, Reason] = {}
    places: list[Cursor] = []
    for row in rows:
        if row.post_id not in reasons:
            reasons[row.post_id] = Reason(row.kind, row.target_id)
            places.append(Cursor(row.published_at, row.post_id))
    return ForYou(dict(list(reasons.items())[:PAGE]), _further(places, floor), follows_any=True)


def _followed(member_id: MemberId) -> Followed:
    """Ids by kind and level. Read once and passed on: joined with posts, they'd be looked through for each of them."""
    found: Followed = {(kind, level): [] for kind in TargetKind for level in Level}
    query = select(Follow.kind, Follow.level, Follow.target_id).where(Follow.member_id == member_id)
    for row in db.session.execute(query):
        found[TargetKind(row.kind), Level(row.level)].append(row.target_id)
    return found


def _further(places: list[Cursor], floor: Cursor | None) -> str | None:
    if len(places) > PAGE:
        return str(places[PAGE - 1])
    return str(floor) if floor is not None else None


def _floor(place: Cursor | None) -> Cursor | None:
    """The last post of the window, None where there are fewer."""
    query = select(Post.published_at, Post.id).where(IS_PUBLISHED)
    if place is not None:
        query = query.where(_is_before(Post.published_at, Post.id, place))
    row = db.session.execute(
        query.order_by(Post.published_at.desc(), Post.id.desc()).offset(WINDOW - 1).limit(1)
    ).first()
    return Cursor(row.published_at, row.id) if row is not None and row.published_at is not None else None


def _hits(member_id: MemberId, mine: Followed, place: Cursor | None, floor: Cursor | None) -> Select[Any]:
    lowest = literal(floor.value if floor is not None else _LONG_AGO, Post.published_at.type)
    parts = [
        query.where(published_at >= lowest, *([_is_before(published_at, post_id, place)] if place else []))
        for query, post_id, published_at in _parts(mine)
    ]
    hits = union_all(*parts).subquery("hits")
    return (
        select(hits)
        .join(Post, Post.id == hits.c.post_id)
        .where(IS_PUBLISHED, _is_enough(hits.c.level), *_is_wanted(member_id, mine))
        .order_by(hits.c.published_at.desc(), hits.c.post_id.desc(), hits.c.kind)
        .limit((PAGE + 1) * MOST_REASONS)
    )


def _parts(mine: Followed) -> Iterator[tuple[Select[Any], Any, Any]]:
    """One range of an index for each thing followed: the query, and its columns of id and time."""
    for kind, (target, post_id, published_at) in _SOURCES.items():
        for level in (Level.EVERY, Level.HIGHLIGHTS):
            if ids := mine[kind, level]:
                query = select(
                    post_id.label("post_id"),
                    published_at.label("published_at"),
                    literal(kind.value).label("kind"),
                    target.label("target_id"),
                    literal(level.value).label("level"),
                ).where(target.in_(ids), *([_IS_LISTED] if kind is TargetKind.TOPIC else []))
                yield query, post_id, published_at


def _is_before(published_at: Any, post_id: Any, place: Cursor) -> ColumnElement[bool]:
    here = tuple_(literal(place.value, Post.published_at.type), literal(place.id, Post.id.type))
    return tuple_(published_at, post_id) < here


def _is_enough(level: Any) -> ColumnElement[bool]:
    return or_(level == Level.EVERY.value, Post.featured, Post.recommendation_count >= HIGHLIGHT)


def _is_wanted(member_id: MemberId, mine: Followed) -> list[ColumnElement[bool]]:
    """Muted in no way, not by somebody who is blocked, and not one's own."""
    muted = {kind: mine[kind, Level.MUTED] for kind in TargetKind}
    under = aliased(PostTopic)
    by_topic = exists().where(under.post_id == Post.id, under.topic_id.in_(muted[TargetKind.TOPIC]))
    blocked = select(Block.blocked_id).where(Block.member_id == member_id)
    return [
        ~by_topic,
        or_(Post.organisation_id.is_(None), Post.organisation_id.not_in(muted[TargetKind.ORGANISATION])),
        Post.author_id.not_in([*muted[TargetKind.MEMBER], member_id]),
        Post.id.not_in(muted[TargetKind.POST]),
        Post.author_id.not_in(blocked),
    ]
