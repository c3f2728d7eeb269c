"""What published posts add to, elsewhere."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.kernel.counters import Counter
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostTopic
from forum.posts.policy import IS_PUBLISHED
from forum.topics.models import Topic

_published = select(func.count(Post.id)).where(IS_PUBLISHED)

COUNTERS = (
    Counter(Member.post_count, _published.where(Post.author_id == Member.id).scalar_subquery()),
    Counter(Organisation.post_count, _published.where(Post.organisation_id == Organisation.id).scalar_subquery()),
    Counter(
        Topic.post_count,
        _published.join(PostTopic, PostTopic.post_id == Post.id)
        .where(PostTopic.topic_id == Topic.id)
        .scalar_subquery(),
    ),
)
