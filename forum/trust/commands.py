"""Compute levels, and grant the one that can't be earned."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import MemberId
from forum.trust import policy, queries
from forum.trust.errors import NotAdministrator
from forum.trust.events import TrustChanged
from forum.trust.models import Level, TrustChange, TrustStanding, VisitMark, Why
from forum.trust.records import Figures

# One round of the job: a few tenths of a second.
BATCH = 200


def recompute_due() -> None:
    """For the worker, by the clock: whoever read since they were last computed, and regulars once a day."""
    recompute(queries.due_members(BATCH))


def recompute(member_ids: Sequence[MemberId]) -> None:
    """Bring these members' levels up to date."""
    if not member_ids:
        return
    figures = queries.figures_of(member_ids)
    standings = queries.standings_of(member_ids)
    for member in queries.members_of(member_ids):
        kept = standings.get(member.id) or TrustStanding(member_id=member.id)
        _settle(member, kept, figures[member.id])
        db.session.add(kept)
    db.session.add_all(queries.marks_due(member_ids, figures))
    _forget_old_marks(member_ids)
    db.session.flush()


def _settle(member: Member, kept: TrustStanding, figures: Figures) -> None:
    now = clock.now()
    kept.computed_at = now
    if kept.granted_at is not None:
        return
    due = policy.standing(member.trust_level, figures, kept.kept_until, now)
    kept.kept_until = due.kept_until
    if due.level != member.trust_level:
        _change(member, due.level, Why.EARNED if due.level > member.trust_level else Why.LOST, None)


def grant(actor: Actor, member: Member) -> None:
    """Make somebody a leader; twice is once. Raises NotAdministrator."""
    if not policy.can_grant(actor):
        raise NotAdministrator
    kept = db.session.get(TrustStanding, member.id) or TrustStanding(member_id=member.id, computed_at=clock.now())
    if kept.granted_at is not None:
        return
    kept.granted_by_id, kept.granted_at, kept.kept_until = actor.id, clock.now(), None
    db.session.add(kept)
    _change(member, Level.LEADER, Why.GRANTED, actor.id)


def take_back(actor: Actor, member: Member) -> None:
    """Back to what they earn; twice is once. Raises NotAdministrator."""
    if not policy.can_grant(actor):
        raise NotAdministrator
    kept = db.session.get(TrustStanding, member.id)
    if kept is None or kept.granted_at is None:
        return
    kept.granted_by_id = kept.granted_at = None
    figures = queries.figures_of([member.id])[member.id]
    level = policy.standing(member.trust_level, figures, None, clock.now()).level
    _change(member, level, Why.TAKEN_BACK, actor.id)


def _change(member: Member, level: Level, why: Why, by: MemberId | None) -> None:
    db.session.add(
        TrustChange(member_id=member.id, old=member.trust_level, new=level, why=why, by_id=by, made_at=clock.now())
    )
    record(TrustChanged(member.id, member.trust_level, level, why))
    db.session.execute(update(Member).where(Member.id == member.id).values(trust_level=level))


def _forget_old_marks(member_ids: Sequence[MemberId]) -> None:
    """All but the newest one before the window, which the days within are counted from."""
    for member_id, day in queries.last_marks_before_window(member_ids).items():
        db.session.execute(delete(VisitMark).where(VisitMark.member_id == member_id, VisitMark.day < day))
