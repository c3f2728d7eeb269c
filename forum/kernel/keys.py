"""Idempotency keys: a form sent twice does its work once.

A key belongs to a member and a form. Sent again with the same words it gives the same answer; with other words it is
refused, so that nothing typed is swallowed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, Insert, Update, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock
from forum.kernel.db import Base, db, is_sqlite, run, table_of
from forum.kernel.errors import Invalid
from forum.kernel.ids import MemberId

KEPT_FOR = timedelta(days=7)
MAX_LENGTH = 64


class IdempotencyKey(Base):
    __tablename__ = "idempotency_keys"

    member_id: Mapped[MemberId] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(index=True)


def fresh() -> str:
    """A new key for a form that is about to be shown."""
    return secrets.token_urlsafe(16)


def once(member_id: MemberId, form: str, key: str, words: Sequence[str], act: Callable[[], str]) -> str:
    """Do `act` unless this key already did; either way return its answer, an address.

    Raises Invalid when the key was used with other words. Two requests with one key at the same moment wait for each
    other on the key's row.
    """
    if not key or len(key) > MAX_LENGTH or not key.isprintable():
        raise Invalid(_("This form is incomplete. Your text is below: send it again."))
    fingerprint = hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    if not _claim(member_id, form, key, fingerprint):
        return _earlier(member_id, form, key, fingerprint)
    answer = act()
    run(_keep(), {"whose": member_id, "which": form, "what": key, "answer": answer})
    return answer


def _claim(member_id: MemberId, form: str, key: str, fingerprint: str) -> bool:
    values = {"member_id": member_id, "form": form, "key": key, "fingerprint": fingerprint, "answer": ""}
    claimed = run(_take(sqlite=is_sqlite()), {**values, "created_at": clock.now()})
    return claimed.scalar_one_or_none() is not None


@cache
def _take(*, sqlite: bool) -> Insert:
    insert = sqlite_insert if sqlite else postgresql_insert
    return insert(table_of(IdempotencyKey)).on_conflict_do_nothing().returning(IdempotencyKey.key)


@cache
def _keep() -> Update:
    mine = IdempotencyKey.member_id == bindparam("whose")
    this = (IdempotencyKey.form == bindparam("which")) & (IdempotencyKey.key == bindparam("what"))
    return update(table_of(IdempotencyKey)).where(mine & this).values(answer=bindparam("answer"))


def _earlier(member_id: MemberId, form: str, key: str, fingerprint: str) -> str:
    earlier = db.session.scalars(
        select(IdempotencyKey).where(
            IdempotencyKey.member_id == member_id, IdempotencyKey.form == form, IdempotencyKey.key == key
        )
    ).one()
    if earlier.fingerprint != fingerprint:
        raise Invalid(
            _("You sent this form before with other words, and that was kept. These words are below: send them again.")
        )
    return earlier.answer


def sweep() -> None:
    """Forget keys that nobody will send again."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT_FOR))
