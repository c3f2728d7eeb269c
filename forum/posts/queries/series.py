"""The posts before and after one in a series."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, or_, select, union

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.organisations.policy import SPEAKS
from forum.posts.addresses import address_of
from forum.posts.models import Post
from forum.posts.policy import IS_PUBLISHED

# More sequels to one post than this are a topic, not a series.
MAX_NEXT = 4
# How far back an author looks for the post that the new one continues.
MAX_CHOICES = 50


@dataclass(frozen=True)
class SeriesLink:
    id: PostId
    title: str
    slug: str
    language: str

    @property
    def address(self) -> str:
        return address_of(self.id, self.slug)


@dataclass(frozen=True)
class Series:
    """`before` is None for a post that continues nothing that readers can see; `after` has the oldest first."""

    before: SeriesLink | None = None
    after: tuple[SeriesLink, ...] = ()

    @property
    def links(self) -> tuple[SeriesLink, ...]:
        return (*((self.before,) if self.before else ()), *self.after)


def series_of(post_id: PostId, continues_id: PostId | None) -> Series:
    """In one statement."""
    near = Post.continues_id == post_id
    rows = db.session.execute(
        select(Post.id, Post.title, Post.slug, Post.language)
        .where(IS_PUBLISHED, or_(near, Post.id == continues_id) if continues_id is not None else near)
        .order_by(Post.published_at, Post.id)
        .limit(MAX_NEXT + 1)
    ).all()
    links = [SeriesLink(row.id, row.title, row.slug, row.language) for row in rows]
    return Series(
        before=next((link for link in links if link.id == continues_id), None),
        after=tuple(link for link in links if link.id != continues_id)[:MAX_NEXT],
    )


def find_continued(post_id: PostId) -> Post | None:
    """The post that another continues, if readers can see it."""
    return db.session.scalar(select(Post).where(Post.id == post_id, IS_PUBLISHED))


def series_choices(actor: Actor, but: PostId | None = None) -> tuple[tuple[str, str], ...]:
    """Id and title of posts that the actor may continue, newest first; `but` is the post that is being written."""
    organisations = [one for one, right in actor.rights.items() if right in SPEAKS]
    own = [Post.author_id == actor.id, *(Post.organisation_id == one for one in organisations)]
    found = union(*(select(_newest(one, but)) for one in own)).subquery().c
    rows = db.session.execute(
        select(found.id, found.title).order_by(found.published_at.desc(), found.id.desc()).limit(MAX_CHOICES)
    )
    return tuple((str(row.id), row.title) for row in rows)


def _newest(own: ColumnElement[bool], but: PostId | None) -> Subquery:
    """One range of an index each: `or` between them would read everybody's."""
    query = select(Post.id, Post.title, Post.published_at).where(IS_PUBLISHED, own)
    if but is not None:
        query = query.where(Post.id != but)
    return query.order_by(Post.published_at.desc(), Post.id.desc()).limit(MAX_CHOICES).subquery()
