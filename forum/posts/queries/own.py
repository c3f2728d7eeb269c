"""What a member began and didn't publish yet."""

from __future__ import annotations

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.posts.cards import PostCard
from forum.posts.models import Post, PostState
from forum.posts.queries.cards import cards_of, select_cards


def page_of_drafts(actor: Actor, after: str | None = None) -> Page[PostCard]:
    """The actor's drafts, newest first."""
    query = select_cards().where(Post.author_id == actor.id, Post.state == PostState.DRAFT)
    last = cursor_id(after)
    if last is not None:
        query = query.where(Post.id < last)
    rows = db.session.execute(query.order_by(Post.id.desc()).limit(PAGE + 1)).all()
    more = str(rows[PAGE - 1].id) if len(rows) > PAGE else None
    return Page(cards_of(rows[:PAGE]), after=more)
