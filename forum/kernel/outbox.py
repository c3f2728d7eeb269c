"""Everything that may happen after the answer: kept in the same transaction as its cause, delivered by the worker.

Why beside the database and not in a queue: a queue loses what was in flight when its process is killed, and can't be
written in the same transaction as the text it speaks of. One row an event and listener, so that one failure never
blocks another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Select,
    Text,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock
from forum.kernel.db import Base, BigInt, db, is_sqlite, run, table_of
from forum.kernel.ids import DeliveryId

# What a killed worker held is taken up by another after this. Where a listener takes longer, its row is locked as well.
LEASE = timedelta(seconds=5)
# 5 s, 10 s, 20 s … up to an hour: a mail server that is down for a day loses nothing.
BACK_OFF_SECONDS = 5
BACK_OFF_LIMIT = timedelta(hours=1)
MAX_ATTEMPTS = 40
CHANNEL = "kade_outbox"
# Long enough to see after a weekend what happened; some events hold an address.
KEPT_FOR = timedelta(days=7)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


NOT_DONE_SQL = text("state <> 'done'")


class OutboxEvent(Base):
    __tablename__ = "outbox_events"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)


class Delivery(Base):
    __tablename__ = "outbox_deliveries"
    __table_args__ = (
        Index(
            "ix_outbox_deliveries_due",
            "next_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index("ix_outbox_deliveries_state", "state", "id", postgresql_where=NOT_DONE_SQL, sqlite_where=NOT_DONE_SQL),
    )

    id: Mapped[DeliveryId] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("outbox_events.id", ondelete="CASCADE"), index=True)
    listener: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


_PUT = insert(table_of(OutboxEvent)).returning(OutboxEvent.id)
_DELIVER = insert(table_of(Delivery))
_NOTIFY = select(func.pg_notify(CHANNEL, ""))


def put(name: str, payload: dict[str, Any], listeners: Sequence[str]) -> None:
    """Keep an event for its later listeners, in the open transaction."""
    now = clock.now()
    event_id = run(_PUT, {"name": name, "payload": payload, "created_at": now}).scalar_one()
    fresh = {"event_id": event_id, "next_at": now, "state": DeliveryState.WAITING, "attempts": 0, "error": ""}
    run(_DELIVER, [{**fresh, "listener": one} for one in listeners])
    notify()


def notify() -> None:
    """Wake waiting workers when this transaction commits. SQLite's worker polls instead."""
    if not is_sqlite():
        run(_NOTIFY, {})


def is_any_due() -> bool:
    """A read, so that a worker with nothing to do takes no lock from those who write."""
    return db.session.scalar(_due(clock.now()).limit(1)) is not None


def claim(limit: int) -> list[DeliveryId]:
    """Lease due deliveries, oldest first, to the caller until LEASE has passed."""
    now = clock.now()
    ids = list(db.session.scalars(_due(now).limit(limit).with_for_update(skip_locked=True)))
    db.session.execute(
        update(Delivery).where(Delivery.id.in_(ids)).values(leased_until=now + LEASE, attempts=Delivery.attempts + 1)
    )
    return ids


def take(delivery_id: DeliveryId) -> bool:
    """Lock a delivery for the open transaction, so that it runs once at a time however long it takes. False where
    another worker has it, or had it done when the lease was over.
    """
    here = select(Delivery.id).where(Delivery.id == delivery_id, Delivery.state == DeliveryState.WAITING)
    return db.session.scalar(here.with_for_update(skip_locked=True)) is not None


def release() -> None:
    """What a worker held that is no more. For the only worker there is, when it starts."""
    held = (Delivery.state == DeliveryState.WAITING) & Delivery.leased_until.is_not(None)
    db.session.execute(update(Delivery).where(held).values(leased_until=None))


def _due(now: datetime) -> Select[DeliveryId]:
    return (
        select(Delivery.id)
        .where(
            Delivery.state == literal_column(f"'{DeliveryState.WAITING.value}'"),  # as the partial index has it
            Delivery.next_at <= now,
            (Delivery.leased_until.is_(None)) | (Delivery.leased_until < now),
        )
        .order_by(Delivery.next_at, Delivery.id)
    )


def finish(delivery_id: DeliveryId) -> None:
    db.session.execute(
        update(Delivery).where(Delivery.id == delivery_id).values(state=DeliveryState.DONE, leased_until=None, error="")
    )


def fail(delivery_id: DeliveryId, error: str, *, for_good: bool = False) -> None:
    """Put a delivery back for a later attempt, or park it when it has had enough of them."""
    delivery = db.session.get_one(Delivery, delivery_id)
    delivery.error = error[:2000]
    delivery.leased_until = None
    delivery.next_at = clock.now() + back_off(delivery.attempts)
    if for_good or delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = DeliveryState.PARKED


def back_off(attempts: int) -> timedelta:
    """How long to wait before the next attempt."""
    return min(timedelta(seconds=BACK_OFF_SECONDS * 2 ** min(max(attempts - 1, 0), 16)), BACK_OFF_LIMIT)


def retry(delivery: Delivery) -> None:
    """Due at once, as if it had never been tried. The caller looked at its state, locked."""
    delivery.state, delivery.attempts, delivery.next_at, delivery.leased_until = (
        DeliveryState.WAITING,
        0,
        clock.now(),
        None,
    )
    notify()


def retry_parked() -> int:
    """All that were given up on; returns how many."""
    found = db.session.execute(
        update(Delivery)
        .where(Delivery.state == DeliveryState.PARKED)
        .values(state=DeliveryState.WAITING, attempts=0, next_at=clock.now(), leased_until=None)
        .returning(Delivery.id)
    ).all()
    notify()
    return len(found)


def discard(delivery: Delivery) -> None:
    """Never to be delivered; its row goes with those that were."""
    delivery.state, delivery.leased_until = DeliveryState.DONE, None


def count_waiting() -> int:
    return _count(DeliveryState.WAITING)


def count_parked() -> int:
    return _count(DeliveryState.PARKED)


def _count(state: DeliveryState) -> int:
    return db.session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == state)) or 0


def forget(words: str) -> None:
    """Events that hold these words as a whole value, such as an address, and whatever waits because of them."""
    told = cast(OutboxEvent.payload, Text).icontains(json.dumps(words), autoescape=True)
    db.session.execute(delete(OutboxEvent).where(told), execution_options={"synchronize_session": False})


def sweep() -> None:
    """Delete events all of whose deliveries are done."""
    left = select(Delivery.id).where(Delivery.event_id == OutboxEvent.id, Delivery.state != DeliveryState.DONE)
    db.session.execute(
        delete(OutboxEvent).where(OutboxEvent.created_at < clock.now() - KEPT_FOR, ~left.exists()),
        execution_options={"synchronize_session": False},
    )
