"""The versions of a comment's words, and what each changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.comments import policy
from forum.comments.errors import NoSuchComment, NoSuchVersion
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
    """One version in the list, and who made it why."""

    number: int
    editor: MemberCard
    created_at: datetime
    note: str


@dataclass(frozen=True)
class History:
    """A comment's versions, newest first, and what `chosen` changed from the one before it, from nothing if it's the
    first that the reader may see. `pieces` is None for a version that isn't there. `older` is the cursor of the next
    page of versions. `can_restore` is of a comment that was withdrawn, `can_bring_back` of an older version's words.
    """

    comment_id: CommentId
    address: str
    title: str
    language: str
    versions: tuple[Version, ...]
    chosen: int
    note: str
    is_first: bool
    pieces: tuple[Piece, ...] | None
    older: str | None
    can_restore: bool
    can_bring_back: bool


def page_of_revisions(
    comment_id: CommentId, actor: Actor = ANONYMOUS, *, chosen: int | None = None, after: int | None = None
) -> History:
    """`chosen` is the version to compare, by default the newest. Raises NoSuchComment where its words can't be read."""
    found = _readable(comment_id, actor)
    comment = found.comment
    versions = _versions(found, actor, after)
    chosen = chosen or comment.revision
    compared = _compared(found, actor, chosen)
    return History(
        comment_id=comment.id, address=address_of(comment.id), title=found.post.title, language=comment.language,
        versions=versions[:PAGE], chosen=chosen, note=compared[0].note if compared else "",
        is_first=len(compared) == 1, pieces=_pieces(compared),
        older=str(versions[PAGE - 1].number) if len(versions) > PAGE else None,
        can_restore=policy.can_restore(actor, comment, found.post),
        can_bring_back=bool(compared) and chosen < comment.revision and policy.can_edit(actor, comment, found.post),
    )  # fmt: skip


def last_change(comment: Comment) -> tuple[Piece, ...]:
    """What its last edit changed, whoever asks; nothing where it was never edited."""
    if comment.revision == 1:
        return ()
    here = (CommentRevision.comment_id == comment.id, CommentRevision.number >= comment.revision - 1)
    rows = db.session.execute(select(CommentRevision.source).where(*here).order_by(CommentRevision.number.desc())).all()
    return (_pieces(rows) or ()) if len(rows) > 1 else ()


def get_source(comment_id: CommentId, actor: Actor, number: int) -> str:
    """The words of one version that the actor may read. Raises NoSuchComment or NoSuchVersion."""
    compared = _compared(_readable(comment_id, actor), actor, number)
    if not compared:
        raise NoSuchVersion
    source: str = compared[0].source
    return source


def _readable(comment_id: CommentId, actor: Actor) -> Found:
    found = get_comment(comment_id, actor)
    if not policy.can_read(actor, found.comment):
        raise NoSuchComment
    return found


def _seen(comment: Comment, actor: Actor) -> ColumnElement[bool]:
    """Slips that were mended in the first minutes stay with the author and the moderators."""
    of_comment = CommentRevision.comment_id == comment.id
    if policy.is_author(actor, comment) or actor.is_moderator:
        return of_comment
    settled = comment.created_at + policy.UNMARKED
    first = (
        select(func.coalesce(func.max(CommentRevision.number), 1))
        .where(of_comment, CommentRevision.created_at < settled)
        .scalar_subquery()
    )
    return of_comment & (CommentRevision.number >= first)


def _versions(found: Found, actor: Actor, before: int | None) -> tuple[Version, ...]:
    """Up to one more than a page. A comment that was never changed has its first version only, and no row for it."""
    comment = found.comment
    if comment.revision == 1:
        author = db.session.get_one(Member, comment.author_id)
        return (Version(1, card_of(author), comment.created_at, ""),)
    columns = (CommentRevision.number, CommentRevision.created_at, CommentRevision.note, Member)
    query = select(*columns).join(Member, Member.id == CommentRevision.editor_id).where(_seen(comment, actor))
    if before is not None:
        query = query.where(CommentRevision.number < before)
    rows = db.session.execute(query.order_by(CommentRevision.number.desc()).limit(PAGE + 1)).all()
    return tuple(Version(row.number, card_of(row.Member), row.created_at, row.note) for row in rows)


@dataclass(frozen=True)
class _Only:
    """The one version of a comment that was never changed."""

    number: int
    source: str
    note: str = ""


def _compared(found: Found, actor: Actor, number: int) -> Sequence[Any]:
    """A version and the one before it that the reader may see; nothing where there is no such version."""
    comment = found.comment
    if comment.revision == 1:
        return (_Only(1, comment.source),) if number == 1 else ()
    rows = db.session.execute(
        select(CommentRevision.number, CommentRevision.source, CommentRevision.note)
        .where(_seen(comment, actor), CommentRevision.number.in_((number, number - 1)))
        .order_by(CommentRevision.number.desc())
    ).all()
    return rows if rows and rows[0].number == number else ()


def _pieces(compared: Sequence[Any]) -> tuple[Piece, ...] | None:
    if not compared:
        return None
    return differences(compared[1].source if len(compared) > 1 else "", compared[0].source)
