"""Refusals of posts, each with what to do next."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor, MemberState
from forum.kernel.errors import Forbidden, NotFound, Refused


class NoSuchPost(NotFound):
    """It doesn't exist, or not for this reader: the two aren't told apart."""

    def __init__(self) -> None:
        super().__init__(_("There is no post at this address. It may have been withdrawn by its author."))


class NoSuchVersion(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no such version."))


class NotYours(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only its author can change this post, and only while it is theirs to change."))


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This post was changed since you opened it. Compare with its history, then save your words again.")
        )


class NoLongerPublishable(Refused):
    """Approving looks again: as things are now, it can't appear."""


def may_not_write(actor: Actor) -> Forbidden:
    """Why a member can't publish at the moment."""
    if actor.state is MemberState.UNCONFIRMED:
        return Forbidden(
            _("Confirm your e-mail address before you publish: the link is in our letter. Until then, save a draft.")
        )
    return Forbidden(_("You can’t publish at the moment. Your text is below: save it as a draft."))
