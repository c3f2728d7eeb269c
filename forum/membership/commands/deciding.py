"""What moderators decide about organisations. Who decides, and with which proofs, is checked here, whoever calls."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, Right
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.kernel.events import record
from forum.kernel.ids import MembershipRequestId, OrganisationId
from forum.membership import policy
from forum.membership.commands.rows import as_sent, checked_words, count_proven, locked, move_to, say
from forum.membership.errors import NotModerator, NotWaiting, OwnRequest, ProofsMissing
from forum.membership.events import QuestionAsked, RequestDecided
from forum.membership.models import MembershipRequest, RequestKind, Stage
from forum.organisations import commands as organisations
from forum.organisations.commands import VERIFIED_FOR, Place, get_locked
from forum.organisations.details import FROZEN, Details
from forum.organisations.errors import CodeTaken
from forum.organisations.events import OrganisationChanged
from forum.organisations.models import Affiliation, Organisation, Verification
from forum.organisations.policy import FIRST_POSTS


def take_up(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    """A moderator looks at it; from submitted to in review. Again, or later, it changes nothing."""
    request = _decidable(actor, request_id)
    if request.stage == Stage.SUBMITTED:
        move_to(request, get_locked(request.organisation_id), Stage.IN_REVIEW)
    return request


def ask(actor: Actor, request_id: MembershipRequestId, words: str) -> MembershipRequest:
    """More is needed to decide. Raises what verify raises, or ReasonMissing."""
    request = _decidable(actor, request_id)
    said = checked_words(words, "facts", needed=_("Write what you need to know."))
    say(request, "moderator", said)
    move_to(request, get_locked(request.organisation_id), Stage.INFORMATION_ASKED)
    record(QuestionAsked(request.id, said))
    return request


def verify(actor: Actor, request_id: MembershipRequestId, words: str = "") -> MembershipRequest:
    """It is who it says: what was asked for holds from now on.

    Raises NoSuchRequest, NotModerator, OwnRequest, NotWaiting, ProofsMissing, NameTaken, CodeTaken or HereAlready.
    """
    request = _decidable(actor, request_id)
    organisation = get_locked(request.organisation_id)
    kind = request.wanted.get("kind", organisation.kind)
    have, need = count_proven(request), policy.proofs_needed(request, kind)
    if have < need:
        raise ProofsMissing(have, need)
    _GRANTS[RequestKind(request.kind)](request, organisation)
    request.reason = checked_words(words, "facts")
    _decide(request, organisation, actor, Stage.GRANTED)
    return request


def reject(actor: Actor, request_id: MembershipRequestId, reason: str) -> MembershipRequest:
    """With the reason that the applicant reads. Raises what verify raises, or ReasonMissing."""
    request = _decidable(actor, request_id)
    request.reason = checked_words(reason, "facts", needed=_("Write the reason: the applicant reads it."))
    _decide(request, get_locked(request.organisation_id), actor, Stage.REJECTED)
    return request


def suspend(actor: Actor, organisation_id: OrganisationId, reason: str) -> Organisation:
    """The mark goes, and nobody speaks in its name, until a moderator gives it back. Whoever calls tells its owners.

    Raises NotModerator, OwnRequest, Refused or ReasonMissing.
    """
    organisation = judged(actor, organisation_id)
    checked_words(reason, "facts", needed=_("Write the reason: the organisation’s owners read it."))
    if organisation.state != Verification.VERIFIED:
        raise Refused(_("Only a verified organisation can be suspended. Look at it again."))
    organisation.state = Verification.SUSPENDED
    record(OrganisationChanged(organisation.id))
    return organisation


def reinstate(actor: Actor, organisation_id: OrganisationId) -> Organisation:
    """Back to where its time says: verified, or expired meanwhile. Raises Refused or CodeTaken."""
    organisation = judged(actor, organisation_id)
    if organisation.state != Verification.SUSPENDED:
        raise Refused(_("It isn’t suspended any more. Look at it again."))
    until = organisation.verified_until
    is_over = until is not None and until + policy.GRACE < clock.now()
    _turn(organisation, Verification.EXPIRED if is_over else Verification.VERIFIED)
    record(OrganisationChanged(organisation.id))
    return organisation


def put_back(organisation_id: OrganisationId, state: Verification) -> None:
    """A suspension, or its end, is taken back. Raises CodeTaken."""
    organisation = get_locked(organisation_id)
    _turn(organisation, state)
    record(OrganisationChanged(organisation.id))


def _decidable(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    if not actor.is_moderator:
        raise NotModerator
    request = locked(request_id)
    if not policy.can_decide(actor, request):
        raise OwnRequest
    if request.stage not in policy.DECIDABLE:
        raise NotWaiting
    return request


def judged(actor: Actor, organisation_id: OrganisationId) -> Organisation:
    """Locked, for a moderator who doesn't belong to it. Raises NotModerator or OwnRequest."""
    if not actor.is_moderator:
        raise NotModerator
    if organisation_id in actor.rights:
        raise OwnRequest
    return get_locked(organisation_id)


def _decide(request: MembershipRequest, organisation: Organisation, actor: Actor, stage: Stage) -> None:
    move_to(request, organisation, stage)
    request.decided_at, request.decided_by_id = clock.now(), actor.id
    record(RequestDecided(request.id, stage is Stage.GRANTED))
    record(OrganisationChanged(organisation.id))


def _grant_application(request: MembershipRequest, organisation: Organisation) -> None:
    if as_sent(organisation) != request.wanted:
        raise NotWaiting
    organisations.refuse_known_name(organisation.name, organisation.id)
    if organisation.verified_at is None:
        organisation.first_posts_left = FIRST_POSTS
    organisation.verified_at = clock.now()
    organisation.verified_until = clock.now() + VERIFIED_FOR
    _turn(organisation, Verification.VERIFIED)
    mine = (Affiliation.organisation_id == organisation.id, Affiliation.member_id == request.member_id)
    db.session.execute(update(Affiliation).where(*mine, Affiliation.ended_at.is_(None)).values(public=True))


def _grant_rename(request: MembershipRequest, organisation: Organisation) -> None:
    organisations.refuse_known_name(request.wanted["name"], organisation.id)
    organisations.refuse_taken_code(request.wanted["code"], organisation.id)
    kept = {field: getattr(organisation, field) for field in Details.__dataclass_fields__}
    organisations.rewrite(organisation, Details(**(kept | {field: request.wanted[field] for field in FROZEN})))


def _grant_renewal(_request: MembershipRequest, organisation: Organisation) -> None:
    """The year is added to the one that runs; a suspended organisation stays suspended."""
    end = organisation.verified_until or clock.now()
    organisation.verified_until = max(end, clock.now() - timedelta(seconds=1)) + VERIFIED_FOR
    if organisation.state == Verification.EXPIRED:
        _turn(organisation, Verification.VERIFIED)


def _grant_claim(request: MembershipRequest, organisation: Organisation) -> None:
    member = db.session.scalars(select(Member).where(Member.id == request.member_id)).one()
    place = organisations.checked_place(Place(Right(request.wanted["right"]), request.wanted["title"]))
    organisations.start_affiliation(member, organisation.id, place)


_GRANTS = {
    RequestKind.APPLICATION: _grant_application,
    RequestKind.RENAME: _grant_rename,
    RequestKind.RENEWAL: _grant_renewal,
    RequestKind.CLAIM: _grant_claim,
}


def _turn(organisation: Organisation, state: Verification) -> None:
    """Raises CodeTaken where another verified organisation has its code."""
    if state is Verification.VERIFIED:
        organisations.refuse_taken_code(organisation.code, organisation.id)
    try:
        with db.session.begin_nested():
            organisation.state = state
    except IntegrityError as error:
        raise CodeTaken(organisation.code, organisation.name) from error
