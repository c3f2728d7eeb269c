"""Follow something, follow it less or more, or stop."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.accounts.models import Member
from forum.following import policy
from forum.following.errors import NotAllowed, OwnPage, TooMuchFollowed
from forum.following.models import Follow, Level, TargetKind
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite


def follow(actor: Actor, kind: TargetKind, target_id: int, level: Level | None) -> None:
    """`level` None stops. Repeating changes nothing. Whether the actor may see the thing, the caller asked.

    Raises OwnPage, NotAllowed or TooMuchFollowed.
    """
    if not policy.can_follow(actor):
        raise NotAllowed
    if kind is TargetKind.MEMBER and target_id == actor.id:
        raise OwnPage
    if level is None:
        here = (Follow.member_id == actor.id, Follow.kind == kind, Follow.target_id == target_id)
        db.session.execute(delete(Follow).where(*here))
        return
    _check_number(actor)
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    row = insert(Follow).values(member_id=actor.id, kind=kind, target_id=target_id, level=level, created_at=clock.now())
    same = [Follow.member_id, Follow.kind, Follow.target_id]
    db.session.execute(row.on_conflict_do_update(index_elements=same, set_={"level": level}))


def stop(actor: Actor, follow_id: int) -> None:
    """By the row, for what can't be seen any more, too; twice is once."""
    db.session.execute(delete(Follow).where(Follow.id == follow_id, Follow.member_id == actor.id))


def _check_number(actor: Actor) -> None:
    """Under the lock of the member, so that what is sent at once is counted, too."""
    db.session.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
    followed = db.session.scalars(select(func.count()).select_from(Follow).where(Follow.member_id == actor.id)).one()
    if followed >= policy.MAX_FOLLOWS:
        raise TooMuchFollowed(policy.MAX_FOLLOWS)
