"""Who is shown to whom."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState

# An address nobody confirmed may be anybody's, and a new name is an easy place for advertising; the erased are gone.
HIDDEN = frozenset({MemberState.UNCONFIRMED, MemberState.ERASED})


def can_see(actor: Actor, member: Member) -> bool:
    """Members in good standing or not are public; who never confirmed is seen by moderators and by themselves."""
    if member.state == MemberState.ERASED:
        return False
    return member.state not in HIDDEN or member.id == actor.member_id or actor.is_moderator


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of can_see."""
    if actor.is_moderator:
        return Member.state != MemberState.ERASED
    seen = Member.state.not_in(HIDDEN)
    if actor.member_id is None:
        return seen
    return or_(seen, (Member.id == actor.member_id) & (Member.state != MemberState.ERASED))


def can_block(actor: Actor, member: Member) -> bool:
    """Anybody but oneself. Whoever is silenced or suspended may still choose what to read."""
    return actor.is_authenticated and actor.member_id != member.id
