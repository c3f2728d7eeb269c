"""The picture at the top of a post, from its own row: no list pays a statement for it."""

from __future__ import annotations

from typing import Any

from forum.kernel.pictures import Picture
from forum.posts.models import Post

COLUMNS = (Post.image, Post.image_width, Post.image_height, Post.image_alt)


def image_in(row: Any) -> Picture | None:
    """`row` is a post, or holds COLUMNS."""
    return Picture(row.image, row.image_width, row.image_height, row.image_alt) if row.image else None
