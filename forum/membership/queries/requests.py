"""Requests as their people and moderators read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import MembershipRequestId, OrganisationId
from forum.membership import policy
from forum.membership.errors import NoSuchRequest
from forum.membership.models import OPEN_STAGES, MembershipRequest, Method, ProofState, RequestKind
from forum.membership.queries.proofs import ProofLine, proofs_of
from forum.membership.words import FIELDS, HOW, KINDS, METHODS, STAGES
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.details import FROZEN
from forum.organisations.models import Organisation
from forum.organisations.words import KINDS as ORGANISATION_KINDS
from forum.organisations.words import RIGHTS, STATES, country_name


@dataclass(frozen=True)
class Said:
    by_moderator: bool
    words: str
    at: datetime


@dataclass(frozen=True)
class Wish:
    """A line of what is asked for: `before` is empty where nothing is there yet."""

    label: Words
    before: Words
    after: Words


@dataclass(frozen=True)
class RequestLine:
    id: MembershipRequestId
    plate: Plate
    kind_name: Words
    stage: str
    stage_name: Words
    submitted_at: datetime | None

    @property
    def address(self) -> str:
        return f"/membership/{self.id}"


@dataclass(frozen=True)
class RequestPage:
    """`have` of `need` proofs are there; `methods` are those that may still be begun. `domain` is the one to prove."""

    line: RequestLine
    kind: str
    is_open: bool
    facts: tuple[Words, ...]
    parent: Plate | None
    description_html: str
    domain: str
    applicant: MemberCard
    applicant_domain: str
    applicant_matches: bool
    wishes: tuple[Wish, ...]
    words: str
    talk: tuple[Said, ...]
    reason: str
    decided_at: datetime | None
    proofs: tuple[ProofLine, ...]
    methods: tuple[tuple[str, Words, Words], ...]
    have: int
    need: int


@dataclass(frozen=True)
class Standing:
    """An organisation's verification and everything that was asked about it. The open ones come first."""

    plate: Plate
    state: str
    state_name: Words
    verified_at: datetime | None
    verified_until: datetime | None
    is_renewable: bool
    is_frozen_now: bool
    requests: tuple[RequestLine, ...]


def get_request(request_id: MembershipRequestId, actor: Actor) -> RequestPage:
    """Raises NoSuchRequest, also for somebody whom it doesn't concern."""
    row = db.session.execute(
        select(MembershipRequest, Organisation, Member)
        .join(Organisation, Organisation.id == MembershipRequest.organisation_id)
        .join(Member, Member.id == MembershipRequest.member_id)
        .where(MembershipRequest.id == request_id)
    ).first()
    if row is None or not policy.can_see(actor, row.MembershipRequest):
        raise NoSuchRequest
    return _page(row.MembershipRequest, row.Organisation, row.Member)


def get_standing(organisation: Organisation) -> Standing:
    """Claims are their claimants': they aren't in it."""
    rows = db.session.scalars(
        select(MembershipRequest)
        .where(MembershipRequest.organisation_id == organisation.id, MembershipRequest.kind != RequestKind.CLAIM)
        .order_by(MembershipRequest.id.desc())
        .limit(20)
    ).all()
    requests = sorted(rows, key=lambda row: row.stage not in OPEN_STAGES)
    return Standing(
        plate=plate_of(organisation),
        state=organisation.state,
        state_name=STATES[organisation.state],
        verified_at=organisation.verified_at,
        verified_until=organisation.verified_until,
        is_renewable=policy.is_renewable(organisation, clock.now()) and not _has_open(rows, RequestKind.RENEWAL),
        is_frozen_now=_has_open(rows, RequestKind.RENAME),
        requests=tuple(_line(row, organisation) for row in requests),
    )


def own_requests(actor: Actor) -> tuple[RequestLine, ...]:
    """What the actor asked for and nobody has decided on, the newest first."""
    mine = (MembershipRequest.member_id == actor.id, MembershipRequest.stage.in_(OPEN_STAGES))
    rows = db.session.execute(
        select(MembershipRequest, Organisation)
        .join(Organisation, Organisation.id == MembershipRequest.organisation_id)
        .where(*mine)
        .order_by(MembershipRequest.id.desc())
    )
    return tuple(_line(row.MembershipRequest, row.Organisation) for row in rows)


def parent_of(parent_id: OrganisationId | None) -> Plate | None:
    parent = db.session.get(Organisation, parent_id) if parent_id else None
    return plate_of(parent) if parent else None


def _has_open(rows: Sequence[MembershipRequest], kind: RequestKind) -> bool:
    return any(row.kind == kind and row.stage in OPEN_STAGES for row in rows)


def _line(request: MembershipRequest, organisation: Organisation) -> RequestLine:
    return RequestLine(
        id=request.id,
        plate=plate_of(organisation),
        kind_name=KINDS[request.kind],
        stage=request.stage,
        stage_name=STAGES[request.stage],
        submitted_at=request.submitted_at,
    )


def _page(request: MembershipRequest, organisation: Organisation, member: Member) -> RequestPage:
    proofs = proofs_of(request.id)
    email_domain = (member.email_key or "").rpartition("@")[2] if member.confirmed_at else ""
    domain = request.wanted["domain"] if request.kind == RequestKind.RENAME else organisation.domain
    return RequestPage(
        line=_line(request, organisation),
        kind=request.kind,
        is_open=request.stage in OPEN_STAGES,
        facts=(ORGANISATION_KINDS[organisation.kind], organisation.city, country_name(organisation.country)),
        parent=parent_of(organisation.parent_id),
        description_html=organisation.description_html,
        domain=domain,
        applicant=card_of(member),
        applicant_domain=email_domain,
        applicant_matches=policy.is_at(email_domain, domain),
        wishes=_wishes(request, organisation),
        words=request.words,
        talk=tuple(_said(one) for one in request.talk),
        reason=request.reason,
        decided_at=request.decided_at,
        proofs=proofs,
        methods=_methods(request, proofs, domain),
        have=sum(proof.state == ProofState.PROVEN for proof in proofs),
        need=policy.proofs_needed(request, request.wanted.get("kind", organisation.kind)),
    )


def _said(one: dict[str, str]) -> Said:
    return Said(one["by"] == "moderator", one["words"], datetime.fromisoformat(one["at"]))


def _wishes(request: MembershipRequest, organisation: Organisation) -> tuple[Wish, ...]:
    if request.kind == RequestKind.CLAIM:
        return (
            Wish(FIELDS["right"], "", RIGHTS[request.wanted["right"]]),
            Wish(FIELDS["title"], "", request.wanted["title"]),
        )
    if request.kind == RequestKind.RENAME:
        pairs = ((field, str(getattr(organisation, field)), request.wanted[field]) for field in FROZEN)
        return tuple(
            Wish(FIELDS[field], _shown(field, old), _shown(field, new)) for field, old, new in pairs if old != new
        )
    return tuple(Wish(FIELDS[field], "", _shown(field, str(getattr(organisation, field)))) for field in FROZEN)


def _shown(field: str, value: str) -> Words:
    return ORGANISATION_KINDS.get(value, value) if field == "kind" else value


def _methods(
    request: MembershipRequest, proofs: tuple[ProofLine, ...], domain: str
) -> tuple[tuple[str, Words, Words], ...]:
    begun = {proof.method for proof in proofs}
    possible = [Method.MAIL, Method.DNS, Method.FILE, Method.LETTER] if domain else [Method.LETTER]
    if request.stage not in OPEN_STAGES:
        return ()
    return tuple((method, METHODS[method], HOW[method]) for method in possible if method not in begun)
