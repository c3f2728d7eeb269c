"""Refusals of comments, each with what to do next."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor, MemberState
from forum.kernel.errors import Forbidden, NotFound, Refused


class NoSuchComment(NotFound):
    """It doesn't exist, or not for this reader: the two aren't told apart."""

    def __init__(self) -> None:
        super().__init__(_("There is no comment at this address."))


class NoSuchVersion(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no such version."))


class NotYours(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only its author can change this comment, and only while it is theirs to change."))


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This comment was changed since you opened it. Compare with its history, then save your words again.")
        )


class ParentGone(Refused):
    def __init__(self) -> None:
        super().__init__(_("The comment you answer is gone. Post this as a comment of its own."))


class ThreadClosed(Refused):
    def __init__(self) -> None:
        super().__init__(_("This thread takes no comments any more."))


class ThreadFull(Refused):
    def __init__(self) -> None:
        super().__init__(_("This thread is full. Begin a new post."))


class NoLongerPossible(Refused):
    """As things are now, this can't be done to the comment any more."""


def may_not_write(actor: Actor) -> Forbidden:
    """Why a member can't comment at the moment."""
    if actor.state is MemberState.UNCONFIRMED:
        return Forbidden(_("Confirm your e-mail address before you comment: the link is in the letter we sent."))
    return Forbidden(_("You can’t comment at the moment."))
