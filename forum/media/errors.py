"""Why a file isn't taken, and what to do about it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor, MemberState
from forum.kernel.errors import Busy, Forbidden, Invalid, NotFound, Words


class NoSuchFile(NotFound):
    """There is none, or not for this reader."""


class BadFile(Invalid):
    """The file can't be used. `message` belongs to the field `file`."""

    def __init__(self, message: Words) -> None:
        super().__init__(message, {"file": message})


class StudioBusy(Busy):
    def __init__(self) -> None:
        super().__init__(_("Many pictures are being added at this moment. Send it again in a few seconds."))


class StorageAway(Busy):
    def __init__(self) -> None:
        super().__init__(_("Files can’t be kept at this moment, so nothing was added. Send it again in a few minutes."))


def may_not_add(actor: Actor) -> Forbidden:
    if actor.state is MemberState.UNCONFIRMED:
        return Forbidden(_("Confirm your e-mail address first: the link is in our letter. Then you can add files."))
    return Forbidden(_("You can’t add files at this moment."))
