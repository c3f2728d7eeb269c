"""An organisation's application, from its first draft until a moderator has it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, update

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, Right
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MembershipRequestId
from forum.kernel.slugs import is_slug
from forum.membership import policy
from forum.membership.commands.rows import as_sent, checked_words, insert, looked_after, move_to, say
from forum.membership.errors import NotWaiting, TooManyApplications, WrongParent, may_not_send
from forum.membership.events import QuestionAnswered, RequestSubmitted, RequestWithdrawn
from forum.membership.models import OPEN_STAGES, MembershipRequest, Method, Proof, ProofState, RequestKind, Stage
from forum.organisations import commands as organisations
from forum.organisations.commands import Place, get_locked
from forum.organisations.details import Details
from forum.organisations.models import Organisation, Verification


@dataclass(frozen=True)
class Application:
    """`details` are rendered; `parent` is the slug of the organisation that it is a department of, or empty; `title` is
    what the applicant is there."""

    details: Details
    parent: str = ""
    title: str = ""


def start(actor: Actor, application: Application) -> MembershipRequest:
    """A draft that only the applicant, as its owner, and moderators see. One's own place isn't shown until then.

    Raises Forbidden, Invalid, NameTaken, CodeTaken, WrongParent or TooManyApplications.
    """
    if not policy.can_apply(actor):
        raise may_not_send(actor)
    _refuse_too_many(actor)
    parent = _parent(application.parent)
    place = organisations.checked_place(Place(Right.OWNER, application.title, public=False))
    organisation = organisations.found(application.details, parent.id if parent else None)
    organisations.start_affiliation(db.session.get_one(Member, actor.id), organisation.id, place)
    request = insert(_draft(actor, organisation))
    if parent is not None and actor.rights.get(parent.id) is Right.OWNER:
        _vouch(request, parent)
    return request


def start_again(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    """After a rejection or a withdrawal: a new draft, with what was proven before. Raises NoSuchRequest, NotWaiting."""
    old = looked_after(actor, request_id)
    organisation = get_locked(old.organisation_id)
    if old.kind != RequestKind.APPLICATION or old.stage not in {Stage.REJECTED, Stage.WITHDRAWN}:
        raise NotWaiting
    request = _draft(actor, organisation)
    request.words = old.words
    insert(request)
    move_to(request, organisation, Stage.DRAFT)
    mine = (Proof.request_id == old.id, Proof.state == ProofState.PROVEN, Proof.domain == organisation.domain)
    db.session.execute(update(Proof).where(*mine).values(request_id=request.id))
    return request


def submit(actor: Actor, request_id: MembershipRequestId, words: str) -> MembershipRequest:
    """From now on it waits for a moderator. Raises NoSuchRequest, Forbidden, Invalid or NotWaiting."""
    request = looked_after(actor, request_id)
    if not policy.can_send(actor):
        raise may_not_send(actor)
    if request.stage != Stage.DRAFT:
        raise NotWaiting
    request.words = checked_words(words)
    organisation = get_locked(request.organisation_id)
    request.wanted, request.submitted_at = as_sent(organisation), clock.now()
    move_to(request, organisation, Stage.SUBMITTED)
    record(RequestSubmitted(request.id, request.kind, request.organisation_id, request.member_id))
    return request


def answer(actor: Actor, request_id: MembershipRequestId, words: str) -> MembershipRequest:
    """What the moderator asked for. Raises NoSuchRequest, Invalid, ReasonMissing or NotWaiting."""
    request = looked_after(actor, request_id)
    if request.stage != Stage.INFORMATION_ASKED:
        raise NotWaiting
    said = checked_words(words, "answer", needed=_("Write what the moderator asked for."))
    organisation = get_locked(request.organisation_id)
    say(request, "applicant", said)
    if request.kind == RequestKind.APPLICATION:
        request.wanted = as_sent(organisation)
    move_to(request, organisation, Stage.IN_REVIEW)
    record(QuestionAnswered(request.id))
    return request


def withdraw(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    """Twice is once. Raises NoSuchRequest or NotWaiting."""
    request = looked_after(actor, request_id)
    if request.stage == Stage.WITHDRAWN:
        return request
    if request.stage not in OPEN_STAGES:
        raise NotWaiting
    move_to(request, get_locked(request.organisation_id), Stage.WITHDRAWN)
    record(RequestWithdrawn(request.id))
    return request


def _draft(actor: Actor, organisation: Organisation) -> MembershipRequest:
    return MembershipRequest(
        kind=RequestKind.APPLICATION, organisation_id=organisation.id, member_id=actor.id, stage=Stage.DRAFT
    )


def _refuse_too_many(actor: Actor) -> None:
    mine = (MembershipRequest.member_id == actor.id, MembershipRequest.kind == RequestKind.APPLICATION)
    waiting = select(func.count()).where(*mine, MembershipRequest.stage.in_(OPEN_STAGES))
    if (db.session.scalar(waiting) or 0) >= policy.MOST_OPEN_APPLICATIONS:
        raise TooManyApplications(policy.MOST_OPEN_APPLICATIONS)


def _parent(slug: str) -> Organisation | None:
    if not slug:
        return None
    is_it = (Organisation.slug == slug, Organisation.state == Verification.VERIFIED, Organisation.parent_id.is_(None))
    parent = db.session.scalar(select(Organisation).where(*is_it)) if is_slug(slug) else None
    if parent is None:
        raise WrongParent
    return parent


def _vouch(request: MembershipRequest, parent: Organisation) -> None:
    """Its owner starts the department's application: the parent knows of it."""
    now = clock.now()
    db.session.add(
        Proof(
            request_id=request.id, method=Method.PARENT, state=ProofState.PROVEN, domain=parent.domain,
            created_at=now, proven_at=now,
        )
    )  # fmt: skip
