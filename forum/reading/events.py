"""What happens while members read."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class DiscussionSeen(Event):
    """A member had a post before their eyes, and of its comments all up to `comment_id` and those of `comment_ids`."""

    member_id: int
    post_id: int
    comment_id: int
    comment_ids: tuple[int, ...]
