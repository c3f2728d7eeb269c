"""Invitations, for owners who sent them and for whoever got one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.accounts.sessions import hash_of
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import InvitationId, OrganisationId
from forum.membership.errors import InvitationDead
from forum.membership.models import Invitation, InvitationState
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation
from forum.organisations.words import RIGHTS, WHAT_RIGHTS_ALLOW


@dataclass(frozen=True)
class InvitationLine:
    """`whom` is the address, or the username of somebody who was asked by it."""

    id: InvitationId
    whom: str
    right_name: Words
    title: str
    expires_at: datetime
    is_expired: bool


@dataclass(frozen=True)
class InvitationPage:
    plate: Plate
    right_name: Words
    allows: Words
    title: str
    inviter: MemberCard
    expires_at: datetime


def open_invitations(organisation_id: OrganisationId) -> tuple[InvitationLine, ...]:
    """Those that nobody answered, the newest first; expired ones too, so that they can be sent again."""
    rows = db.session.execute(
        select(Invitation, Member.username)
        .outerjoin(Member, Member.id == Invitation.member_id)
        .where(Invitation.organisation_id == organisation_id, Invitation.state == InvitationState.OPEN)
        .order_by(Invitation.id.desc())
        .limit(100)
    )
    return tuple(_line(row.Invitation, row.username) for row in rows)


def get_invitation(token: str) -> InvitationPage:
    """Looking at it uses nothing up. Raises InvitationDead."""
    working = (Invitation.state == InvitationState.OPEN, Invitation.expires_at > clock.now())
    row = db.session.execute(
        select(Invitation, Organisation, Member)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Member, Member.id == Invitation.invited_by_id)
        .where(Invitation.token_hash == hash_of(token), *working)
    ).first()
    if row is None:
        raise InvitationDead
    return InvitationPage(
        plate=plate_of(row.Organisation),
        right_name=RIGHTS[row.Invitation.right],
        allows=WHAT_RIGHTS_ALLOW[row.Invitation.right],
        title=row.Invitation.title,
        inviter=card_of(row.Member),
        expires_at=row.Invitation.expires_at,
    )


def _line(invitation: Invitation, username: str | None) -> InvitationLine:
    return InvitationLine(
        id=invitation.id,
        whom=username or invitation.email,
        right_name=RIGHTS[invitation.right],
        title=invitation.title,
        expires_at=invitation.expires_at,
        is_expired=invitation.expires_at <= clock.now(),
    )
