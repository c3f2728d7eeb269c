"""The sample community with hostile words wherever somebody types."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.accounts import queries as accounts
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.organisations import queries as organisations
from forum.posts.models import Post
from forum.topics.models import Topic
from tests.safety.planting import plant

ORGANISATION = "city-of-oosterkade"


def make_hostile() -> dict[str, str]:
    """What stands in addresses, by name, where the words were planted."""
    values = _values()
    with transaction():
        plant(_owners(values))
    return values


def _values() -> dict[str, str]:
    post = db.session.scalars(select(Post).where(Post.comment_count > 3).limit(1)).one()
    topic = db.session.scalars(select(Topic.slug).limit(1)).one()
    return {
        "post_id": str(post.id), "posts": post.slug, "topics": topic, "organisations": ORGANISATION,
        "username": "amira", "reference": "1234-5678", "year": str(clock.now().year), "key": "abcdefghijklmnop",
    }  # fmt: skip


def _owners(values: dict[str, str]) -> dict[str, int]:
    post_id = int(values["post_id"])
    return {
        "members": accounts.get_member("amira").id,
        "organisations": organisations.get_organisation(ORGANISATION).id,
        "posts": post_id,
        "comments": db.session.scalars(select(func.min(Comment.id)).where(Comment.post_id == post_id)).one(),
    }
