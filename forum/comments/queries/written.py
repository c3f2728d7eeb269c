"""What a member or an organisation wrote in discussions, for a page about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, select, tuple_

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.comments.queries.conditions import is_readable
from forum.comments.queries.rows import address_of
from forum.kernel.access import MemberState
from forum.kernel.db import db, shared_alias
from forum.kernel.ids import CommentId, MemberId, OrganisationId
from forum.kernel.keyset import values
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.posts.addresses import address_of as address_of_post
from forum.posts.models import Post
from forum.posts.policy import IS_PUBLISHED

_parent = shared_alias(Comment)
_parent_author = shared_alias(Member)


@dataclass(frozen=True)
class Written:
    """A comment under the title of its post. `to_name` is whom it answers, '' for nobody or somebody who is gone."""

    id: CommentId
    address: str
    excerpt: str
    language: str
    created_at: datetime
    recommendation_count: int
    reply_count: int
    to_name: str
    post_title: str
    post_language: str
    post_address: str


@dataclass(frozen=True)
class By:
    """Whose: a member's own and all they wrote for others, or what was said in an organisation's name."""

    author_id: MemberId | None = None
    organisation_id: OrganisationId | None = None

    def condition(self) -> ColumnElement[bool]:
        if self.organisation_id is not None:
            return Comment.organisation_id == self.organisation_id
        return Comment.author_id == self.author_id


def page_of_written(by: By, after: str | None = None, before: str | None = None) -> Page[Written]:
    """What readers can read, the newest first. One range of an index; the cursor is a comment's id."""
    back = cursor_id(before)
    cursor = back if back is not None else cursor_id(after)
    query = _rows(by)
    order = (Comment.created_at, Comment.id)
    if cursor is not None:
        query = _from(query, order, cursor, backwards=back is not None)
    columns = order if back is not None else tuple(column.desc() for column in order)
    found = [_written(row) for row in db.session.execute(query.order_by(*columns).limit(PAGE + 1))]
    more, rows = len(found) > PAGE, found[:PAGE]
    if back is not None:
        rows.reverse()
    return Page(
        rows=rows,
        after=str(rows[-1].id) if rows and (more or back is not None) else None,
        before=str(rows[0].id) if rows and cursor is not None and (more or back is None) else None,
    )


def most_recommended(by: By, place: tuple[int, int] | None, limit: int) -> tuple[Written, ...]:
    """Those that somebody recommends, most of all first, from after `place` (a count and an id) on."""
    order = (Comment.recommendation_count, Comment.id)
    query = _rows(by).where(Comment.recommendation_count > literal_column("0"))
    if place is not None:
        query = query.where(tuple_(*order) < values(order, place))
    rows = db.session.execute(query.order_by(*(column.desc() for column in order)).limit(limit))
    return tuple(_written(row) for row in rows)


def _from(query: Select[Any], order: tuple[Any, ...], cursor: int, *, backwards: bool) -> Select[Any]:
    """A place that isn't there is the start."""
    place = db.session.execute(select(*order).where(Comment.id == cursor)).first()
    if place is None:
        return query
    here = values(order, place)
    return query.where(tuple_(*order) > here if backwards else tuple_(*order) < here)


def _rows(by: By) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Comment.id, Comment.excerpt, Comment.language, Comment.created_at, Comment.recommendation_count,
            Comment.reply_count, Comment.post_id, Post.title, Post.slug, Post.language.label("post_language"),
            _parent_author.name.label("to_name"), _parent_author.state.label("to_state"),
        )
        .join(Post, Post.id == Comment.post_id)
        .outerjoin(_parent, and_(_parent.id == Comment.parent_id, is_readable(_parent)))
        .outerjoin(_parent_author, _parent_author.id == _parent.author_id)
        .where(by.condition(), is_readable(Comment), IS_PUBLISHED)
    )  # fmt: skip


def _written(row: Any) -> Written:
    return Written(
        id=row.id,
        address=address_of(row.id),
        excerpt=row.excerpt,
        language=row.language,
        created_at=row.created_at,
        recommendation_count=row.recommendation_count,
        reply_count=row.reply_count,
        to_name=row.to_name if row.to_name and row.to_state != MemberState.ERASED else "",
        post_title=row.title,
        post_language=row.post_language,
        post_address=address_of_post(row.post_id, row.slug),
    )
