"""How a request and its organisation were before a decision, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MembershipRequestId
from forum.membership.commands.rows import locked
from forum.membership.models import MembershipRequest, RequestKind, Stage
from forum.organisations import commands as organisations
from forum.organisations.commands import get_locked
from forum.organisations.details import FROZEN, Details
from forum.organisations.events import AffiliationEnded, OrganisationChanged
from forum.organisations.models import Affiliation


def take(request_id: MembershipRequestId) -> None:
    """Lock what a decision changes, in the order that everybody keeps. Raises NoSuchRequest."""
    get_locked(locked(request_id).organisation_id)


def remember(request_id: MembershipRequestId) -> dict[str, Any]:
    """Plain values, for restore."""
    request = locked(request_id)
    organisation = get_locked(request.organisation_id)
    place = _place(request)
    return {
        "stage": request.stage,
        "state": organisation.state,
        "verified_at": _written(organisation.verified_at),
        "verified_until": _written(organisation.verified_until),
        "first_posts": organisation.first_posts_left,
        "frozen": {field: str(getattr(organisation, field)) for field in FROZEN},
        "public": place.public if place else None,
    }


def restore(request_id: MembershipRequestId, memory: Mapping[str, Any]) -> None:
    """As it was. Raises Refused where somebody took the name or the code meanwhile."""
    request = locked(request_id)
    organisation = get_locked(request.organisation_id)
    was_granted = request.stage == Stage.GRANTED
    request.stage, request.reason, request.decided_at, request.decided_by_id = memory["stage"], "", None, None
    organisation.state = memory["state"]
    organisation.verified_at = _read(memory["verified_at"])
    organisation.verified_until = _read(memory["verified_until"])
    organisation.first_posts_left = memory["first_posts"]
    if request.kind == RequestKind.RENAME and was_granted:
        kept = {field: getattr(organisation, field) for field in Details.__dataclass_fields__}
        organisations.rewrite(organisation, Details(**(kept | memory["frozen"])))
    _restore_place(request, memory, was_granted=was_granted)
    db.session.flush()
    record(OrganisationChanged(organisation.id))


def _restore_place(request: MembershipRequest, memory: Mapping[str, Any], *, was_granted: bool) -> None:
    place = _place(request)
    if place is None or not was_granted:
        return
    if request.kind == RequestKind.CLAIM:
        place.ended_at = clock.now()
        record(AffiliationEnded(place.id, place.organisation_id, place.member_id))
    elif request.kind == RequestKind.APPLICATION and memory["public"] is not None:
        place.public = memory["public"]


def _place(request: MembershipRequest) -> Affiliation | None:
    """Of whoever asked."""
    here = (Affiliation.organisation_id == request.organisation_id, Affiliation.member_id == request.member_id)
    return db.session.scalar(select(Affiliation).where(*here, Affiliation.ended_at.is_(None)))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
