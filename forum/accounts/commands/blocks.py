"""Not wanting to read somebody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.accounts import policy
from forum.accounts.models import Block, Member
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db, is_sqlite
from forum.kernel.errors import Invalid


def block(actor: Actor, member: Member) -> None:
    """Blocking somebody twice changes nothing. They aren't told. Raises Invalid for oneself."""
    if not policy.can_block(actor, member):
        raise Invalid(_("You can’t block yourself."))
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    db.session.execute(
        insert(Block).values(member_id=actor.id, blocked_id=member.id, created_at=clock.now()).on_conflict_do_nothing()
    )


def unblock(actor: Actor, member: Member) -> None:
    db.session.execute(delete(Block).where(Block.member_id == actor.id, Block.blocked_id == member.id))
