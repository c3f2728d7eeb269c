"""One post, for those who do something with it."""

from __future__ import annotations

from sqlalchemy import select

from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.posts import policy
from forum.posts.addresses import address_of
from forum.posts.errors import NoSuchPost
from forum.posts.models import Post, PostTopic
from forum.topics.models import Topic

MAX_ID = 2**63 - 1  # the databases' largest integer


def get_post(post_id: PostId, actor: Actor = ANONYMOUS, *, lock: bool = False) -> Post:
    """The row, if the actor may see the post. With `lock` nobody else changes it until the transaction ends.

    Raises NoSuchPost.
    """
    check_reach(post_id)
    query = select(Post).where(Post.id == post_id, policy.visible_to(actor))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    post = db.session.scalar(query)
    if post is None:
        raise NoSuchPost
    return post


def get_address(post_id: PostId) -> str:
    """The canonical one, of a post that the caller knows."""
    return address_of(post_id, db.session.scalars(select(Post.slug).where(Post.id == post_id)).one())


def check_reach(post_id: PostId) -> None:
    """A number out of an address may be larger than any id. Raises NoSuchPost."""
    if post_id > MAX_ID:
        raise NoSuchPost


def find_imported(key: str) -> PostId | None:
    """The post that came from a community file under this key."""
    return db.session.scalar(select(Post.id).where(Post.import_key == key))


def topic_slugs_of(post_id: PostId) -> tuple[str, ...]:
    """The main one first."""
    under = select(Topic.slug).join(PostTopic, PostTopic.topic_id == Topic.id)
    return tuple(db.session.scalars(under.where(PostTopic.post_id == post_id).order_by(PostTopic.position)))
