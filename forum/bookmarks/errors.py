"""Refusals of bookmarks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import NotFound, Refused


class NoSuchBookmark(NotFound):
    def __init__(self) -> None:
        super().__init__(_("You have no such bookmark."))


class TooMany(Refused):
    def __init__(self, most: int) -> None:
        message = _("You have %(most)s bookmarks, and that is as many as there can be. Remove some first.", most=most)
        super().__init__(message)
