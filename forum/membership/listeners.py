"""What follows: letters by the worker, which makes codes and tokens; and applications are kept as they were sent."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.accounts.events import MemberConfirmed
from forum.accounts.mail import Recipient, recipient_of
from forum.accounts.models import Member
from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.kernel.ids import InvitationId, MembershipRequestId, OrganisationId
from forum.membership import codes, mail, policy
from forum.membership.commands.rows import as_sent
from forum.membership.events import (
    CodeAsked,
    ColleagueJoined,
    InvitationAnswered,
    PersonInvited,
    QuestionAsked,
    RequestSubmitted,
    VerificationEnding,
    VerificationExpired,
)
from forum.membership.models import Invitation, InvitationState, MembershipRequest, Proof, ProofState, RequestKind
from forum.organisations.events import OrganisationChanged
from forum.organisations.models import Affiliation, Organisation


def keep_as_sent(event: OrganisationChanged) -> None:
    """What a moderator looks at doesn't change under their eyes. Raises Refused."""
    here = (
        MembershipRequest.organisation_id == event.organisation_id,
        MembershipRequest.kind == RequestKind.APPLICATION,
    )
    waiting = MembershipRequest.stage.in_(policy.WITH_MODERATORS)
    request = db.session.scalar(select(MembershipRequest).where(*here, waiting))
    if request is not None and as_sent(_organisation(event.organisation_id)) != request.wanted:
        raise Refused(
            _("A moderator looks at this name, code, kind and domain. Withdraw the application first to change them.")
        )


def mail_code(event: CodeAsked) -> None:
    """A new code each time: the one before dies."""
    proof = db.session.get(Proof, event.proof_id)
    if proof is None or proof.state != ProofState.WAITING:
        return
    request = db.session.get_one(MembershipRequest, proof.request_id)
    member = db.session.get_one(Member, request.member_id)
    code = codes.fresh()
    proof.code_hash, proof.tries, proof.expires_at = codes.hash_of(code), 0, clock.now() + policy.CODE_LIFETIME
    to = Recipient(proof.address, proof.address, member.interface_language)
    mail.code(to, member.username, proof.domain, code)


def mail_invitation(event: PersonInvited) -> None:
    invitation = db.session.get(Invitation, event.invitation_id)
    if invitation is None or invitation.state != InvitationState.OPEN:
        return
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    mail.invitation(_invited(invitation), invitation, _organisation(invitation.organisation_id), token)


def mail_question(event: QuestionAsked) -> None:
    request = _request(event.request_id)
    for to in _asking(request):
        mail.asked(to, request, _organisation(request.organisation_id), event.words)


def tell_decision(request_id: MembershipRequestId, *, granted: bool, appeal: str) -> None:
    """Called when it can no longer be undone. `appeal` is where one can be begun, or empty."""
    request = _request(request_id)
    for to in _asking(request):
        mail.decided(to, request, _organisation(request.organisation_id), granted=granted, appeal=appeal)


def tell_suspension(request_id: MembershipRequestId) -> None:
    """One decided over something that was asked for."""
    request = _request(request_id)
    for to in _asking(request):
        mail.suspended(to, _organisation(request.organisation_id), request.reason)


def tell_standing(organisation_id: OrganisationId, reason: str) -> None:
    """Its owners, once it is settled: it was suspended for this reason, or, without one, has its mark again."""
    organisation = _organisation(organisation_id)
    for to in _owners(organisation_id):
        if reason:
            mail.suspended(to, organisation, reason)
        else:
            mail.reinstated(to, organisation)


def mail_ending(event: VerificationEnding) -> None:
    for to in _owners(event.organisation_id):
        mail.ending(to, _organisation(event.organisation_id), event.days)


def mail_expiry(event: VerificationExpired) -> None:
    for to in _owners(event.organisation_id):
        mail.expired(to, _organisation(event.organisation_id))


def mail_colleague(event: ColleagueJoined) -> None:
    member = db.session.get_one(Member, event.member_id)
    for to in _owners(event.organisation_id):
        mail.joined(to, _organisation(event.organisation_id), member)


def mail_claim(event: RequestSubmitted) -> None:
    """Owners know their colleagues best."""
    if event.kind != RequestKind.CLAIM:
        return
    member = db.session.get_one(Member, event.member_id)
    for to in _owners(event.organisation_id):
        mail.claimed(to, _organisation(event.organisation_id), member)


def mail_answer(event: InvitationAnswered) -> None:
    invitation = _invitation(event.invitation_id)
    inviter = db.session.get_one(Member, invitation.invited_by_id)
    mail.answered(recipient_of(inviter), invitation, _organisation(invitation.organisation_id), accepted=event.accepted)


def mail_represent(event: MemberConfirmed) -> None:
    """Only to somebody who said so at sign-up, and belongs to nothing yet."""
    member = db.session.get(Member, event.member_id)
    if member is None or not member.represents or member.state == MemberState.ERASED:
        return
    belongs = select(Affiliation.id).where(Affiliation.member_id == member.id)
    if not db.session.scalar(select(belongs.exists())):
        mail.represent(recipient_of(member))


def _request(request_id: MembershipRequestId) -> MembershipRequest:
    return db.session.get_one(MembershipRequest, request_id)


def _invitation(invitation_id: InvitationId) -> Invitation:
    return db.session.get_one(Invitation, invitation_id)


def _organisation(organisation_id: OrganisationId) -> Organisation:
    return db.session.get_one(Organisation, organisation_id)


def _invited(invitation: Invitation) -> Recipient:
    """A member in their language, a stranger in the inviter's."""
    member = db.session.get(Member, invitation.member_id or invitation.invited_by_id)
    language = member.interface_language if member else None
    name = member.username if member and invitation.member_id else invitation.email
    return Recipient(invitation.email, name, language)


def _asking(request: MembershipRequest) -> list[Recipient]:
    """Whoever asked, and the organisation's owners unless it is somebody's claim."""
    member = db.session.get_one(Member, request.member_id)
    asking = {member.id: recipient_of(member)}
    if request.kind != RequestKind.CLAIM:
        asking |= {one.id: recipient_of(one) for one in _owning(request.organisation_id)}
    return list(asking.values())


def _owners(organisation_id: OrganisationId) -> list[Recipient]:
    return [recipient_of(member) for member in _owning(organisation_id)]


def _owning(organisation_id: OrganisationId) -> Iterator[Member]:
    owning = (Affiliation.organisation_id == organisation_id, Affiliation.right == Right.OWNER)
    running = (Affiliation.ended_at.is_(None), Member.state != MemberState.ERASED)
    yield from db.session.scalars(
        select(Member)
        .join(Affiliation, Affiliation.member_id == Member.id)
        .where(*owning, *running)
        .order_by(Affiliation.started_at, Member.id)
    )
