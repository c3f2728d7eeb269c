"""Refusals of trust."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden


class NotAdministrator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only administrators make somebody a leader."))
