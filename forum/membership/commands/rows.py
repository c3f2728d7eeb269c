"""Requests as rows: found, locked, written."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid, Words
from forum.kernel.ids import MembershipRequestId
from forum.kernel.text.source import clean_source
from forum.membership import policy
from forum.membership.errors import NoSuchRequest, OpenAlready, ReasonMissing
from forum.membership.models import MembershipRequest, Proof, ProofState, RequestKind, Stage
from forum.organisations.details import FROZEN
from forum.organisations.models import Organisation, Verification

# How an application's stage shows in the organisation's own state.
_MIRROR = {
    Stage.DRAFT: Verification.DRAFT,
    Stage.SUBMITTED: Verification.SUBMITTED,
    Stage.IN_REVIEW: Verification.IN_REVIEW,
    Stage.INFORMATION_ASKED: Verification.INFORMATION_ASKED,
    Stage.REJECTED: Verification.REJECTED,
    Stage.WITHDRAWN: Verification.DRAFT,
}


def locked(request_id: MembershipRequestId) -> MembershipRequest:
    """Until the end of the transaction nobody else's to change. Raises NoSuchRequest."""
    request = db.session.scalar(
        select(MembershipRequest)
        .where(MembershipRequest.id == request_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if request is None:
        raise NoSuchRequest
    return request


def looked_after(actor: Actor, request_id: MembershipRequestId) -> MembershipRequest:
    """Locked, for whoever it belongs to. Raises NoSuchRequest."""
    request = locked(request_id)
    if not policy.can_look_after(actor, request):
        raise NoSuchRequest
    return request


def insert(request: MembershipRequest) -> MembershipRequest:
    """Raises OpenAlready where the same waits already."""
    request.created_at = clock.now()
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError as error:
        raise OpenAlready from error
    return request


def move_to(request: MembershipRequest, organisation: Organisation, stage: Stage) -> None:
    """The organisation is locked. Only an application's stage shows in its state."""
    request.stage = stage
    if request.kind == RequestKind.APPLICATION and stage in _MIRROR:
        organisation.state = _MIRROR[stage]
        organisation.verified_at = None


def as_sent(organisation: Organisation) -> dict[str, str]:
    return {field: str(getattr(organisation, field)) for field in FROZEN}


def say(request: MembershipRequest, by: str, words: str) -> None:
    request.talk = [*request.talk, {"by": by, "words": words, "at": clock.now().isoformat()}]


def count_proven(request: MembershipRequest) -> int:
    proven = (Proof.request_id == request.id, Proof.state == ProofState.PROVEN)
    return db.session.scalar(select(func.count()).select_from(Proof).where(*proven)) or 0


def checked_words(words: str, field: str = "words", *, needed: Words | None = None) -> str:
    """Plain text. Raises Invalid for too much of it, ReasonMissing with `needed` for none."""
    cleaned = clean_source(words).strip()
    if len(cleaned) > policy.MAX_WORDS:
        message = _("Shorten this to %(most)s characters.", most=f"{policy.MAX_WORDS:,}")
        raise Invalid(message, {field: message})
    if needed is not None and not cleaned:
        raise ReasonMissing(field, needed)
    return cleaned
