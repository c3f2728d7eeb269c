"""What a case is about, with the thread around it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from forum.accounts.models import Member
from forum.comments import tree
from forum.comments.models import Comment
from forum.comments.queries import last_change
from forum.comments.queries.conditions import is_readable
from forum.kernel.db import db
from forum.moderation import words
from forum.moderation.models import ReviewItem, SubjectType
from forum.moderation.records import Neighbour, Subject
from forum.organisations.bylines import byline_of, shown_organisation
from forum.organisations.models import Organisation
from forum.posts.addresses import address_of
from forum.posts.differences import Piece
from forum.posts.models import Post
from forum.posts.queries import last_change as last_change_of_post
from forum.posts.queries.images import image_in

# What it answers, and what was answered to it: enough to understand it, little enough to read.
ABOVE = 3
BELOW = 3


def subject_of(item: ReviewItem) -> Subject | None:
    """None for what has a panel of its own instead, and for what is gone."""
    if item.subject_type == SubjectType.COMMENT:
        return _comment(item)
    return _post(item) if item.subject_type == SubjectType.POST else None


def _with_people(model: Any) -> Select[Any]:
    shown = shown_organisation(model.organisation_id, model.role_organisation_id)
    return (
        select(model, Member, Organisation)
        .join(Member, Member.id == model.author_id)
        .outerjoin(Organisation, Organisation.id == shown)
    )


def _byline(row: Any, written: Any) -> Any:
    return byline_of(row.Member, row.Organisation, written.role_title, on_behalf=written.organisation_id is not None)


def _post(item: ReviewItem) -> Subject | None:
    row = db.session.execute(_with_people(Post).where(Post.id == item.subject_id)).first()
    if row is None:
        return None
    post: Post = row.Post
    address = address_of(post.id, post.slug)
    return Subject(
        kind="post", address=address, title=post.title, post_title=post.title, post_address=address,
        byline=_byline(row, post), html=post.html, language=post.language, state=post.state,
        state_name=words.CONTENT_STATES[post.state],
        created_at=post.published_at or post.created_at, edited_at=post.edited_at, revision=post.revision,
        history_address=f"/posts/{post.id}/history", changes=_changes(post), image=image_in(post),
    )  # fmt: skip


def _changes(post: Post) -> tuple[tuple[Piece, ...], ...]:
    change = last_change_of_post(post)
    parts = (change.title, change.standfirst, change.body) if change else ()
    return tuple(part for part in parts if any(piece.change != "same" for piece in part))


def _comment(item: ReviewItem) -> Subject | None:
    row = db.session.execute(
        _with_people(Comment).add_columns(Post).join(Post, Post.id == Comment.post_id)
        .where(Comment.id == item.subject_id)
    ).first()  # fmt: skip
    if row is None:
        return None
    comment, post = row.Comment, row.Post
    above = tree.ancestors(comment.path)[-ABOVE:]
    return Subject(
        kind="comment", address=f"/comments/{comment.id}", title="", post_title=post.title,
        post_address=address_of(post.id, post.slug), byline=_byline(row, comment), html=comment.html,
        language=comment.language, state=comment.state,
        state_name=words.CONTENT_STATES[comment.state], created_at=comment.created_at, edited_at=comment.edited_at,
        revision=comment.revision, history_address=f"/comments/{comment.id}/history",
        changes=(change,) if (change := last_change(comment)) else (),
        above=_around(Comment.path.in_(above), comment) if above else (),
        below=_around((Comment.path > comment.path) & (Comment.path < tree.end_of(comment.path)), comment),
    )  # fmt: skip


def _around(where: Any, comment: Comment) -> tuple[Neighbour, ...]:
    here = (Comment.post_id == comment.post_id, where, is_readable(Comment))
    rows = db.session.execute(_with_people(Comment).where(*here).order_by(Comment.path).limit(BELOW))
    return tuple(_neighbour(row) for row in rows)


def _neighbour(row: Any) -> Neighbour:
    one: Comment = row.Comment
    return Neighbour(one.id, f"/comments/{one.id}", _byline(row, one), one.created_at, one.html, one.language)
