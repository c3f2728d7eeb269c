"""What is asked of moderators later on: another name, another year, a place in an organisation."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, Right
from forum.kernel.db import db
from forum.kernel.errors import Invalid, NotFound, Refused
from forum.kernel.events import record
from forum.kernel.ids import OrganisationId
from forum.membership import policy
from forum.membership.commands.rows import as_sent, checked_words, insert
from forum.membership.errors import NoDomainMatch, may_not_send
from forum.membership.events import ColleagueJoined, RequestSubmitted
from forum.membership.models import MembershipRequest, RequestKind, Stage
from forum.organisations import commands as organisations
from forum.organisations import policy as organisations_policy
from forum.organisations.commands import Place, get_locked
from forum.organisations.details import FROZEN, Details, checked
from forum.organisations.errors import HereAlready, NotOwner
from forum.organisations.models import Affiliation, Organisation, Verification


def rename(actor: Actor, organisation_id: OrganisationId, wanted: Details, words: str) -> MembershipRequest:
    """Another name, code, kind or domain for a verified organisation; what is there stays until a moderator decides.

    Raises NotOwner, Invalid, Refused, NameTaken, CodeTaken or OpenAlready.
    """
    organisation = _owned(actor, organisation_id)
    kept = checked(replace(wanted, description="", description_html=""))
    if not organisations_policy.is_frozen(organisation):
        raise Refused(_("Only what was verified needs a moderator. Change it with the other details."))
    asked = {field: str(getattr(kept, field)) for field in FROZEN}
    if asked == as_sent(organisation):
        raise Invalid(_("Nothing differs from what is there. Change what you want changed."))
    organisations.refuse_known_name(kept.name, organisation.id)
    organisations.refuse_taken_code(kept.code, organisation.id)
    request = _sent(actor, organisation, RequestKind.RENAME, words)
    request.wanted = {**asked, "old_domain": organisation.domain}
    return _opened(request)


def renew(actor: Actor, organisation_id: OrganisationId, words: str = "") -> MembershipRequest:
    """Another year. Raises NotOwner, Invalid, Refused or OpenAlready."""
    organisation = _owned(actor, organisation_id)
    if not policy.is_renewable(organisation, clock.now()):
        raise Refused(_("It’s too early: a verification can be renewed in the last 60 days before its end."))
    request = _sent(actor, organisation, RequestKind.RENEWAL, words)
    request.wanted = as_sent(organisation)
    return _opened(request)


def claim(actor: Actor, organisation_id: OrganisationId, place: Place, words: str) -> MembershipRequest:
    """Somebody says that they represent an organisation that is here already.

    Raises Forbidden, NotFound, Invalid, HereAlready or OpenAlready.
    """
    if not policy.can_send(actor):
        raise may_not_send(actor)
    organisation = get_locked(organisation_id)
    kept = organisations.checked_place(place)
    _refuse_here(actor, organisation)
    request = _sent(actor, organisation, RequestKind.CLAIM, words)
    request.wanted = {"right": kept.right, "title": kept.title}
    return _opened(request)


def join(actor: Actor, organisation_id: OrganisationId, title: str) -> Affiliation:
    """By the domain of one's confirmed address, as a contributor and never more. Raises Forbidden, Invalid, HereAlready
    or NoDomainMatch."""
    if not policy.can_send(actor):
        raise may_not_send(actor)
    organisation, member = get_locked(organisation_id), db.session.get_one(Member, actor.id)
    place = organisations.checked_place(Place(Right.CONTRIBUTOR, title))
    if not policy.matches(member, organisation):
        raise NoDomainMatch
    affiliation = organisations.start_affiliation(member, organisation.id, place)
    record(ColleagueJoined(organisation.id, member.id))
    return affiliation


def _owned(actor: Actor, organisation_id: OrganisationId) -> Organisation:
    organisation = get_locked(organisation_id)
    if actor.rights.get(organisation.id) is not Right.OWNER:
        raise NotOwner
    if not policy.can_send(actor):
        raise may_not_send(actor)
    return organisation


def _refuse_here(actor: Actor, organisation: Organisation) -> None:
    if organisation.id in actor.rights:
        raise HereAlready(actor.name)
    if organisation.state in {Verification.DRAFT, Verification.REJECTED}:
        raise NotFound(_("There is no organisation at this address."))


def _sent(actor: Actor, organisation: Organisation, kind: RequestKind, words: str) -> MembershipRequest:
    return MembershipRequest(
        kind=kind, organisation_id=organisation.id, member_id=actor.id, stage=Stage.SUBMITTED,
        words=checked_words(words), submitted_at=clock.now(),
    )  # fmt: skip


def _opened(request: MembershipRequest) -> MembershipRequest:
    insert(request)
    record(RequestSubmitted(request.id, request.kind, request.organisation_id, request.member_id))
    return request
