"""What recommendations hold about a member. They go, and the numbers with them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select, update

from forum.comments.models import Comment
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Part, Rows
from forum.posts.models import Post
from forum.recommendations.models import CommentRecommendation, PostRecommendation

BATCH = 200


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """Posts before comments, as all do who change both."""
    posts = _drop(PostRecommendation, PostRecommendation.post_id, member_id)
    _take(CommentRecommendation.post_id, member_id)
    comments = _drop(CommentRecommendation, CommentRecommendation.comment_id, member_id)
    _count(Post, posts)
    _count(Comment, comments)
    return len(posts) + len(comments) > 0


def _drop(table: Any, of: Any, member_id: MemberId) -> list[int]:
    ids = list(db.session.scalars(select(of).where(table.member_id == member_id).order_by(of).limit(BATCH)))
    db.session.execute(delete(table).where(table.member_id == member_id, of.in_(ids)))
    return ids


def _take(post_id: Any, member_id: MemberId) -> None:
    """Each comment's post first, so that nobody waits for one who waits for them."""
    under = select(post_id).where(CommentRecommendation.member_id == member_id)
    db.session.execute(select(Post.id).where(Post.id.in_(under)).order_by(Post.id).with_for_update(key_share=True))


def _count(table: Any, ids: list[int]) -> None:
    fewer = update(table).where(table.id.in_(ids)).values(recommendation_count=table.recommendation_count - 1)
    db.session.execute(fewer, execution_options={"synchronize_session": False})


PART = Part(
    (
        Rows(PostRecommendation.member_id, title=_("Posts that you recommend")),
        Rows(CommentRecommendation.member_id, title=_("Comments that you recommend")),
    ),
    _erase,
)
