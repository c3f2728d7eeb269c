"""Lists of published posts. Whatever their length, a page is one range of one index and two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, literal_column, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from forum.kernel.db import db
from forum.kernel.ids import MemberId, OrganisationId, TopicId
from forum.kernel.paging import PAGE, Page
from forum.posts.cards import PostCard
from forum.posts.models import IS_MARKED, Post, PostKind, PostTopic
from forum.posts.policy import IS_PUBLISHED
from forum.posts.queries.cards import cards_of, select_cards
from forum.posts.queries.cursors import Cursor, Value, find_cursor

_IS_LISTED: ColumnElement[bool] = literal_column("post_topics.listed")  # as the partial indexes have it
_TO_ANSWER = (PostKind.QUESTION, PostKind.REQUEST)


class Sort(StrEnum):
    """LATEST: newest comment or post first. UNANSWERED: open questions and requests, newest first."""

    LATEST = "latest"
    NEWEST = "newest"
    TOP = "top"
    UNANSWERED = "unanswered"


_NAMES = {
    Sort.LATEST: "last_activity_at",
    Sort.NEWEST: "published_at",
    Sort.TOP: "recommendation_count",
    Sort.UNANSWERED: "published_at",
}


@dataclass(frozen=True)
class Among:
    """Which posts a list is of: all, or those of one topic, one author or one organisation."""

    topic_id: TopicId | None = None
    author_id: MemberId | None = None
    organisation_id: OrganisationId | None = None


EVERYTHING = Among()


def page_of_posts(
    sort: Sort, among: Among = EVERYTHING, *, after: str | None = None, before: str | None = None, limit: int = PAGE
) -> Page[PostCard]:
    """A page of a list, after or before a cursor; without one, or with a bad one, the first.

    Under a topic UNANSWERED is filtered from its newest.
    """
    kind: type[Value] = int if sort is Sort.TOP else datetime
    back = find_cursor(before, kind)
    if back is not None:
        rows = list(reversed(_rows(_Range(sort, among, back, limit, backwards=True))))
        if len(rows) > limit:
            return _page(rows[1:], more_after=True, more_before=True)
        return page_of_posts(sort, among, limit=limit)
    place = find_cursor(after, kind)
    rows = _rows(_Range(sort, among, place, limit))
    return _page(rows[:limit], more_after=len(rows) > limit, more_before=place is not None and bool(rows))


@dataclass(frozen=True)
class _Range:
    """One more than `limit` rows from a place on, in the list's order or against it."""

    sort: Sort
    among: Among
    place: Cursor | None
    limit: int
    backwards: bool = False

    @property
    def of_topic(self) -> bool:
        """A topic's list is read from post_topics, which mirrors what it's sorted by."""
        return self.among.topic_id is not None

    def value_and_id(self) -> tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]]:
        source: Any = PostTopic if self.of_topic else Post
        return getattr(source, _NAMES[self.sort]), PostTopic.post_id if self.of_topic else Post.id

    def cut(self, query: Select[Any]) -> Select[Any]:
        value, id_ = self.value_and_id()
        if self.place is not None:
            here = tuple_(literal(self.place.value, value.type), literal(self.place.id, id_.type))
            query = query.where(tuple_(value, id_) > here if self.backwards else tuple_(value, id_) < here)
        columns = (value, id_) if self.backwards else (value.desc(), id_.desc())
        return query.order_by(*columns).limit(self.limit + 1)


def _rows(part: _Range) -> list[Any]:
    """Ids and sort values first, so that no plan can join before it has cut."""
    page = _ids(part).subquery("page")
    order = (page.c.value, page.c.id) if part.backwards else (page.c.value.desc(), page.c.id.desc())
    query = select_cards(page.c.value.label("sort_value")).join(page, page.c.id == Post.id).order_by(*order)
    return list(db.session.execute(query).all())


def _ids(part: _Range) -> Select[Any]:
    value, id_ = part.value_and_id()
    query = select(value.label("value"), id_.label("id"))
    if part.of_topic:
        query = query.where(PostTopic.topic_id == part.among.topic_id, _IS_LISTED)
        return part.cut(_unanswered_of_topic(query) if part.sort is Sort.UNANSWERED else query)
    query = query.where(IS_PUBLISHED)
    if part.among.author_id is not None:
        query = query.where(Post.author_id == part.among.author_id)
    if part.among.organisation_id is not None:
        query = query.where(Post.organisation_id == part.among.organisation_id)
    return _unanswered(query, part) if part.sort is Sort.UNANSWERED else part.cut(query)


def _unanswered(query: Select[Any], part: _Range) -> Select[Any]:
    """A range for each kind, each cut by itself: one over both would have to be sorted whole."""
    cuts = [part.cut(query.where(Post.kind == kind, Post.answered.is_(False))).subquery() for kind in _TO_ANSWER]
    both = union_all(*(select(cut.c.value, cut.c.id) for cut in cuts)).subquery()
    order = (both.c.value, both.c.id) if part.backwards else (both.c.value.desc(), both.c.id.desc())
    return select(both.c.value, both.c.id).order_by(*order).limit(part.limit + 1)


def _unanswered_of_topic(query: Select[Any]) -> Select[Any]:
    return query.join(Post, Post.id == PostTopic.post_id).where(Post.kind.in_(_TO_ANSWER), Post.answered.is_(False))


def _page(rows: list[Any], *, more_after: bool, more_before: bool) -> Page[PostCard]:
    return Page(
        rows=cards_of(rows),
        after=str(_place(rows[-1])) if more_after and rows else None,
        before=str(_place(rows[0])) if more_before and rows else None,
    )


def _place(row: Any) -> Cursor:
    return Cursor(row.sort_value, row.id)


@dataclass(frozen=True)
class Marked:
    """What a topic's curators put first. The cards are without their topics."""

    featured: tuple[PostCard, ...] = ()
    pinned: tuple[PostCard, ...] = ()


def marked_posts(topic_id: TopicId) -> Marked:
    """Featured ones in their order, pinned ones by their last activity; in one statement."""
    marked = PostTopic.featured.label("place"), PostTopic.pinned.label("is_pinned")
    rows = db.session.execute(
        select_cards(*marked)
        .join(PostTopic, PostTopic.post_id == Post.id)
        .where(PostTopic.topic_id == topic_id, IS_MARKED, _IS_LISTED)
        .order_by(PostTopic.featured, PostTopic.last_activity_at.desc())
    ).all()
    return Marked(
        featured=cards_of([row for row in rows if row.place is not None], with_topics=False),
        pinned=cards_of([row for row in rows if row.is_pinned], with_topics=False),
    )
