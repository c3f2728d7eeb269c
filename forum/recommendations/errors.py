"""Refusals of recommendations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Refused


class OwnText(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("You can’t recommend your own text."))


class NotConfirmed(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Confirm your e-mail address first: open the link we sent you."))


class NotReadable(Refused):
    def __init__(self) -> None:
        super().__init__(_("This text can’t be read any more, so it can’t be recommended."))
