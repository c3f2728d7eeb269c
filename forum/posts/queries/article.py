"""Everything that a post's own page shows of the post itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from forum.accounts.models import Member
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId, TopicId
from forum.kernel.pictures import Picture
from forum.organisations.bylines import Byline
from forum.organisations.models import Organisation
from forum.posts import kinds, policy
from forum.posts.addresses import address_of
from forum.posts.errors import NoSuchPost
from forum.posts.happening import Happening, happening_of
from forum.posts.models import Post, PostTopic
from forum.posts.queries.cards import SHOWN_ORGANISATION, byline_in
from forum.posts.queries.images import image_in
from forum.posts.queries.one import check_reach
from forum.topics.labels import TopicLabel, label_of
from forum.topics.models import Topic


@dataclass(frozen=True)
class PostPage:
    """`html` comes from text.render: show it with the filter `prose`. `topics` has the main one first.

    `published_at` of what was never published is when it was begun. `happening` is an event's time and place, `image`
    the picture at the top.
    """

    id: PostId
    slug: str
    title: str
    kind: str
    state: str
    standfirst: str
    excerpt: str
    html: str
    words: int
    language: str
    byline: Byline
    author_id: MemberId
    organisation_id: OrganisationId | None
    topics: tuple[TopicLabel, ...]
    topic_ids: tuple[TopicId, ...]
    comment_mode: str
    answered: bool
    accepted_comment_id: CommentId | None
    continues_id: PostId | None
    deadline: datetime | None
    happening: Happening | None
    published_at: datetime
    edited_at: datetime | None
    last_activity_at: datetime
    image: Picture | None
    revision: int
    comment_count: int
    recommendation_count: int

    @property
    def address(self) -> str:
        """The canonical one, a path."""
        return address_of(self.id, self.slug)

    @property
    def reading_minutes(self) -> int:
        return kinds.minutes_of(self.words)

    @property
    def kind_note(self) -> Words:
        return kinds.note_of(self.kind, answered=self.answered)


_SAME = (
    "id", "slug", "title", "kind", "state", "standfirst", "excerpt", "html", "words", "language", "author_id",
    "organisation_id", "comment_mode", "answered", "accepted_comment_id", "continues_id", "deadline", "edited_at",
    "last_activity_at", "revision", "comment_count", "recommendation_count",
)  # fmt: skip


def get_article(post_id: PostId, actor: Actor = ANONYMOUS) -> PostPage:
    """Two statements. Raises NoSuchPost where the actor may not see it."""
    check_reach(post_id)
    row = db.session.execute(_post(post_id).where(policy.visible_to(actor))).first()
    if row is None:
        raise NoSuchPost
    topics = db.session.scalars(
        select(Topic)
        .join(PostTopic, PostTopic.topic_id == Topic.id)
        .where(PostTopic.post_id == post_id)
        .order_by(PostTopic.position)
    ).all()
    return _page(row, list(topics))


def _post(post_id: PostId):  # type: ignore[no-untyped-def]  # a Select of what the join gives
    return (
        select(Post, Member, Organisation, Post.organisation_id, Post.role_title)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == SHOWN_ORGANISATION)
        .where(Post.id == post_id)
        .execution_options(populate_existing=True)
    )


def _page(row: Row[Any], topics: list[Topic]) -> PostPage:
    post: Post = row.Post
    return PostPage(
        **{name: getattr(post, name) for name in _SAME},
        byline=byline_in(row),
        topics=tuple(label_of(topic) for topic in topics),
        topic_ids=tuple(topic.id for topic in topics),
        happening=happening_of(post),
        image=image_in(post),
        published_at=post.published_at or post.created_at,
    )
