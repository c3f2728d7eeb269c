"""Refusals of the queue, each with what to do next."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, NotFound, Refused


class NoSuchItem(NotFound):
    """It doesn't exist, or isn't this moderator's: the two aren't told apart."""

    def __init__(self) -> None:
        super().__init__(_("There is no such case, or it is in somebody else’s queue."))


class NoSuchDecision(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no decision at this address, or it isn’t about you."))


class AlreadyDecided(Refused):
    def __init__(self, name: str, at: datetime, outcome: object) -> None:
        super().__init__(
            _("%(name)s decided this on %(time)s: %(outcome)s. Your decision changed nothing.",
              name=name, time=format_datetime(at, "d MMMM y, HH:mm:ss"), outcome=outcome)
        )  # fmt: skip


class Changed(Refused):
    """Not decided, but not what was looked at any more."""

    def __init__(self) -> None:
        super().__init__(_("This case changed since you opened it. Look at it as it is now, then decide."))


class NotYoursToDecide(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("This decision isn’t yours to make. Hand the case over, or escalate it."))


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__(_("The minute in which a decision can be undone has passed. Its author can still appeal."))


class NoLongerPossible(Refused):
    """Approving runs the checks again: what was held can't appear as things are now."""
