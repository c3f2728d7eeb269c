"""What happens to comments."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class CommentSubmitted(Event):
    """Readers see it from now on, unless a listener holds it before the transaction ends."""

    comment_id: int
    post_id: int
    parent_id: int | None
    author_id: int
    organisation_id: int | None


@dataclass(frozen=True)
class CommentEdited(Event):
    """`revision` is the number of the words now in force."""

    comment_id: int
    revision: int


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    comment_id: int


@dataclass(frozen=True)
class CommentRestored(Event):
    """Readers see its words again."""

    comment_id: int
