"""What recommendations add to, and every stored count there is: this is the highest feature that has one."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.comments.counters import COUNTERS as OF_COMMENTS
from forum.comments.models import Comment
from forum.kernel.counters import Counter
from forum.posts.counters import COUNTERS as OF_POSTS
from forum.posts.models import Post
from forum.recommendations.models import CommentRecommendation, PostRecommendation

COUNTERS = (
    Counter(
        Post.recommendation_count,
        select(func.count(PostRecommendation.member_id)).where(PostRecommendation.post_id == Post.id).scalar_subquery(),
    ),
    Counter(
        Comment.recommendation_count,
        select(func.count(CommentRecommendation.member_id))
        .where(CommentRecommendation.comment_id == Comment.id)
        .scalar_subquery(),
    ),
)
ALL = (*OF_POSTS, *OF_COMMENTS, *COUNTERS)
