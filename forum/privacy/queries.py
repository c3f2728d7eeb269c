"""Reads of privacy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments import personal as comments
from forum.kernel import clock, personal
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.kernel.ids import MemberId
from forum.kernel.personal import Fate
from forum.organisations.queries.owning import only_owner_of
from forum.posts import personal as posts
from forum.privacy import policy
from forum.privacy.errors import LastAdministrator, LastOwner, NoSuchExport
from forum.privacy.models import DataExport, Erasure, ExportState
from forum.privacy.records import ExportPage, Leaving, Line, Preview

MEGABYTE = 1_000_000
# Said apart, with a choice, or by the words around.
_APART = frozenset({"members", "posts", "comments", "post_revisions", "comment_revisions", "files", "visit_marks"})


def find_export(member_id: MemberId, *, lock: bool = False) -> DataExport | None:
    mine = select(DataExport).where(DataExport.member_id == member_id).execution_options(populate_existing=True)
    return db.session.scalar(mine.with_for_update() if lock else mine)


def find_erasure(member_id: MemberId, *, lock: bool = False) -> Erasure | None:
    mine = select(Erasure).where(Erasure.member_id == member_id).execution_options(populate_existing=True)
    return db.session.scalar(mine.with_for_update() if lock else mine)


def export_page(actor: Actor) -> ExportPage:
    """What the member sees: a file past its time is expired before the worker took it away."""
    found = find_export(actor.id)
    if found is None:
        return ExportPage()
    is_over = found.expires_at is not None and found.expires_at <= clock.now()
    state = ExportState.EXPIRED if is_over else found.state
    return ExportPage(state, found.asked_at, found.expires_at, max(0.1, round(found.size / MEGABYTE, 1)))


def get_ready_export(actor: Actor) -> DataExport:
    """The actor's own. Raises NoSuchExport."""
    found = find_export(actor.id)
    if found is None or export_page(actor).state != ExportState.READY:
        raise NoSuchExport
    return found


def leaving(actor: Actor) -> Leaving | None:
    found = find_erasure(actor.id)
    if found is None:
        return None
    return Leaving(found.posts, found.comments, found.erase_at, found.started_at is not None)


def due_erasures(at: datetime) -> list[MemberId]:
    """What has begun comes first."""
    due = select(Erasure.member_id).where(Erasure.done_at.is_(None), Erasure.erase_at <= at)
    return list(db.session.scalars(due.order_by(Erasure.started_at.is_(None), Erasure.erase_at, Erasure.id)))


def due_reminders(at: datetime) -> list[MemberId]:
    soon = at + policy.REMIND_BEFORE
    waiting = (Erasure.done_at.is_(None), Erasure.started_at.is_(None), Erasure.reminded_at.is_(None))
    return list(db.session.scalars(select(Erasure.member_id).where(*waiting, Erasure.erase_at <= soon)))


def preview(member_id: MemberId) -> Preview:
    """What would go and what would stay, counted now. A handful of counts, each along an index."""
    lines = [
        (rows.fate, Line(rows.title, personal.count(rows, member_id)))
        for part in personal.parts()
        for rows in part.rows
        if rows.title is not None and rows.table.name not in _APART
    ]
    counted = [(fate, line) for fate, line in lines if line.count]
    obstacle = find_obstacle(member_id)
    return Preview(
        posts=posts.written_by(member_id),
        comments=comments.written_by(member_id),
        going=tuple(line for fate, line in counted if fate is Fate.GONE),
        staying=tuple(line for fate, line in counted if fate is not Fate.GONE),
        obstacle=obstacle.message if obstacle else "",
    )


def find_obstacle(member_id: MemberId) -> Refused | None:
    """Why a member can't leave yet: somebody would miss them."""
    owned = only_owner_of(member_id)
    if owned:
        return LastOwner([one.name for one in owned])
    return LastAdministrator() if _is_last_administrator(member_id) else None


def _is_last_administrator(member_id: MemberId) -> bool:
    """Who is suspended administers nothing."""
    able = (Member.role == Role.ADMIN, Member.state == MemberState.ACTIVE)
    ids = list(db.session.scalars(select(Member.id).where(*able).limit(2)))
    return ids == [member_id]
