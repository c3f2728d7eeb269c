"""What moderation does to a post. Who may is moderation's to say: these check only that the post's state allows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import PostId, TopicId
from forum.posts.commands.counting import count_post, take_author, topic_ids_of
from forum.posts.errors import NoLongerPublishable
from forum.posts.events import PostApproved, PostHeld, PostReinstated, PostRejected, PostRemoved, PostReturned
from forum.posts.models import Post, PostState
from forum.topics.models import Topic, TopicState

# What can still be taken out of readers' sight, or was taken out of it by a rule.
RESTRICTABLE = frozenset({PostState.PUBLISHED, PostState.HIDDEN, PostState.PENDING})
AWAITS = frozenset({PostState.PENDING, PostState.HIDDEN})


@dataclass(frozen=True)
class Was:
    """How a post was before it was judged: what going back needs."""

    state: str
    published_at: datetime | None


def take(post_id: PostId) -> Post:
    """The row, locked after those whose counters change with it, whoever may see it."""
    seen = db.session.execute(select(Post.author_id, Post.organisation_id).where(Post.id == post_id)).one()
    take_author(seen.author_id, seen.organisation_id)
    return db.session.scalars(
        select(Post).where(Post.id == post_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def hold(post_id: PostId, state: PostState = PostState.PENDING, *, seen: bool = False) -> Was:
    """Out of readers' sight until somebody decided: pending where it waits for a first look, hidden where a rule took
    it away. What readers never saw (`seen`) has no date of publication."""
    post = take(post_id)
    was = _was(post)
    if post.state in {PostState.PUBLISHED, PostState.PENDING}:
        _turn(post, state)
        if not seen:
            post.published_at = None
        db.session.flush()
        record(PostHeld(post.id))
    return was


def approve(post_id: PostId) -> Was:
    """Readers see it from now on; twice is once. Raises NoLongerPublishable when things changed while it waited."""
    post = take(post_id)
    was = _was(post)
    if post.state == PostState.PUBLISHED:
        return was
    if post.state not in AWAITS:
        raise NoLongerPublishable(_("Its author took this post back in the meantime."))
    _check_topics(post)
    now = clock.now()
    is_new = post.published_at is None
    if is_new:
        post.published_at = post.last_activity_at = now
    post.returned_because = ""
    _turn(post, PostState.PUBLISHED)
    record(PostApproved(post.id, post.author_id, post.organisation_id, is_new))
    return was


def unhide(post_id: PostId) -> Was:
    """What a rule or reports had hidden is seen again; anything else stays as it is."""
    post = take(post_id)
    was = _was(post)
    if post.state == PostState.HIDDEN:
        _turn(post, PostState.PUBLISHED)
        record(PostReinstated(post.id, post.state))
    return was


def return_(post_id: PostId, words: str) -> Was:
    """To its author, as a draft to change and send again. Raises NoLongerPublishable."""
    post = take(post_id)
    was = _was(post)
    _require(post, AWAITS)
    _turn(post, PostState.RETURNED)
    post.published_at, post.returned_because = None, words
    record(PostReturned(post.id))
    return was


def reject(post_id: PostId) -> Was:
    """It never appears. Raises NoLongerPublishable."""
    post = take(post_id)
    was = _was(post)
    _require(post, AWAITS)
    _turn(post, PostState.REJECTED)
    record(PostRejected(post.id))
    return was


def remove(post_id: PostId) -> Was:
    """Readers don't see it any more. Raises NoLongerPublishable where there is nothing to remove."""
    post = take(post_id)
    was = _was(post)
    _require(post, RESTRICTABLE)
    _turn(post, PostState.REMOVED)
    record(PostRemoved(post.id))
    return was


def reinstate(post_id: PostId, was: Was) -> None:
    """Back to how it was before it was judged; not where its author did something with it since."""
    post = take(post_id)
    if post.state in {PostState.DRAFT, PostState.WITHDRAWN}:
        return
    post.published_at = was.published_at
    post.returned_because = ""
    _turn(post, PostState(was.state))
    record(PostReinstated(post.id, post.state))


def topics_of(post_id: PostId) -> list[TopicId]:
    """The main one first."""
    return topic_ids_of(post_id)


def _was(post: Post) -> Was:
    return Was(post.state, post.published_at)


def _turn(post: Post, state: PostState) -> None:
    """With the counters that a published post adds to."""
    delta = (state is PostState.PUBLISHED) - (post.state == PostState.PUBLISHED)
    if delta:
        count_post(post, delta)
    post.state = state
    db.session.flush()


def _require(post: Post, states: frozenset[PostState]) -> None:
    if post.state not in states:
        raise NoLongerPublishable(_("This post changed in the meantime: its author, or a colleague, was before you."))


def _check_topics(post: Post) -> None:
    """Under a topic that was archived or merged while it waited, nothing new appears."""
    under = select(Topic.name).where(Topic.id.in_(topic_ids_of(post.id)), Topic.state != TopicState.OPEN)
    closed = db.session.scalar(under.limit(1))
    if closed is not None:
        raise NoLongerPublishable(
            _("The topic “%(name)s” takes no posts any more. Return it, so that its author can choose another.",
              name=closed)
        )  # fmt: skip
