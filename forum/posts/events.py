"""What happens to posts."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event


@dataclass(frozen=True)
class PostPublished(Event):
    post_id: int
    author_id: int
    organisation_id: int | None


@dataclass(frozen=True)
class PostImported(Event):
    """Readers see it, but it's no news."""

    post_id: int


@dataclass(frozen=True)
class PostEdited(Event):
    """`revision` is the number of the words now in force. Drafts record nothing."""

    post_id: int
    revision: int


@dataclass(frozen=True)
class PostWithdrawn(Event):
    post_id: int


@dataclass(frozen=True)
class PostRestored(Event):
    """Readers see it again."""

    post_id: int


@dataclass(frozen=True)
class PostAnswered(Event):
    """A question has its accepted comment, or, without one, a request was met."""

    post_id: int
    comment_id: int | None


@dataclass(frozen=True)
class PostReopened(Event):
    """What was answered isn't any more."""

    post_id: int


@dataclass(frozen=True)
class CommentModeChanged(Event):
    post_id: int
    mode: str
