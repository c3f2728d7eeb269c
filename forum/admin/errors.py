"""Why an administrator's act is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Refused


class NotAdministrator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only administrators do this."))


class Stale(Refused):
    """Somebody, or the worker, was faster than this form."""

    def __init__(self) -> None:
        super().__init__(_("This changed while your page was open, so nothing was done. Look at how it is now."))


class LastAdministrator(Refused):
    def __init__(self) -> None:
        super().__init__(_("This is the last administrator. Make somebody else one first."))


class NotConfirmed(Refused):
    def __init__(self) -> None:
        super().__init__(_("Only a confirmed member in good standing can become a moderator or an administrator."))


class OnItsWay(Refused):
    def __init__(self) -> None:
        super().__init__(_("The worker has this in hand at this moment. Look again in a minute."))
