"""What a member began and didn't publish yet, and what they took back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.posts.cards import PostCard
from forum.posts.happening import find_zone
from forum.posts.models import Post, PostState
from forum.posts.policy import UNSENT
from forum.posts.queries.cards import cards_of, select_cards

# What its author comes back to: also what waits for a moderator.
OWN = (*UNSENT, PostState.PENDING, PostState.HIDDEN)


@dataclass(frozen=True)
class UnsentPost:
    """`appears_at` is when it will be published, in its author's zone; None for a draft. `problem` is why it wasn't."""

    card: PostCard
    appears_at: datetime | None
    zone: str
    problem: str


def page_of_drafts(actor: Actor, after: str | None = None) -> Page[UnsentPost]:
    """What the actor hasn't sent, had returned, or has waiting, newest first."""
    more = (Post.publish_at, Post.publish_zone, Post.publish_problem)
    query = select_cards(*more).where(Post.author_id == actor.id, Post.state.in_(OWN))
    last = cursor_id(after)
    if last is not None:
        query = query.where(Post.id < last)
    rows = db.session.execute(query.order_by(Post.id.desc()).limit(PAGE + 1)).all()
    cards = cards_of(rows[:PAGE])
    unsent = tuple(_unsent(row, card) for row, card in zip(rows[:PAGE], cards, strict=True))
    return Page(unsent, after=str(rows[PAGE - 1].id) if len(rows) > PAGE else None)


def _unsent(row: Any, card: PostCard) -> UnsentPost:
    zone = find_zone(row.publish_zone) or UTC
    is_scheduled = row.publish_at is not None and row.state == PostState.SCHEDULED
    appears_at = row.publish_at.astimezone(zone) if is_scheduled else None
    return UnsentPost(card, appears_at, row.publish_zone, row.publish_problem)


def withdrawn_posts(actor: Actor) -> tuple[PostCard, ...]:
    """What the actor took back or discarded, the newest page of it: it can be put back."""
    query = select_cards().where(Post.author_id == actor.id, Post.state == PostState.WITHDRAWN)
    return cards_of(db.session.execute(query.order_by(Post.id.desc()).limit(PAGE)).all())
