"""Refusals of house rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, NotFound, Refused


class NotAdministrator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only administrators change the house rules."))


class NoSuchRule(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no house rule at this address."))


class NoSuchEdition(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no such edition of the house rules."))


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed the house rules since you opened this page. Look at theirs, then send yours again.")
        )
