"""Who is shown to whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_

from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState, Role

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


# A phone, a computer, a key in the drawer and a colleague's tablet, twice.
MAX_FACTORS = 10


def must_have_factor(role: str) -> bool:
    """Moderators and administrators: what they can see and undo is worth somebody's while to steal."""
    return role in {Role.MODERATOR, Role.ADMIN}


def factor_due(since: datetime, days: str) -> datetime:
    """Until when they have to set one up, who got their role at `since`."""
    return since + timedelta(days=int(days))
