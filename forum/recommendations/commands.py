"""Recommend a text, or take it back. The row decides; the counter only follows a row that came or went."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.comments import queries as comments
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite
from forum.kernel.events import record
from forum.kernel.ids import CommentId, PostId
from forum.posts import queries as posts
from forum.posts.models import Post
from forum.recommendations import policy
from forum.recommendations.errors import NotConfirmed, NotReadable, OwnText
from forum.recommendations.events import CommentRecommended, PostRecommended
from forum.recommendations.models import CommentRecommendation, PostRecommendation


def recommend_post(actor: Actor, post_id: PostId, *, on: bool) -> int:
    """Repeating changes nothing. Returns how many recommend it now. Raises NoSuchPost, OwnText and the like."""
    post = posts.get_post(post_id, actor)
    _check(actor, is_own=policy.is_own(actor, post.author_id), readable=policy.is_readable_post(post.state), on=on)
    change = _mark(PostRecommendation, {"post_id": post_id, "member_id": actor.id}, {}, on=on)
    if change > 0:
        record(PostRecommended(post_id, actor.id))
    return _count(Post, post_id, change)


def recommend_comment(actor: Actor, comment_id: CommentId, *, on: bool) -> int:
    """Repeating changes nothing. Returns how many recommend it now. Raises NoSuchComment, OwnText and the like."""
    comment = comments.get_comment(comment_id, actor).comment
    _check(
        actor, is_own=policy.is_own(actor, comment.author_id), readable=policy.is_readable_comment(comment.state), on=on
    )
    key = {"comment_id": comment_id, "member_id": actor.id}
    change = _mark(CommentRecommendation, key, {"post_id": comment.post_id}, on=on)
    if change > 0:
        record(CommentRecommended(comment_id, actor.id))
    if change:
        _take(comment.post_id)
    return _count(Comment, comment_id, change)


def _take(post_id: PostId) -> None:
    """Before its comments, as all do who change a thread, so that nobody waits for one who waits for them. As late as
    can be: a hundred others may be waiting.
    """
    db.session.execute(select(Post.id).where(Post.id == post_id).with_for_update(key_share=True))


def _check(actor: Actor, *, is_own: bool, readable: bool, on: bool) -> None:
    if not policy.can_recommend(actor):
        raise NotConfirmed
    if is_own:
        raise OwnText
    if on and not readable:
        raise NotReadable


def _mark(table: Any, key: dict[str, int], more: dict[str, int], *, on: bool) -> int:
    """1 for a row that came, -1 for one that went, 0 where it was so already."""
    if on:
        insert = sqlite_insert if is_sqlite() else postgresql_insert
        values = {**key, **more, "created_at": clock.now()}
        return _touched(insert(table).values(**values).on_conflict_do_nothing().returning(table.member_id))
    same = [getattr(table, name) == value for name, value in key.items()]
    return -_touched(delete(table).where(*same).returning(table.member_id))


def _touched(statement: Any) -> int:
    """How many rows it gave back."""
    return len(db.session.execute(statement, execution_options={"synchronize_session": False}).all())


def _count(table: Any, id_: int, change: int) -> int:
    """The counter after the change; a row that was there already costs no write."""
    if not change:
        stored: int = db.session.execute(select(table.recommendation_count).where(table.id == id_)).scalar_one()
        return stored
    count: int = db.session.execute(
        update(table)
        .where(table.id == id_)
        .values(recommendation_count=table.recommendation_count + change)
        .returning(table.recommendation_count),
        execution_options={"synchronize_session": False},
    ).scalar_one()
    return count
