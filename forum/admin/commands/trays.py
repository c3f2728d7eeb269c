"""What waits to be sent or delivered, and what was given up on: try it again, or let it go."""

from __future__ import annotations

from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from forum.admin.commands.acts import check, keep
from forum.admin.errors import OnItsWay, Stale
from forum.admin.models import Verb
from forum.admin.trays import Tray, version_of
from forum.kernel import clock, mailer, outbox
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import NotFound
from forum.kernel.mailer import LetterState, StoredLetter
from forum.kernel.outbox import Delivery, DeliveryState

Row = TypeVar("Row", StoredLetter, Delivery)
OVER = {LetterState.DISCARDED.value, DeliveryState.DONE.value}


def retry(actor: Actor, tray: Tray, number: int, was: str) -> bool:
    """At once; says whether anything changed. Raises NotAdministrator, NotFound, Stale or OnItsWay."""
    check(actor)
    row = _taken(tray, number)
    if row.state == LetterState.WAITING and row.next_at <= clock.now():
        return False
    _check_fresh(row, was)
    keep(actor, Verb.RETRY, f"{tray} {number}", old=row.state, new=LetterState.WAITING)
    if isinstance(row, StoredLetter):
        mailer.retry(row.id)
    else:
        outbox.retry(row)
    return True


def retry_all(actor: Actor, tray: Tray) -> int:
    """All that were given up on; says how many. Raises NotAdministrator."""
    check(actor)
    count = mailer.retry_parked() if tray is Tray.LETTERS else outbox.retry_parked()
    if count:
        keep(actor, Verb.RETRY_ALL, tray, old=str(count))
    return count


def discard(actor: Actor, tray: Tray, number: int, was: str) -> bool:
    """For good; says whether anything changed. Raises NotAdministrator, NotFound, Stale or OnItsWay."""
    check(actor)
    row = _taken(tray, number)
    if row.state in OVER:
        return False
    _check_fresh(row, was)
    keep(actor, Verb.DISCARD, f"{tray} {number}", old=row.state)
    if isinstance(row, StoredLetter):
        mailer.discard(row.id)
    else:
        outbox.discard(row)
    return True


def _taken(tray: Tray, number: int) -> StoredLetter | Delivery:
    """Locked until the transaction ends."""
    return _locked(StoredLetter, number) if tray is Tray.LETTERS else _locked(Delivery, number)


def _locked(kind: type[Row], number: int) -> Row:
    chosen = select(kind).where(kind.id == number).with_for_update()
    row = db.session.scalar(chosen.execution_options(populate_existing=True))
    if row is None:
        raise NotFound(_("This isn’t there any more: it was sent, or let go of."))
    return row


def _check_fresh(row: StoredLetter | Delivery, was: str) -> None:
    if row.leased_until is not None and row.leased_until > clock.now():
        raise OnItsWay
    if version_of(row) != was or row.state not in {LetterState.WAITING, LetterState.PARKED}:
        raise Stale
