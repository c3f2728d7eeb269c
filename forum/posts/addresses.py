"""Where a post is found. Pure, so that commands and queries can say it without knowing the web framework."""

from __future__ import annotations

from forum.kernel.ids import PostId
from forum.kernel.slugs import slug_of

# What else stands behind /posts/<id>/: a post with such a title would be hidden by the page of that name.
RESERVED = frozenset(
    {
        "accept", "answered", "bookmark", "comment-mode", "comments", "curate", "edit", "follow", "history", "read",
        "recommend", "report", "restore", "seen", "withdraw",
    }
)  # fmt: skip


def slug_for(title: str) -> str:
    """The words of an address; two posts may share them, since the id stands before them."""
    slug = slug_of(title, "post")
    return f"{slug}-post" if slug in RESERVED else slug


def address_of(post_id: PostId, slug: str) -> str:
    return f"/posts/{post_id}/{slug}"


def edit_address(post_id: PostId) -> str:
    return f"/posts/{post_id}/edit"
