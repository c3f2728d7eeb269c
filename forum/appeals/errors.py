"""Refusals of appeals, each with what is left to do."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import NotFound, Refused
from forum.moderation.policy import APPEAL_WITHIN


class NoSuchAppeal(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no appeal of yours at this address."))


class NotAppealable(NotFound):
    """It doesn't exist, or concerns somebody else: the two aren't told apart."""

    def __init__(self) -> None:
        super().__init__(_("There is no decision at this address that you could appeal."))


class Late(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("A decision can be appealed for %(days)s days, and these have passed. A court is still open to you.",
              days=APPEAL_WITHIN.days)
        )  # fmt: skip


class TakenBack(Refused):
    def __init__(self) -> None:
        super().__init__(_("This decision was taken back, so there is nothing left to appeal."))


class Final(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Somebody else looked at this decision again already. You can go to a certified body for out-of-court"
              " settlement, or to a court.")
        )  # fmt: skip
