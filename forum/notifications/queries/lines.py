"""Notifications with who and what they're about, in one statement however many. What can't be read isn't there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select

from forum.accounts.cards import card_of
from forum.accounts.models import Member
from forum.comments.models import READABLE, Comment
from forum.comments.queries import address_of as address_of_comment
from forum.kernel.db import db
from forum.kernel.ids import NotificationId
from forum.notifications.models import Kind, Notification
from forum.notifications.records import Line
from forum.organisations.bylines import plate_of
from forum.organisations.models import Organisation
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostState

# What is said of a text and not by one: nobody spoke officially.
_NOT_SAID = frozenset({Kind.RECOMMENDATION, Kind.ANSWER})


def visible_lines() -> ColumnElement[bool]:
    """About something that readers can read, or about nothing of theirs."""
    return or_(Notification.post_id.is_(None), Post.state == PostState.PUBLISHED.value) & or_(
        Notification.comment_id.is_(None), Comment.state.in_([state.value for state in READABLE])
    )


_COLUMNS: tuple[Any, ...] = (
    Notification,
    Member,
    Organisation,
    Post.title.label("post_title"),
    Post.slug,
    Post.language,
    Post.author_id.label("post_author"),
    Post.excerpt.label("post_excerpt"),
    Comment.excerpt,
    Comment.language.label("comment_language"),
)


def select_lines() -> Select[Any]:
    """Rows for `lines_of`; add conditions and order."""
    spoken_for = case((Notification.comment_id.is_(None), Post.organisation_id), else_=Comment.organisation_id)
    return (
        select(*_COLUMNS)
        .select_from(Notification)
        .outerjoin(Post, Post.id == Notification.post_id)
        .outerjoin(Comment, Comment.id == Notification.comment_id)
        .outerjoin(Member, Member.id == Notification.actor_id)
        .outerjoin(Organisation, Organisation.id == spoken_for)
        .where(visible_lines())
        .execution_options(populate_existing=True)
    )


def lines_of(rows: Iterable[Any]) -> list[Line]:
    return [_line(row) for row in rows]


def lines_by_id(ids: Collection[NotificationId]) -> dict[NotificationId, Line]:
    """Those that can still be read."""
    rows = db.session.execute(select_lines().where(Notification.id.in_(ids)))
    return {line.id: line for line in lines_of(rows)}


def _line(row: Any) -> Line:
    told: Notification = row.Notification
    is_said = told.kind not in _NOT_SAID
    return Line(
        id=told.id, kind=told.kind, thread=told.thread,
        actor=card_of(row.Member) if row.Member is not None else None,
        plate=plate_of(row.Organisation) if row.Organisation is not None and is_said else None,
        post_id=told.post_id, comment_id=told.comment_id, is_own_post=row.post_author == told.member_id,
        title=row.post_title or told.title, language=row.language or "",
        excerpt=(row.excerpt if told.comment_id else row.post_excerpt) or "",
        excerpt_language=row.comment_language or row.language or "", address=_address(row),
        count=told.count, at=told.at, is_read=told.read_at is not None,
    )  # fmt: skip


def _address(row: Any) -> str:
    told: Notification = row.Notification
    if told.comment_id is not None:
        return address_of_comment(told.comment_id)
    return address_of(told.post_id, row.slug) if told.post_id is not None else told.address
