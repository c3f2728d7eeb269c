"""E-mail addresses: proven by a link in a letter, changed by another."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from forum.accounts import emails, queries, tokens
from forum.accounts.events import ConfirmationAsked, EmailChangeAsked, EmailChanged, KnownAddressUsed, MemberConfirmed
from forum.accounts.models import Member, Purpose
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import Invalid, Refused
from forum.kernel.events import record
from forum.kernel.ids import MemberId


def ask_confirmation(email: str) -> None:
    """Somebody lost the letter. Whether the address is anybody's is looked up when the letter is written."""
    record(ConfirmationAsked(email))


def ask_email_change(actor: Actor, email: str) -> None:
    """A letter to the new address follows; the old one stays until its link is used.

    An address that is somebody else's gets another letter: the answer is the same. Raises Invalid for one's own.
    """
    owner = queries.find_member_by_email(email)
    if owner is None:
        record(EmailChangeAsked(actor.id, email))
    elif owner.id != actor.id:
        record(KnownAddressUsed(owner.id))
    else:
        message = _("This is your address already.")
        raise Invalid(message, {"email": message})


def confirm(token: str) -> MemberId:
    """Prove an address by its link: that of sign-up, or a new one. Raises LinkDead, or Refused when it was taken."""
    used = tokens.use(token, tokens.CONFIRMING)
    member = db.session.get_one(Member, used.member_id)
    if used.purpose == Purpose.CHANGE_EMAIL:
        _change_address(member, used.email)
    elif emails.email_key(used.email) != member.email_key:
        raise Refused(_("This link was for an address that you have changed since. Nothing was done."))
    mark_confirmed(member)
    return member.id


def mark_confirmed(member: Member) -> None:
    """Whoever read a letter has the address. What a moderator decided about them stays."""
    if member.confirmed_at is not None:
        return
    member.confirmed_at = clock.now()
    if member.state == MemberState.UNCONFIRMED:
        member.state = MemberState.ACTIVE
    record(MemberConfirmed(member.id))


def _change_address(member: Member, email: str) -> None:
    old, was_confirmed = member.email, member.confirmed_at is not None
    taken = Refused(_("Somebody else has taken this address since. Nothing was changed."))
    owner = queries.find_member_by_email(email)
    if owner is not None and owner.id != member.id:
        raise taken
    try:
        with db.session.begin_nested():
            member.email, member.email_key = email, emails.email_key(email)
    except IntegrityError as error:
        raise taken from error
    tokens.end(member.id, {Purpose.CONFIRM, Purpose.RESET})
    if old and was_confirmed:
        record(EmailChanged(member.id, old))
