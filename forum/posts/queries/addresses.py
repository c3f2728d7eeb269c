"""Where an old address leads."""

from __future__ import annotations

from sqlalchemy import literal, select, union_all

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.kernel.paging import cursor_id
from forum.posts import policy
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostAddress


def find_by_slug(slug: str, actor: Actor = ANONYMOUS) -> str | None:
    """The canonical address of the post that is, or once was, at /posts/<slug>, if the actor may see it.

    An address that a post was given before it came here wins, then the oldest post whose title makes this slug.
    """
    if not slug.isprintable():
        return None
    formerly = select(PostAddress.post_id.label("id"), literal(0).label("rank")).where(PostAddress.slug == slug)
    now = select(Post.id.label("id"), literal(1).label("rank")).where(Post.slug == slug)
    wanted = [formerly, now]
    number = cursor_id(slug)
    if number is not None:
        wanted.append(select(literal(PostId(number), Post.id.type).label("id"), literal(2).label("rank")))
    found = union_all(*wanted).subquery()
    row = db.session.execute(
        select(Post.id, Post.slug)
        .join(found, found.c.id == Post.id)
        .where(policy.visible_to(actor))
        .order_by(found.c.rank, Post.id)
        .limit(1)
    ).first()
    return address_of(row.id, row.slug) if row else None
