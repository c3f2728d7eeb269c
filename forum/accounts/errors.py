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


class StepOver(ForumError):
    """The second step came too late, too often was wrong, or was made already."""

    status: ClassVar[int] = 401

    def __init__(self) -> None:
        super().__init__(_("That took more than ten minutes, or too many tries. Sign in again, from the beginning."))


class WrongCode(ForumError):
    """At the second step: wrong, too old, or used before. `field` is where it was typed."""

    status: ClassVar[int] = 422

    def __init__(self, field: str = "code") -> None:
        message = _("This code is wrong, too old, or was used before. Wait for the next one, or check what you typed.")
        super().__init__(message, {field: message})


class WrongPasskey(ForumError):
    """A passkey that isn't the member's, or an answer of one that isn't meant for this sign-in."""

    status: ClassVar[int] = 422

    def __init__(self) -> None:
        super().__init__(_("This passkey doesn’t open an account here. Use another one, or another way."))
