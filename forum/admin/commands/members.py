"""What administrators do to accounts."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.accounts import queries as accounts
from forum.accounts import sessions
from forum.accounts.commands import give_role, take_member
from forum.accounts.models import Member, MemberSession
from forum.admin.commands.acts import check, keep
from forum.admin.errors import LastAdministrator, NotConfirmed, Stale
from forum.admin.models import Verb
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.moderation import log
from forum.moderation.models import SubjectType


def change_role(actor: Actor, username: str, role: Role, was: str) -> bool:
    """Sign the member out everywhere, so that every page knows it; says whether anything changed.

    Raises NotAdministrator, NotFound, Stale, NotConfirmed or LastAdministrator.
    """
    check(actor)
    able = _administrators()
    member = take_member(accounts.get_member(username, actor).id)
    if member.role == role:
        return False
    if member.role != was:
        raise Stale
    if role is not Role.MEMBER and member.state != MemberState.ACTIVE:
        raise NotConfirmed
    if member.role == Role.ADMIN and not able - {member.id}:
        raise LastAdministrator
    give_role(member, role)
    sessions.end_all(member.id, but=actor.session if member.id == actor.member_id else "")
    keep(actor, Verb.ROLE, member_id=member.id, old=was, new=role)
    log.append(log.Entry(action=Verb.ROLE, subject_type=SubjectType.MEMBER, subject_id=member.id), actor.id)
    return True


def end_sessions(actor: Actor, username: str) -> int:
    """Sign a member out everywhere, oneself everywhere else; says how many browsers that were.

    Raises NotAdministrator or NotFound.
    """
    check(actor)
    member = accounts.get_member(username, actor)
    own = actor.session if member.id == actor.member_id else ""
    running = (MemberSession.member_id == member.id, MemberSession.token_hash != sessions.hash_of(own))
    count = db.session.scalar(select(func.count()).select_from(MemberSession).where(*running)) or 0
    if count:
        sessions.end_all(member.id, but=own)
        keep(actor, Verb.SESSIONS, member_id=member.id, old=str(count), new="0")
    return count


def _administrators() -> set[MemberId]:
    """Those who can act. All are locked, in one order, so that two can't take each other's role at the same moment."""
    able = (Member.role == Role.ADMIN, Member.state == MemberState.ACTIVE)
    return set(db.session.scalars(select(Member.id).where(*able).order_by(Member.id).with_for_update()))
