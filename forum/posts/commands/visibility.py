"""Take a post out of sight, and bring it back."""

from __future__ import annotations

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import PostId
from forum.posts import policy
from forum.posts.commands.counting import count_post, take_author
from forum.posts.errors import NotYours
from forum.posts.events import PostRestored, PostWithdrawn
from forum.posts.models import Post, PostState
from forum.posts.queries import get_post


def withdraw(actor: Actor, post_id: PostId) -> Post:
    """Its author takes it back; twice is once. Raises NoSuchPost or NotYours."""
    post = _taken(actor, post_id)
    if policy.is_author(actor, post) and post.state == PostState.WITHDRAWN:
        return post
    if not policy.can_withdraw(actor, post):
        raise NotYours
    if post.state == PostState.PUBLISHED:
        count_post(post, -1)
    else:
        post.published_at, post.publish_at = None, None  # so that nothing shows what nobody had seen
    post.state = PostState.WITHDRAWN
    db.session.flush()
    record(PostWithdrawn(post.id))
    return post


def restore(actor: Actor, post_id: PostId) -> Post:
    """Back to where it was withdrawn from: readers, or its author's drafts. Raises NoSuchPost or NotYours."""
    post = _taken(actor, post_id)
    if policy.is_author(actor, post) and post.state in {PostState.PUBLISHED, PostState.DRAFT}:
        return post
    if not policy.can_restore(actor, post):
        raise NotYours
    if post.published_at is None:
        post.state = PostState.DRAFT
        return post
    count_post(post, +1)
    post.state = PostState.PUBLISHED
    db.session.flush()
    record(PostRestored(post.id))
    return post


def _taken(actor: Actor, post_id: PostId) -> Post:
    """Locked after those whose counters change with it."""
    seen = get_post(post_id, actor)
    take_author(seen.author_id, seen.organisation_id)
    return get_post(post_id, actor, lock=True)
