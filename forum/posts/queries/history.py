"""The versions of a post's words, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.kernel.paging import PAGE, cursor_id
from forum.posts import policy
from forum.posts.addresses import address_of
from forum.posts.differences import Piece, differences
from forum.posts.errors import NoSuchVersion
from forum.posts.models import Post, PostRevision
from forum.posts.queries.one import get_post

MAX_NUMBER = 2**31 - 1  # a column's largest; an address may hold more


@dataclass(frozen=True)
class Version:
    """One version in the list."""

    number: int
    editor: MemberCard
    created_at: datetime
    note: str


@dataclass(frozen=True)
class Comparison:
    """What version `number` changed from the one before it; from nothing where it's the first."""

    number: int
    created_at: datetime
    title: tuple[Piece, ...]
    standfirst: tuple[Piece, ...]
    body: tuple[Piece, ...]
    is_first: bool
    note: str


@dataclass(frozen=True)
class History:
    """A post's versions, newest first, with one of them compared. `older` is the cursor of the next page.
    `can_restore` says that the compared version is an older one, and that the reader may bring its words back.
    """

    post_id: PostId
    title: str
    language: str
    address: str
    versions: tuple[Version, ...]
    comparison: Comparison | None
    older: str | None
    can_restore: bool


def page_of_revisions(
    post_id: PostId, actor: Actor = ANONYMOUS, *, chosen: int | None = None, after: str | None = None
) -> History:
    """`chosen` is the version to compare, by default the newest. Raises NoSuchPost."""
    post = get_post(post_id, actor)
    seen = _visible(post, actor)
    rows = db.session.execute(_versions(seen, cursor_id(after))).all()
    versions = tuple(Version(row.number, card_of(row.Member), row.created_at, row.note) for row in rows[:PAGE])
    comparison = _comparison(seen, chosen or (versions[0].number if versions else 0))
    is_old = comparison is not None and comparison.number < post.revision
    return History(
        post_id=post.id, title=post.title, language=post.language, address=address_of(post.id, post.slug),
        versions=versions, comparison=comparison, older=str(versions[-1].number) if len(rows) > PAGE else None,
        can_restore=is_old and post.state not in policy.UNSENT and policy.can_edit(actor, post),
    )  # fmt: skip


def last_change(post: Post) -> Comparison | None:
    """What its last edit changed, whoever asks; None where it was never edited."""
    found = _comparison(PostRevision.post_id == post.id, post.revision) if post.revision > 1 else None
    return None if found is None or found.is_first else found


def get_revision(post_id: PostId, actor: Actor, number: int) -> PostRevision:
    """One version that the actor may read. Raises NoSuchPost or NoSuchVersion."""
    seen = _visible(get_post(post_id, actor), actor)
    found = db.session.scalar(select(PostRevision).where(seen, PostRevision.number == min(number, MAX_NUMBER)))
    if found is None:
        raise NoSuchVersion
    return found


def _versions(seen: ColumnElement[bool], before: int | None) -> Select[int, datetime, str, Member]:
    query = select(PostRevision.number, PostRevision.created_at, PostRevision.note, Member).join(
        Member, Member.id == PostRevision.editor_id
    )
    if before is not None:
        query = query.where(PostRevision.number < min(before, MAX_NUMBER))
    return query.where(seen).order_by(PostRevision.number.desc()).limit(PAGE + 1)


def _visible(post: Post, actor: Actor) -> ColumnElement[bool]:
    """Readers see the words from the moment they could read them; what was mended before stays with the author."""
    of_post = PostRevision.post_id == post.id
    if policy.is_author(actor, post) or actor.is_moderator or post.published_at is None:
        return of_post
    first = (
        select(func.coalesce(func.max(PostRevision.number), 1))
        .where(PostRevision.post_id == post.id, PostRevision.created_at <= post.published_at)
        .scalar_subquery()
    )
    return of_post & (PostRevision.number >= first)


def _comparison(seen: ColumnElement[bool], number: int) -> Comparison | None:
    rows = db.session.scalars(
        select(PostRevision)
        .where(seen, PostRevision.number <= min(number, MAX_NUMBER))
        .order_by(PostRevision.number.desc())
        .limit(2)
    ).all()
    if not rows or rows[0].number != number:
        return None
    new, old = rows[0], rows[1] if len(rows) > 1 else None
    return Comparison(
        number=new.number, created_at=new.created_at, is_first=old is None, note=new.note,
        title=differences(old.title if old else "", new.title),
        standfirst=differences(old.standfirst if old else "", new.standfirst),
        body=differences(old.source if old else "", new.source),
    )  # fmt: skip
