"""Where a member types: the name under which a copy of unsent words is kept, on the device and in the account."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forum.kernel.ids import CommentId, PostId

_KEPT = re.compile(r"([\w-]{0,64}):([0-9]{1,9})")


@dataclass(frozen=True)
class Kept:
    """What a form says of the copy in the account: the page that wrote it, and the last number that page knows of."""

    writer: str
    sequence: int


def of_post(post_id: PostId | None) -> str:
    """The form of a post that is stored, or of a new one."""
    return f"post:{post_id or 'new'}"


def of_comment(post_id: PostId, parent_id: CommentId | None) -> str:
    """The form of a new comment, at the top of a thread or in answer to another."""
    return f"{post_id}:{parent_id or ''}"


def of_comment_edit(comment_id: CommentId) -> str:
    return f"comment:{comment_id}"


def read_kept(typed: str) -> Kept | None:
    """None where the form knows of no copy, as without scripts."""
    found = _KEPT.fullmatch(typed)
    return Kept(found[1], int(found[2])) if found else None
