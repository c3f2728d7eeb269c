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
    """`revision` is the number of the words now in force. `editor_id` changed it, in the name of `organisation_id`
    where the comment speaks for one."""

    comment_id: int
    revision: int
    editor_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    comment_id: int


@dataclass(frozen=True)
class CommentRestored(Event):
    """Readers see its words again."""

    comment_id: int


@dataclass(frozen=True)
class CommentHeld(Event):
    """Readers don't see it, or not any more, until somebody has decided."""

    comment_id: int
    post_id: int


@dataclass(frozen=True)
class CommentApproved(Event):
    """A moderator let it through: readers see it from now on."""

    comment_id: int
    post_id: int
    parent_id: int | None
    author_id: int
    organisation_id: int | None


@dataclass(frozen=True)
class CommentReturned(Event):
    """It's its author's again, to change and send again."""

    comment_id: int


@dataclass(frozen=True)
class CommentRejected(Event):
    comment_id: int


@dataclass(frozen=True)
class CommentCollapsed(Event):
    comment_id: int


@dataclass(frozen=True)
class CommentRemoved(Event):
    comment_id: int


@dataclass(frozen=True)
class CommentReinstated(Event):
    """A decision was taken back; `state` is what it is again."""

    comment_id: int
    state: str
