"""Everything that may happen after the answer: kept in the same transaction as its cause, delivered by the worker.

Why beside the database and not in a queue: a queue loses what was in flight when its process is killed, and can't be
written in the same transaction as the text it speaks of. One row an event and listener, so that one failure never
blocks another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, delete, func, insert, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock
from forum.kernel.db import Base, BigInt, db, is_sqlite
from forum.kernel.ids import DeliveryId

LEASE = timedelta(minutes=2)
# 5 s, 10 s, 20 s … up to an hour: a mail server that is down for a day loses nothing.
BACK_OFF_SECONDS = 5
BACK_OFF_LIMIT = timedelta(hours=1)
MAX_ATTEMPTS = 40
CHANNEL = "kade_outbox"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


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
    )

    id: Mapped[DeliveryId] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("outbox_events.id", ondelete="CASCADE"), index=True)
    listener: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


def put(name: str, payload: dict[str, Any], listeners: Sequence[str]) -> None:
    """Keep an event for its later listeners, in the open transaction."""
    now = clock.now()
    event_id = db.session.execute(
        insert(OutboxEvent).values(name=name, payload=payload, created_at=now).returning(OutboxEvent.id)
    ).scalar_one()
    db.session.execute(
        insert(Delivery),
        [
            {
                "event_id": event_id,
                "listener": one,
                "next_at": now,
                "state": DeliveryState.WAITING,
                "attempts": 0,
                "error": "",
            }
            for one in listeners
        ],
    )
    notify()


def notify() -> None:
    """Wake waiting workers when this transaction commits. SQLite's worker polls instead."""
    if not is_sqlite():
        db.session.execute(select(func.pg_notify(CHANNEL, "")))


def claim(limit: int) -> list[DeliveryId]:
    """Lease due deliveries, oldest first, to the caller until LEASE has passed."""
    now = clock.now()
    due = (
        select(Delivery.id)
        .where(
            Delivery.state == DeliveryState.WAITING,
            Delivery.next_at <= now,
            (Delivery.leased_until.is_(None)) | (Delivery.leased_until < now),
        )
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.session.scalars(due))
    db.session.execute(
        update(Delivery).where(Delivery.id.in_(ids)).values(leased_until=now + LEASE, attempts=Delivery.attempts + 1)
    )
    return ids


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


def count_waiting() -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == DeliveryState.WAITING))
        or 0
    )


def count_parked() -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == DeliveryState.PARKED)) or 0
    )


def sweep(older_than: timedelta) -> None:
    """Delete events all of whose deliveries are done."""
    left = select(Delivery.id).where(Delivery.event_id == OutboxEvent.id, Delivery.state != DeliveryState.DONE)
    db.session.execute(
        delete(OutboxEvent).where(OutboxEvent.created_at < clock.now() - older_than, ~left.exists()),
        execution_options={"synchronize_session": False},
    )
