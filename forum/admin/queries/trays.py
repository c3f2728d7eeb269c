"""What the worker has before it, and what it gave up on. Never a letter's words: they may hold a link that opens."""

from __future__ import annotations

from sqlalchemy import ColumnElement, literal_column, select

from forum.admin.records import JobRow, TrayRow
from forum.admin.trays import Tray, version_of
from forum.kernel import mailer, outbox
from forum.kernel.db import db
from forum.kernel.keyset import Order, page_in
from forum.kernel.logs import scrub
from forum.kernel.mailer import LetterState, StoredLetter
from forum.kernel.outbox import Delivery, DeliveryState, OutboxEvent
from forum.kernel.paging import Page
from forum.kernel.worker import PeriodicJob

# As the partial indexes have it.
NOT_SENT: ColumnElement[bool] = literal_column("letters.state <> 'sent'")
NOT_DONE: ColumnElement[bool] = literal_column("outbox_deliveries.state <> 'done'")
SHOWN = 300


def page_of_letters(*, parked: bool, after: str | None = None, before: str | None = None) -> Page[TrayRow]:
    """The oldest first."""
    state = LetterState.PARKED if parked else LetterState.WAITING
    query = select(StoredLetter).where(StoredLetter.state == state, NOT_SENT)
    return page_in(Order((StoredLetter.id,)), query, _letter, after=after, before=before)


def page_of_deliveries(*, parked: bool, after: str | None = None, before: str | None = None) -> Page[TrayRow]:
    """The oldest first."""
    state = DeliveryState.PARKED if parked else DeliveryState.WAITING
    query = select(Delivery).where(Delivery.state == state, NOT_DONE)
    found: Page[Delivery] = page_in(Order((Delivery.id,)), query, lambda one: one, after=after, before=before)
    ids = {one.event_id for one in found.rows}
    events = {one.id: one for one in db.session.scalars(select(OutboxEvent).where(OutboxEvent.id.in_(ids)))}
    return Page(tuple(_delivery(one, events[one.event_id]) for one in found.rows), found.after, found.before)


def counts_of(tray: Tray) -> tuple[int, int]:
    """Given up on, and waiting."""
    if tray is Tray.LETTERS:
        return mailer.count_parked(), mailer.count_waiting()
    return outbox.count_parked(), outbox.count_waiting()


def jobs() -> tuple[JobRow, ...]:
    """Periodic jobs, those that failed first."""
    rows = db.session.scalars(select(PeriodicJob).order_by(PeriodicJob.name))
    told = (JobRow(one.name, one.last_run_at, one.next_at, scrub(one.error)[:SHOWN]) for one in rows)
    return tuple(sorted(told, key=lambda one: not one.error))


def _letter(one: StoredLetter) -> TrayRow:
    return TrayRow(
        id=one.id,
        what=one.subject,
        whom=one.to_address,
        state=one.state,
        attempts=one.attempts,
        created_at=one.created_at,
        next_at=one.next_at,
        error=scrub(one.error)[:SHOWN],
        version=version_of(one),
    )


def _delivery(one: Delivery, event: OutboxEvent) -> TrayRow:
    """Which event, for which listener; never what the event holds."""
    return TrayRow(
        id=one.id,
        what=event.name,
        whom=one.listener,
        state=one.state,
        attempts=one.attempts,
        created_at=event.created_at,
        next_at=one.next_at,
        error=scrub(one.error)[:SHOWN],
        version=version_of(one),
    )
