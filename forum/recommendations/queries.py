"""Reads of recommendations."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.db import db
from forum.kernel.ids import CommentId, MemberId, PostId
from forum.recommendations.models import CommentRecommendation, PostRecommendation


def marks_of(member_id: MemberId, post_id: PostId) -> tuple[bool, frozenset[CommentId]]:
    """Whether the member recommended the post, and which comments below it."""
    post = db.session.get(PostRecommendation, (post_id, member_id))
    comments = db.session.scalars(
        select(CommentRecommendation.comment_id).where(
            CommentRecommendation.member_id == member_id, CommentRecommendation.post_id == post_id
        )
    )
    return post is not None, frozenset(comments)
