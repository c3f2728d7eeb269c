"""Making a member: by oneself at sign-up, or by an operator."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.accounts import emails, names, policy, queries
from forum.accounts.events import KnownAddressUsed, MemberSignedUp
from forum.accounts.models import Member, RetiredName
from forum.kernel import clock, settings
from forum.kernel.access import MemberState, Role
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid, NotFound, Words
from forum.kernel.events import record
from forum.kernel.ids import MemberId

TAKEN = _("Somebody has this username, or one that looks like it. Choose another one.")
KNOWN = _("There is a member with this e-mail address already.")


@dataclass(frozen=True)
class NewMember:
    """Checked words of somebody who isn't a member yet. `represents` is the organisation that they also speak for."""

    username: str
    name: str
    email: str
    password_hash: str
    represents: str = ""
    language: str | None = None


def sign_up(new: NewMember, site_name: str) -> None:
    """Make an unconfirmed member; a letter with the link to confirm follows.

    An address that is somebody's makes no member but a letter to its owner: the answer is the same. Raises Forbidden
    where the site takes no new members, Invalid for a username that is taken.
    """
    if not settings.get(settings.SIGN_UP_OPEN):
        raise Forbidden(_("This site takes no new members at the moment."))
    if names.is_reserved(new.username, {site_name}) or _is_taken(new.username):
        raise _refusal("username", TAKEN)
    owner = queries.find_member_by_email(new.email)
    if owner is not None:
        record(KnownAddressUsed(owner.id))
        return
    record(MemberSignedUp(_add(new, MemberState.UNCONFIRMED, Role.MEMBER)))


def create(new: NewMember, role: Role) -> MemberId:
    """Make a confirmed member, on an operator's word. Raises Invalid."""
    if _is_taken(new.username):
        raise _refusal("username", TAKEN)
    if queries.find_member_by_email(new.email) is not None:
        raise _refusal("email", KNOWN)
    return _add(new, MemberState.ACTIVE, role)


def set_role(username: str, role: Role) -> None:
    """On an operator's word. Raises NotFound."""
    give_role(get_named(username), role)


def give_role(member: Member, role: Role) -> None:
    """Who gains one has the days of policy.factor_due from now on."""
    if not policy.must_have_factor(member.role):
        member.role_since = clock.now()
    member.role = role


def set_email(username: str, email: str) -> None:
    """Give a member an address that counts as confirmed: an imported one can then ask for a password.

    On an operator's word. Raises NotFound, or Invalid for somebody else's address.
    """
    member, owner = get_named(username), queries.find_member_by_email(email)
    if owner is not None and owner.id != member.id:
        raise _refusal("email", KNOWN)
    member.email, member.email_key = email, emails.email_key(email)
    member.confirmed_at = clock.now()
    if member.state == MemberState.UNCONFIRMED:
        member.state = MemberState.ACTIVE


def get_named(username: str) -> Member:
    """Somebody of whom an operator speaks. Raises NotFound."""
    member = queries.find_member(username)
    if member is None or member.state == MemberState.ERASED:
        raise NotFound(_("There is no member with this name."))
    return member


def _is_taken(username: str) -> bool:
    """By a member, or by one who was erased."""
    keys = names.look_alikes(username)
    retired = select(RetiredName.digest).where(RetiredName.digest.in_({names.digest_of(key) for key in keys}))
    is_used = db.session.scalar(select(Member.id).where(Member.username_key.in_(keys)).limit(1)) is not None
    return is_used or db.session.scalar(retired.limit(1)) is not None


def _add(new: NewMember, state: MemberState, role: Role) -> MemberId:
    """Raises Invalid when somebody else was a moment faster."""
    now = clock.now()
    member = Member(
        username=new.username,
        username_key=names.username_key(new.username),
        email=new.email,
        email_key=emails.email_key(new.email),
        password_hash=new.password_hash,
        name=new.name,
        represents=new.represents,
        interface_language=new.language,
        state=state,
        role=role,
        role_since=now if policy.must_have_factor(role) else None,
        created_at=now,
        confirmed_at=now if state == MemberState.ACTIVE else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(member)
    except IntegrityError as error:
        refusal = _refusal("username", TAKEN) if _is_taken(new.username) else _refusal("email", KNOWN)
        raise refusal from error
    return member.id


def _refusal(field: str, message: Words) -> Invalid:
    return Invalid(message, {field: message})
