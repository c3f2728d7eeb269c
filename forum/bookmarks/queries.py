"""A member's own bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from forum.accounts.models import Member
from forum.bookmarks.errors import NoSuchBookmark
from forum.bookmarks.models import Bookmark
from forum.comments import policy as comments_policy
from forum.comments.models import Comment
from forum.comments.queries import address_of as address_of_comment
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import BookmarkId, CommentId, MemberId, PostId
from forum.kernel.lines import one_line
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.posts import policy as posts_policy
from forum.posts.addresses import address_of
from forum.posts.models import Post

MAX_ID = 2**63 - 1  # the databases' largest integer: a number out of an address may be larger
LONGEST_QUERY = 100
MOST_WORDS = 5


@dataclass(frozen=True)
class Kept:
    """A bookmark and what it is of. What can't be read any more has neither title, words nor address.

    `by` is who wrote the comment; empty for a post. `is_due` means that the day to be reminded has come.
    """

    id: BookmarkId
    title: str
    address: str
    language: str
    by: str
    excerpt: str
    note: str
    remind_at: datetime | None
    is_due: bool
    kept_at: datetime
    off_at: str

    @property
    def is_gone(self) -> bool:
        return not self.address


def is_of(member_id: MemberId, post_id: PostId, comment_id: CommentId | None) -> ColumnElement[bool]:
    """The one bookmark of a member on a text."""
    if comment_id is not None:
        return and_(Bookmark.member_id == member_id, Bookmark.comment_id == comment_id)
    return and_(Bookmark.member_id == member_id, Bookmark.post_id == post_id, Bookmark.comment_id.is_(None))


def is_waiting() -> ColumnElement[bool]:
    """The condition of ix_bookmarks_due."""
    return and_(Bookmark.remind_at.is_not(None), Bookmark.reminded_at.is_(None))


def page_of_bookmarks(actor: Actor, words: str = "", after: str | None = None) -> Page[Kept]:
    """The actor's own, the newest first; `words` are parts of titles, texts or notes, all of which have to be there."""
    query = _rows(actor).where(*_matching(actor, words))
    start = cursor_id(after)
    if start is not None:
        query = query.where(Bookmark.id < start)
    found = db.session.execute(query.order_by(Bookmark.id.desc()).limit(PAGE + 1)).all()
    rows = found[:PAGE]
    return Page(_kept(rows), after=str(rows[-1].Bookmark.id) if len(found) > PAGE else None)


def due_bookmarks(actor: Actor) -> tuple[Kept, ...]:
    """Those whose day has come, the longest ago first."""
    query = _rows(actor).where(Bookmark.remind_at <= clock.now()).order_by(Bookmark.remind_at, Bookmark.id)
    return _kept(db.session.execute(query.limit(PAGE)).all())


def get_bookmark(actor: Actor, bookmark_id: BookmarkId) -> Kept:
    """Raises NoSuchBookmark."""
    row = db.session.execute(_rows(actor).where(Bookmark.id == min(bookmark_id, MAX_ID))).first()
    if row is None:
        raise NoSuchBookmark
    return _kept([row])[0]


def find_bookmark(actor: Actor, post_id: PostId, comment_id: CommentId | None = None) -> BookmarkId | None:
    return db.session.scalar(select(Bookmark.id).where(is_of(actor.id, post_id, comment_id)))


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Bookmark, Post.slug, Post.title, Post.language, Post.excerpt, Post.standfirst, Member.name.label("by"),
            Comment.language.label("comment_language"), Comment.excerpt.label("comment_excerpt"),
            _is_readable(actor).label("readable"),
        )
        .join(Post, Post.id == Bookmark.post_id)
        .outerjoin(Comment, Comment.id == Bookmark.comment_id)
        .outerjoin(Member, Member.id == Comment.author_id)
        .where(Bookmark.member_id == actor.id)
    )  # fmt: skip


def _is_readable(actor: Actor) -> ColumnElement[bool]:
    """Now, by the rules of posts and comments."""
    words = or_(Bookmark.comment_id.is_(None), comments_policy.readable_by(actor))
    return and_(posts_policy.visible_to(actor), words)


def _matching(actor: Actor, words: str) -> list[ColumnElement[bool]]:
    """Words of what can't be read any more aren't looked at; the member's own note is."""
    return [
        or_(
            Bookmark.note.icontains(word, autoescape=True),
            and_(
                _is_readable(actor),
                or_(*(text.icontains(word, autoescape=True) for text in (Post.title, Post.excerpt, Comment.excerpt))),
            ),
        )
        for word in one_line(words)[:LONGEST_QUERY].split()[:MOST_WORDS]
    ]


def _kept(rows: Sequence[Any]) -> tuple[Kept, ...]:
    return tuple(_one(row) for row in rows)


def _one(row: Any) -> Kept:
    bookmark: Bookmark = row.Bookmark
    of_comment = bookmark.comment_id is not None
    excerpt = row.comment_excerpt if of_comment else row.standfirst or row.excerpt
    return Kept(
        id=bookmark.id,
        title=row.title if row.readable else "",
        address=_address(row) if row.readable else "",
        language=(row.comment_language if of_comment else row.language) or row.language,
        by=(row.by or "") if of_comment and row.readable else "",
        excerpt=(excerpt or "") if row.readable else "",
        note=bookmark.note,
        remind_at=bookmark.remind_at,
        is_due=bookmark.remind_at is not None and bookmark.remind_at <= clock.now(),
        kept_at=bookmark.created_at,
        off_at=f"/bookmarks/{bookmark.id}/remove",
    )


def _address(row: Any) -> str:
    bookmark: Bookmark = row.Bookmark
    if bookmark.comment_id is not None:
        return address_of_comment(bookmark.comment_id)
    return address_of(bookmark.post_id, row.slug)
