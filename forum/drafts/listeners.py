"""What drafts do on others' events."""

from __future__ import annotations

from forum.drafts import commands
from forum.kernel.ids import MemberId
from forum.posts.events import WordsTaken


def close_taken(event: WordsTaken) -> None:
    """In the same transaction: either the words are sent and their draft is gone, or neither."""
    commands.close(MemberId(event.member_id), event.place, event.writer, event.sequence)
