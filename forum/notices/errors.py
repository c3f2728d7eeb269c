"""Refusals of notices."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import NotFound


class NoSuchNotice(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no notice with this reference. Copy it from the letter we sent."))
