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
    """`revision` is the number of the words now in force. Drafts record nothing. `editor_id` changed it, in the name
    of `organisation_id` where the post speaks for one; `words_changed` is false where only facts or topics did."""

    post_id: int
    revision: int
    editor_id: int | None = None
    organisation_id: int | None = None
    words_changed: bool = True


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


@dataclass(frozen=True)
class PostNotPublished(Event):
    """Its time came, but the rules of that moment forbade it: it's a draft again, and says why."""

    post_id: int
    author_id: int


@dataclass(frozen=True)
class WordsTaken(Event):
    """What a member typed in a form is stored as a post or a comment now, or as a change of one.

    `place` is the form's (posts.places); `writer` and `sequence` name the copy in their account that was sent.
    """

    member_id: int
    place: str
    writer: str
    sequence: int


@dataclass(frozen=True)
class PostHeld(Event):
    """Readers don't see it, or not any more, until somebody has decided."""

    post_id: int


@dataclass(frozen=True)
class PostApproved(Event):
    """A moderator let it through: readers see it from now on. `is_new`: for the first time."""

    post_id: int
    author_id: int
    organisation_id: int | None
    is_new: bool


@dataclass(frozen=True)
class PostReturned(Event):
    """It's its author's again, to change and send again."""

    post_id: int


@dataclass(frozen=True)
class PostRejected(Event):
    post_id: int


@dataclass(frozen=True)
class PostRemoved(Event):
    post_id: int


@dataclass(frozen=True)
class PostReinstated(Event):
    """A decision was taken back; `state` is what it is again."""

    post_id: int
    state: str


@dataclass(frozen=True)
class PostMoved(Event):
    """A curator put it under these topics, the main one first."""

    post_id: int
    topic_ids: tuple[int, ...]
