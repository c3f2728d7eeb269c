"""Posts are drawn again when a card on them changes: a few at once where the card is of a post here, the rest later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select

from forum.kernel.db import db
from forum.media.cards import texts_with
from forum.media.events import LinkCardChanged
from forum.media.models import CardUse, Holder, LinkCard
from forum.posts.models import Post
from forum.posts.rendering import render

# Drawn in the transaction of the change itself, so that what is hidden or withdrawn stands on no card afterwards: a few
# milliseconds each. More than these wait for the worker, as what somebody else writes at this moment does.
AT_ONCE = 10


class OfPost(Protocol):
    """An event that says what became of a post."""

    @property
    def post_id(self) -> int: ...


def draw_again(event: LinkCardChanged) -> None:
    """Only what differs is written, so that no page is outdated for nothing."""
    _draw(texts_with(event, Holder.POST), waits=True)


def draw_at_once(event: OfPost) -> None:
    """The posts that show a card of this one, AT_ONCE of them."""
    _draw(showing(event.post_id, Holder.POST), waits=False)


def showing(post_id: int, holder: Holder) -> Sequence[int]:
    """The ids of AT_ONCE texts of this kind that show a card of the post, those written last first."""
    return db.session.scalars(
        select(CardUse.holder_id)
        .join(LinkCard, LinkCard.id == CardUse.card_id)
        .where(LinkCard.post_id == post_id, CardUse.holder == holder)
        .group_by(CardUse.holder_id)
        .order_by(CardUse.holder_id.desc())
        .limit(AT_ONCE)
    ).all()


def _draw(ids: Sequence[int], *, waits: bool) -> None:
    """`waits` for what others write at this moment; else the worker comes to it, since the card is due."""
    if not ids:
        return
    wanted = select(Post).where(Post.id.in_(ids)).order_by(Post.id).with_for_update(skip_locked=not waits)
    for post in db.session.scalars(wanted.execution_options(populate_existing=True)):
        html = render(post.source).html
        if html != post.html:
            post.html = html
    db.session.flush()
