"""What membership holds about a member: what they asked for in an organisation's matters, and invitations to them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, or_, select, update

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows
from forum.membership.events import RequestWithdrawn
from forum.membership.models import OPEN_STAGES, Invitation, InvitationState, MembershipRequest, Proof, Stage

_HIDDEN = frozenset({"token_hash", "email_key"})


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    _withdraw_open(member_id)
    _forget_words(member_id)
    _forget_invitations(member_id)
    return False


def _withdraw_open(member_id: MemberId) -> None:
    """Nobody would answer a question about it any more."""
    waiting = select(MembershipRequest).where(
        MembershipRequest.member_id == member_id, MembershipRequest.stage.in_(OPEN_STAGES)
    )
    for request in db.session.scalars(waiting).all():
        request.stage = Stage.WITHDRAWN
        record(RequestWithdrawn(request.id))
    db.session.flush()


def _forget_words(member_id: MemberId) -> None:
    """That it was asked and decided belongs to the organisation; what was written, and from which address, doesn't."""
    mine = select(MembershipRequest.id).where(MembershipRequest.member_id == member_id)
    db.session.execute(update(Proof).where(Proof.request_id.in_(mine)).values(address=""))
    for request in db.session.scalars(select(MembershipRequest).where(MembershipRequest.member_id == member_id)):
        request.words, request.talk = "", []
        request.wanted = {name: value for name, value in request.wanted.items() if name != "title"}
    db.session.flush()


def _forget_invitations(member_id: MemberId) -> None:
    """Open ones go; of answered ones it stays that there were some."""
    db.session.execute(delete(Invitation).where(_to(member_id), Invitation.state == InvitationState.OPEN))
    db.session.execute(
        update(Invitation)
        .where(or_(_to(member_id), Invitation.accepted_by_id == member_id))
        .values(email="", email_key="", title="", member_id=None),
        execution_options={"synchronize_session": False},
    )


def _to(member_id: MemberId) -> ColumnElement[bool]:
    key = select(Member.email_key).where(Member.id == member_id).scalar_subquery()
    return or_(Invitation.member_id == member_id, Invitation.email_key == key)


PART = Part(
    (
        Rows(MembershipRequest.member_id, Fate.CHANGED, title=_("What you asked for organisations")),
        Rows(MembershipRequest.decided_by_id, Fate.STAYS, why="a moderator's act about an organisation"),
        Rows(Proof.seen_by_id, Fate.STAYS, why="a moderator's act about an organisation"),
        Rows(Invitation.member_id, Fate.CHANGED, title=_("Invitations to you"), hidden=_HIDDEN),
        Rows(Invitation.invited_by_id, Fate.STAYS, why="holds the address of somebody else; the organisation's"),
        Rows(Invitation.accepted_by_id, Fate.CHANGED, why="given as an invitation, and as where you belong"),
    ),
    _erase,
)
