"""Refusals of privacy."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext

from forum.kernel.errors import NotFound, Refused


class LastOwner(Refused):
    """Somebody has to look after an organisation."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            lazy_ngettext(
                "You are the only owner of %(names)s. Make somebody else an owner first, on its page of people.",
                "You are the only owner of %(names)s. Make somebody else an owner of each first, on their pages.",
                len(names),
                names=", ".join(names),
            )
        )


class LastAdministrator(Refused):
    def __init__(self) -> None:
        super().__init__(_("You are the site’s only administrator. Make somebody else one first."))


class NoSuchExport(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no copy of your data. Ask for one in your settings."))


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your account is being erased at this moment. It can’t be stopped any more."))
