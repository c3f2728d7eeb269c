"""Counters that a readable comment adds to: its author's, its organisation's, the post's.

Whoever changes a thread takes rows in this order: member, organisation, post, comments. So no two wait for each other.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, run, table_of
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.models import Organisation
from forum.posts.policy import FIRST_DAY

_COUNT_MEMBER, _COUNT_ORGANISATION = (
    update(table_of(counted))
    .where(counted.id == bindparam("whose"))
    .values(comment_count=counted.comment_count + bindparam("delta"))
    for counted in (Member, Organisation)
)


def count_speaker(author_id: MemberId, organisation_id: OrganisationId | None, delta: int) -> None:
    """With a `delta` of 0, only takes the rows."""
    run(_COUNT_MEMBER, {"whose": author_id, "delta": delta})
    if organisation_id is not None:
        run(_COUNT_ORGANISATION, {"whose": organisation_id, "delta": delta})


def left_of_first_day(actor: Actor, allowed: int) -> int:
    """Seconds until a new member who has written all the comments `allowed` on the first day may go on; 0 if they may
    now. Asked under the lock of the author's counter, so that comments sent at once are counted too.
    """
    joined = db.session.scalars(select(Member.created_at).where(Member.id == actor.id)).one()
    left = int((joined + FIRST_DAY - clock.now()).total_seconds())
    if left <= 0:
        return 0
    some = select(Comment.id).where(Comment.author_id == actor.id).limit(allowed).subquery()
    sent = db.session.scalars(select(func.count()).select_from(some)).one()
    return left if sent >= allowed else 0
