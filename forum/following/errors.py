"""Refusals of following."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Invalid, Refused


class OwnPage(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("That is you. Your own posts are on your page."))


class NotAllowed(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Your account can’t follow anything at the moment."))


class TooMuchFollowed(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(
            _("You follow %(limit)s things, which is as many as can be. Stop following one first.", limit=limit)
        )


class NoSuchLevel(Invalid):
    def __init__(self) -> None:
        super().__init__(_("Send value=on or off, or how much you want to hear: every, highlights or muted."))
