"""The versions of a comment's words, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.comments import policy
from forum.comments.errors import NoSuchComment
from forum.comments.models import Comment, CommentRevision
from forum.comments.queries.one import Found, get_comment
from forum.comments.queries.rows import address_of
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import CommentId
from forum.kernel.paging import PAGE
from forum.posts.differences import Piece, differences


@dataclass(frozen=True)
class Version:
    """One version in the list."""

    number: int
    created_at: datetime


@dataclass(frozen=True)
class History:
    """A comment's versions, newest first, and what `chosen` changed from the one before it, from nothing if it's the
    first. `pieces` is None for a version that isn't there. `older` is the cursor of the next page of versions.
    """

    comment_id: CommentId
    address: str
    title: str
    language: str
    versions: tuple[Version, ...]
    chosen: int
    pieces: tuple[Piece, ...] | None
    older: str | None
    can_restore: bool


def page_of_revisions(
    comment_id: CommentId, actor: Actor = ANONYMOUS, *, chosen: int | None = None, after: int | None = None
) -> History:
    """`chosen` is the version to compare, by default the newest. Raises NoSuchComment where its words can't be read."""
    found = get_comment(comment_id, actor)
    comment = found.comment
    if not policy.can_read(actor, comment):
        raise NoSuchComment
    versions = _versions(comment, after)
    chosen = chosen or comment.revision
    return History(
        comment_id=comment.id, address=address_of(comment.id), title=found.post.title, language=comment.language,
        versions=versions[:PAGE], chosen=chosen, pieces=_pieces(comment, chosen),
        older=str(versions[PAGE - 1].number) if len(versions) > PAGE else None,
        can_restore=_can_restore(actor, found),
    )  # fmt: skip


def _can_restore(actor: Actor, found: Found) -> bool:
    return policy.can_restore(actor, found.comment, found.post)


def _versions(comment: Comment, before: int | None) -> tuple[Version, ...]:
    """Up to one more than a page. A comment that was never changed has its first version only, and no row for it."""
    query = select(CommentRevision.number, CommentRevision.created_at).where(CommentRevision.comment_id == comment.id)
    if before is not None:
        query = query.where(CommentRevision.number < before)
    rows = db.session.execute(query.order_by(CommentRevision.number.desc()).limit(PAGE + 1)).all()
    if not rows and comment.revision == 1:
        return (Version(1, comment.created_at),)
    return tuple(Version(row.number, row.created_at) for row in rows)


def _pieces(comment: Comment, number: int) -> tuple[Piece, ...] | None:
    if comment.revision == 1:
        return differences("", comment.source) if number == 1 else None
    wanted = (number, number - 1)
    rows = db.session.execute(
        select(CommentRevision.number, CommentRevision.source).where(
            CommentRevision.comment_id == comment.id, CommentRevision.number.in_(wanted)
        )
    ).all()
    sources = {row.number: row.source for row in rows}
    return differences(sources.get(number - 1, ""), sources[number]) if number in sources else None
