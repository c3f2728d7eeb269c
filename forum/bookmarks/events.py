"""What happens with bookmarks."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import BookmarkId, CommentId, MemberId, PostId


@dataclass(frozen=True)
class BookmarkDue(Event):
    """A member asked to be reminded of this by now. `comment_id` is empty for a bookmark of a post."""

    bookmark_id: BookmarkId
    member_id: MemberId
    post_id: PostId
    comment_id: CommentId | None
