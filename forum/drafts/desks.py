"""A place of posts.places, taken apart: what its words belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.kernel.ids import CommentId, PostId

_DESK = re.compile(
    r"post:(?:new|(?P<post>[1-9][0-9]{0,17}))"
    r"|comment:(?P<changed>[1-9][0-9]{0,17})"
    r"|(?P<under>[1-9][0-9]{0,17}):(?P<parent>[1-9][0-9]{0,17})?"
)


@dataclass(frozen=True)
class Desk:
    """`post_id` is changed, or commented on where `is_comment`; `comment_id` is changed or, under a post, answered."""

    place: str
    is_comment: bool = False
    post_id: PostId | None = None
    comment_id: CommentId | None = None

    @property
    def is_change(self) -> bool:
        """Of words that readers may see already."""
        return self.is_comment and self.post_id is None


def find_desk(place: str) -> Desk | None:
    """None for what names no form."""
    found = _DESK.fullmatch(place)
    if found is None:
        return None
    post, comment = found["post"] or found["under"], found["changed"] or found["parent"]
    return Desk(
        place=place,
        is_comment=not place.startswith("post:"),
        post_id=PostId(int(post)) if post else None,
        comment_id=CommentId(int(comment)) if comment else None,
    )
