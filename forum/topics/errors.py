"""The refusals of topics."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Invalid, Refused


class NotCurator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only moderators can change topics."))


class SlugTaken(Refused):
    def __init__(self, slug: str) -> None:
        message = _("There is a topic at /topics/%(slug)s already, or was one. Nothing was changed.", slug=slug)
        super().__init__(message, fields={"slug": message})


class WrongParent(Invalid):
    def __init__(self) -> None:
        message = _("Topics have two levels: choose a parent that has none itself, for a topic without any below it.")
        super().__init__(message, fields={"parent": message})


class NoSuchCurator(Invalid):
    def __init__(self, username: str) -> None:
        message = _("There is no member “%(name)s”. Check the spelling of the username.", name=username)
        super().__init__(message, fields={"curators": message})
