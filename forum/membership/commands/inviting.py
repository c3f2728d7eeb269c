"""Invitations: an owner asks somebody by mail; they say yes or no, once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import case, or_, select, update

from forum.accounts import queries as accounts
from forum.accounts.emails import check_email, email_key
from forum.accounts.models import Member
from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import Forbidden
from forum.kernel.events import record
from forum.kernel.ids import InvitationId, OrganisationId
from forum.membership import policy
from forum.membership.errors import InvitationDead, NotVerifiedYet, may_not_send
from forum.membership.events import InvitationAnswered, PersonInvited
from forum.membership.models import Invitation, InvitationState
from forum.organisations import commands as organisations
from forum.organisations import policy as organisations_policy
from forum.organisations.commands import Place, get_locked
from forum.organisations.errors import NoSuchMember, NotOwner, NotReady
from forum.organisations.models import Organisation


def invite(actor: Actor, organisation_id: OrganisationId, whom: str, place: Place) -> Invitation:
    """`whom` is an e-mail address or a username. Somebody asked before is asked anew: the older letter's link dies.

    Only a verified organisation's name goes into strangers' letter boxes. Raises NotOwner, NotVerifiedYet, Invalid,
    NoSuchMember or NotReady.
    """
    organisation = _managed(actor, organisation_id)
    kept = organisations.checked_place(place)
    member = None if "@" in whom.strip()[1:] else _found(whom)
    email = check_email(whom, "whom") if member is None else str(member.email)
    now = clock.now()
    invitation = _find_open(organisation.id, email) or Invitation(organisation_id=organisation.id, created_at=now)
    invitation.email, invitation.email_key = email, email_key(email)
    invitation.member_id = member.id if member else None
    invitation.right, invitation.title = kept.right, kept.title
    invitation.invited_by_id, invitation.state, invitation.token_hash = actor.id, InvitationState.OPEN, ""
    invitation.expires_at = now + policy.INVITED_FOR
    db.session.add(invitation)
    db.session.flush()
    record(PersonInvited(invitation.id))
    return invitation


def withdraw_invitation(actor: Actor, invitation_id: InvitationId) -> None:
    """The letter's link dies. Raises InvitationDead or NotOwner."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None:
        raise InvitationDead
    if not organisations_policy.can_manage_people_of(actor, invitation.organisation_id):
        raise NotOwner
    get_locked(invitation.organisation_id)
    db.session.refresh(invitation)
    if invitation.state != InvitationState.OPEN:
        raise InvitationDead
    invitation.state, invitation.answered_at = InvitationState.WITHDRAWN, clock.now()


def accept(actor: Actor, token: str) -> Organisation:
    """Pressed twice by the same member it's accepted once. Raises InvitationDead, Forbidden or HereAlready."""
    invitation = _locked(token)
    if invitation.state == InvitationState.ACCEPTED and invitation.accepted_by_id == actor.id:
        return db.session.get_one(Organisation, invitation.organisation_id)
    organisation = _answerable(invitation)
    if not policy.can_send(actor):
        raise may_not_send(actor)
    if invitation.member_id not in {None, actor.id}:
        raise Forbidden(_("This invitation is for another member. Sign in with the account that it was sent to."))
    place = Place(invitation.right, invitation.title)
    organisations.start_affiliation(db.session.get_one(Member, actor.id), organisation.id, place)
    invitation.accepted_by_id = actor.id
    _answered(invitation, InvitationState.ACCEPTED)
    return organisation


def decline(token: str) -> Organisation:
    """Whoever has the letter may, with or without an account. Raises InvitationDead."""
    invitation = _locked(token)
    organisation = _answerable(invitation)
    _answered(invitation, InvitationState.DECLINED)
    return organisation


def _managed(actor: Actor, organisation_id: OrganisationId) -> Organisation:
    organisation = get_locked(organisation_id)
    if not organisations_policy.can_manage_people(actor, organisation):
        raise NotOwner
    if not organisations_policy.is_verified(organisation):
        raise NotVerifiedYet
    return organisation


def _found(username: str) -> Member:
    name = username.strip().removeprefix("@")
    member = accounts.find_member(name)
    if member is None or member.state == MemberState.ERASED:
        raise NoSuchMember(name, "whom")
    if member.email is None or member.state in {MemberState.UNCONFIRMED, MemberState.SUSPENDED}:
        raise NotReady(name, "whom")
    return member


def _find_open(organisation_id: OrganisationId, email: str) -> Invitation | None:
    here = (Invitation.organisation_id == organisation_id, Invitation.email_key == email_key(email))
    return db.session.scalar(select(Invitation).where(*here, Invitation.state == InvitationState.OPEN))


def _locked(token: str) -> Invitation:
    """By its token, after its organisation, in whatever state it is. Raises InvitationDead."""
    is_it = Invitation.token_hash == hash_of(token)
    organisation_id = db.session.scalar(select(Invitation.organisation_id).where(is_it))
    if organisation_id is None:
        raise InvitationDead
    get_locked(organisation_id)
    found = db.session.scalar(select(Invitation).where(is_it).execution_options(populate_existing=True))
    if found is None:
        raise InvitationDead
    return found


def _answerable(invitation: Invitation) -> Organisation:
    if invitation.state != InvitationState.OPEN or invitation.expires_at <= clock.now():
        raise InvitationDead
    return db.session.get_one(Organisation, invitation.organisation_id)


def _answered(invitation: Invitation, state: InvitationState) -> None:
    invitation.state, invitation.answered_at = state, clock.now()
    record(InvitationAnswered(invitation.id, state is InvitationState.ACCEPTED))


def forget_addresses() -> None:
    """For the worker: whom an invitation went to that was answered, or ran out, long ago."""
    old = clock.now() - policy.ADDRESSES_KEPT_FOR
    over = or_(Invitation.answered_at < old, Invitation.expires_at < old)
    forgotten = {"email": "", "email_key": "", "token_hash": ""}
    # One that ran out is still open by its word, and an organisation has one open invitation an address.
    ran_out = case((Invitation.state == InvitationState.OPEN, InvitationState.WITHDRAWN), else_=Invitation.state)
    db.session.execute(
        update(Invitation).where(over, Invitation.email != "").values(**forgotten, state=ran_out),
        execution_options={"synchronize_session": False},
    )
