"""Comments are drawn again when a card on them changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.comments.models import Comment
from forum.kernel.db import db
from forum.media.cards import texts_with
from forum.media.events import LinkCardChanged
from forum.media.models import Holder
from forum.posts.redrawing import OfPost, showing
from forum.posts.rendering import render


def draw_again(event: LinkCardChanged) -> None:
    """Only what differs is written, so that no page is outdated for nothing."""
    _draw(texts_with(event, Holder.COMMENT), waits=True)


def draw_at_once(event: OfPost) -> None:
    """The comments that show a card of this post, as many as posts.redrawing allows."""
    _draw(showing(event.post_id, Holder.COMMENT), waits=False)


def _draw(ids: Sequence[int], *, waits: bool) -> None:
    """`waits` for what others write at this moment; else the worker comes to it, since the card is due."""
    if not ids:
        return
    wanted = select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id).with_for_update(skip_locked=not waits)
    for comment in db.session.scalars(wanted.execution_options(populate_existing=True)):
        html = render(comment.source).html
        if html != comment.html:
            comment.html = html
    db.session.flush()
