"""The row of what holds for all of a member's mail; made when it's first needed."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from forum.kernel.db import db, is_sqlite
from forum.kernel.ids import MemberId
from forum.notifications.models import Digest, MailPreference


def take_preference(member_id: MemberId) -> MailPreference:
    """Under lock, so that letters of a day are counted by one at a time."""
    insert = sqlite_insert if is_sqlite() else postgresql_insert
    values = {"member_id": member_id, "digest": Digest.OFF, "stop_reason": "", "day": 0, "letters_sent": 0}
    db.session.execute(insert(MailPreference).values(**values).on_conflict_do_nothing())
    return db.session.get_one(MailPreference, member_id, with_for_update=True, populate_existing=True)
