"""The end of an account: asked for, taken back, begun, done. Who may, and what goes with it, is privacy's to say."""

from __future__ import annotations

from datetime import datetime

from forum.accounts import sessions, tokens
from forum.accounts.commands.standing import take_member
from forum.accounts.models import Purpose
from forum.kernel.access import MemberState, Role
from forum.kernel.db import db
from forum.kernel.ids import MemberId


def leave(member_id: MemberId, at: datetime) -> None:
    """From now on every page tells them, with a button to stay."""
    take_member(member_id).erase_at = at


def stay(member_id: MemberId) -> None:
    take_member(member_id).erase_at = None


def close(member_id: MemberId) -> None:
    """Nobody is signed in any more, nobody can be, and no page says a name. What else there is goes after that."""
    member = take_member(member_id)
    member.state, member.state_until, member.role = MemberState.ERASED, None, Role.MEMBER
    member.password_hash = None
    sessions.end_all(member_id)
    tokens.end(member_id, frozenset(Purpose))
    db.session.flush()
