"""Finding one's organisation: by the domain of one's address, or by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MembershipRequestId
from forum.kernel.lines import one_line
from forum.membership import policy
from forum.membership.models import OPEN_STAGES, MembershipRequest, RequestKind
from forum.membership.queries.requests import RequestLine, own_requests
from forum.organisations import policy as organisations_policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation, Verification
from forum.organisations.queries import Wanted, page_of_organisations

FOUND_AT_MOST = 8


@dataclass(frozen=True)
class Start:
    """`matches` have the domain of one's confirmed address; `found` the words looked for. `said` is what was written at
    sign-up; `parents` may have departments."""

    email_domain: str
    matches: tuple[Plate, ...]
    words: str
    found: tuple[Plate, ...]
    said: str
    own: tuple[RequestLine, ...]
    parents: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ClaimPage:
    """`open_id` is one's own claim that waits, `is_here` whether one belongs to it already."""

    plate: Plate
    state: str
    matches: bool
    is_here: bool
    open_id: MembershipRequestId | None


def start_page(actor: Actor, words: str) -> Start:
    member = db.session.get_one(Member, actor.id)
    domain = (member.email_key or "").rpartition("@")[2] if member.confirmed_at else ""
    wanted = one_line(words) or member.represents
    return Start(
        email_domain=domain,
        matches=tuple(plate_of(one) for one in _at(domain)),
        words=wanted,
        found=_named(wanted, actor),
        said=member.represents,
        own=own_requests(actor),
        parents=tuple((one.slug, one.name) for one in _parents(actor)),
    )


def claim_page(organisation: Organisation, actor: Actor) -> ClaimPage:
    member = db.session.get_one(Member, actor.id)
    mine = (MembershipRequest.member_id == actor.id, MembershipRequest.organisation_id == organisation.id)
    waiting = (MembershipRequest.kind == RequestKind.CLAIM, MembershipRequest.stage.in_(OPEN_STAGES))
    return ClaimPage(
        plate=plate_of(organisation),
        state=organisation.state,
        matches=policy.matches(member, organisation),
        is_here=organisation.id in actor.rights,
        open_id=db.session.scalar(select(MembershipRequest.id).where(*mine, *waiting)),
    )


def _at(domain: str) -> Sequence[Organisation]:
    """Verified organisations of this domain or of one above it, the nearest first."""
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(max(len(labels) - 1, 0))]
    wanted = [one for one in above if policy.is_at(domain, one)]
    if not wanted:
        return ()
    here = (Organisation.state == Verification.VERIFIED, Organisation.domain.in_(wanted))
    found = db.session.scalars(select(Organisation).where(*here).order_by(Organisation.name).limit(FOUND_AT_MOST)).all()
    return sorted(found, key=lambda one: -len(one.domain))


def _named(words: str, actor: Actor) -> tuple[Plate, ...]:
    if not words:
        return ()
    rows = page_of_organisations(actor, Wanted(words)).rows
    return tuple(row.plate for row in rows[:FOUND_AT_MOST] if row.plate.id not in actor.rights)


def _parents(actor: Actor) -> Sequence[Organisation]:
    """Those that the actor belongs to; another one's department is begun by its own people."""
    mine = (Organisation.id.in_(actor.rights), Organisation.parent_id.is_(None))
    found = db.session.scalars(select(Organisation).where(*mine).order_by(Organisation.name))
    return [one for one in found if organisations_policy.is_verified(one)]
