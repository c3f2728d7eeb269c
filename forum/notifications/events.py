"""What happens while people are told."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class SomeToldOfPost(Event):
    """Followers up to this member, by id, were told; others follow."""

    post_id: int
    up_to: int
    highlight: bool


@dataclass(frozen=True)
class SomeToldOfComment(Event):
    """As above, of a comment below a post; `answer`: that it was accepted."""

    comment_id: int
    up_to: int
    answer: bool
