"""The refusals of organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Forbidden, Invalid, NotFound, Refused


class CodeTaken(Invalid):
    def __init__(self, code: str, name: str) -> None:
        message = _("The code %(code)s belongs to %(name)s. Choose another one.", code=code, name=name)
        super().__init__(message, fields={"code": message})


class NameTaken(Refused):
    def __init__(self, name: str, slug: str) -> None:
        message = _("%(name)s is here already: /organisations/%(slug)s. Nothing was changed.", name=name, slug=slug)
        super().__init__(message, fields={"name": message})


class SlugTaken(Refused):
    def __init__(self, slug: str) -> None:
        message = _("There is an organisation at /organisations/%(slug)s already. Nothing was changed.", slug=slug)
        super().__init__(message, fields={"slug": message})


class Frozen(Refused):
    def __init__(self) -> None:
        super().__init__(_("The name, code, kind and domain of a verified organisation stay as they were verified."))


class NotOwner(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only the owners of this organisation can change this. Ask one of them."))


class NotAsked(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("People are asked before they belong to an organisation. Send them an invitation."))


class LastOwner(Refused):
    def __init__(self) -> None:
        super().__init__(_("An organisation needs an owner. Make somebody else an owner first."))


class NoSuchMember(Invalid):
    def __init__(self, username: str, field: str = "username") -> None:
        message = _("There is no member “%(name)s”. Check the spelling of the username.", name=username)
        super().__init__(message, fields={field: message})


class NotReady(Invalid):
    """The account is unconfirmed or suspended."""

    def __init__(self, username: str, field: str = "username") -> None:
        message = _(
            "The account “%(name)s” can’t take part at the moment: it isn’t confirmed, or suspended.", name=username
        )
        super().__init__(message, fields={field: message})


class HereAlready(Refused):
    def __init__(self, name: str) -> None:
        message = _("%(name)s belongs to this organisation already. Nothing was changed.", name=name)
        super().__init__(message, fields={"username": message})


class Gone(NotFound):
    def __init__(self) -> None:
        super().__init__(_("This person doesn’t belong to the organisation any more."))
