"""The refusals of curating."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Invalid, NotFound, Refused, Words


class NotCurator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only moderators and the curators of this topic can do this."))


class TooMany(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(_("There are %(most)s already. Take one away first.", most=most))


class NotUnder(Refused):
    def __init__(self) -> None:
        super().__init__(_("This post isn’t under that topic any more, or isn’t published. Look at it again."))


class NoSuchAct(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is nothing here to undo."))


class ChangedSince(Refused):
    def __init__(self) -> None:
        super().__init__(_("Somebody changed this since, so it can’t be undone in one go. Change it by hand."))


class Unfit(Invalid):
    def __init__(self, field: str, message: Words) -> None:
        super().__init__(message, {field: message})
