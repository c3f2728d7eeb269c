"""Refusals of accounts."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from forum.kernel.errors import ForumError


class LinkDead(ForumError):
    """A link in a letter that was used, is too old, or was followed by a newer one."""

    status: ClassVar[int] = 410

    def __init__(self) -> None:
        super().__init__(_("This link was used before, is too old, or a newer one was sent after it. Ask for another."))


class WrongPassword(ForumError):
    """At sign-in; the same for a name that nobody has."""

    status: ClassVar[int] = 422

    def __init__(self) -> None:
        message = _("This name and password don’t go together. Check both, or ask for a new password.")
        super().__init__(message, {"password": message})
