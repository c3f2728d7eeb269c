"""Which organisations would have nobody left to look after them."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.organisations.models import Affiliation, Organisation, Verification
from forum.organisations.queries.order import RUNNING

# Shown to nobody: an application that isn't sent, or was refused.
_UNSEEN = (Verification.DRAFT, Verification.REJECTED)


def only_owner_of(member_id: MemberId) -> tuple[Organisation, ...]:
    """Those whose only owner a member is, by name."""
    other = aliased(Affiliation)
    others = (
        exists()
        .where(other.organisation_id == Organisation.id, other.ended_at.is_(None), other.right == Right.OWNER)
        .where(other.member_id != member_id, other.member_id == Member.id, Member.state != MemberState.ERASED)
    )
    found = db.session.scalars(
        select(Organisation)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.member_id == member_id, Affiliation.right == Right.OWNER, RUNNING)
        .where(Organisation.state.not_in(_UNSEEN), ~others)
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(found)
