"""What comments add to, in their thread and elsewhere."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.comments import tree
from forum.comments.models import Comment
from forum.comments.queries.conditions import is_readable, is_shown
from forum.kernel.counters import Counter
from forum.kernel.db import shared_alias
from forum.organisations.models import Organisation
from forum.posts.models import Post

_below = shared_alias(Comment)
_readable = select(func.count(Comment.id)).where(is_readable(Comment))

COUNTERS = (
    Counter(Post.comment_count, _readable.where(Comment.post_id == Post.id).scalar_subquery()),
    Counter(Member.comment_count, _readable.where(Comment.author_id == Member.id).scalar_subquery()),
    Counter(
        Organisation.comment_count,
        _readable.where(Comment.organisation_id == Organisation.id).scalar_subquery(),
    ),
    Counter(
        Comment.reply_count,
        select(func.count(_below.id))
        .where(
            _below.post_id == Comment.post_id,
            _below.path > Comment.path,
            _below.path < Comment.path.concat(tree.end_of("")),
            is_shown(_below),
        )
        .correlate(Comment)
        .scalar_subquery(),
    ),
)
