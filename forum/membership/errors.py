"""The refusals of membership, each with what to do next."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor, MemberState
from forum.kernel.errors import Forbidden, Invalid, NotFound, Refused, Words


class NoSuchRequest(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no such application here, or it isn’t yours to see."))


class NotWaiting(Refused):
    """Somebody decided, or it was withdrawn, a moment before."""

    def __init__(self) -> None:
        super().__init__(_("This was decided or changed in the meantime. Look at it again: nothing was done."))


class OwnRequest(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("You asked for this yourself, or belong to the organisation. Another moderator decides."))


class NotModerator(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Only moderators of the site decide on organisations."))


class ProofsMissing(Refused):
    def __init__(self, have: int, need: int) -> None:
        super().__init__(
            _("%(have)s of %(need)s proofs are there. Ask for another one, or mark the letter as seen.",
              have=have, need=need)
        )  # fmt: skip


class ReasonMissing(Invalid):
    def __init__(self, field: str, message: Words) -> None:
        super().__init__(message, {field: message})


class OpenAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("You asked for this already, and it waits for a moderator. Nothing was sent twice."))


class TooManyApplications(Refused):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("You have %(most)s applications that nobody has decided on. Finish or withdraw one first.", most=most)
        )


class WrongCode(Invalid):
    def __init__(self, left: int) -> None:
        message = _("That isn’t the code of the newest letter. Tries left: %(num)s.", num=left)
        super().__init__(message, {"code": message})


class CodeDead(Refused):
    def __init__(self) -> None:
        message = _("This code no longer works. Have a new one sent.")
        super().__init__(message, {"code": message})


class WrongAddress(Invalid):
    def __init__(self, domain: str) -> None:
        message = _("Give an address at %(domain)s, such as info@%(domain)s.", domain=domain)
        super().__init__(message, {"email": message})


class NoDomain(Refused):
    def __init__(self) -> None:
        super().__init__(_("Say first which domain the organisation’s website has: edit its details."))


class InvitationDead(NotFound):
    """Expired, used, withdrawn or never made: nobody learns which."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("This invitation no longer works: it was answered, withdrawn, or is older than 14 days. Ask for another.")
        )


class NotVerifiedYet(Refused):
    def __init__(self) -> None:
        super().__init__(_("Invitations can be sent once the organisation is verified."))


class NoDomainMatch(Forbidden):
    def __init__(self) -> None:
        super().__init__(_("Your confirmed e-mail address isn’t at this organisation’s domain. Ask to represent it."))


class WrongParent(Invalid):
    def __init__(self) -> None:
        message = _("Choose a verified organisation that isn’t a department itself.")
        super().__init__(message, {"parent": message})


def may_not_send(actor: Actor) -> Forbidden:
    if actor.state is MemberState.UNCONFIRMED:
        return Forbidden(_("Confirm your e-mail address first: the link is in our letter. Your words are kept."))
    return Forbidden(_("You can’t do this at the moment."))
