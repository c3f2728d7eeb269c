"""The worker: delivers the outbox, sends letters, runs periodic jobs. Killed at any moment, it loses nothing.

On PostgreSQL any number may run: rows are claimed with SKIP LOCKED and NOTIFY wakes them. SQLite has one and polls.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock, events, mailer, outbox
from forum.kernel.db import Base, db, is_sqlite, transaction
from forum.kernel.ids import DeliveryId, LetterId

log = structlog.get_logger()

BATCH = 20
POLL_S = 0.5
JOB_LEASE = timedelta(minutes=10)
HEARTBEAT = "worker.heartbeat"


class PeriodicJob(Base):
    """When each periodic job is next due; one row a job."""

    __tablename__ = "periodic_jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    last_run_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class Job:
    """Runs in a transaction of its own, every `every`."""

    every: timedelta
    run: Callable[[], None]


class Worker:
    """Runs until `stop` is set. `jobs` by name comes from forum/wiring.py."""

    def __init__(self, postbox: mailer.Postbox, jobs: Mapping[str, Job]) -> None:
        self.postbox = postbox
        self.jobs = {**jobs, HEARTBEAT: Job(timedelta(seconds=30), lambda: None)}
        self.stop = threading.Event()

    def run(self) -> None:
        waiter = _Waiter(self.stop)
        try:
            while not self.stop.is_set():
                if not self._step_safely():
                    waiter.wait()
        finally:
            waiter.close()

    def drain(self, rounds: int = 1000) -> None:
        """Work until nothing is due. For tests and the command line."""
        for _ in range(rounds):
            if not self.step():
                return

    def _step_safely(self) -> bool:
        try:
            return self.step()
        except Exception:
            log.exception("worker_step_failed")  # the database is away: wait and go on
            db.session.remove()
            self.stop.wait(2)
            return False

    def step(self) -> bool:
        """One round. Returns whether there was anything to do."""
        worked = self._deliver() + self._send() + self._run_jobs()
        db.session.remove()
        return worked > 0

    def _deliver(self) -> int:
        with transaction():
            claimed = outbox.claim(BATCH)
        for delivery_id in claimed:
            self._deliver_one(delivery_id)
        return len(claimed)

    def _deliver_one(self, delivery_id: DeliveryId) -> None:
        try:
            with transaction():
                call_listener(delivery_id)
                outbox.finish(delivery_id)
        except Exception as error:
            log.exception("delivery_failed", delivery=delivery_id)
            with transaction():
                outbox.fail(delivery_id, "".join(traceback.format_exception_only(error)))

    def _send(self) -> int:
        with transaction():
            claimed = mailer.claim(BATCH)
        for letter_id in claimed:
            self._send_one(letter_id)
        return len(claimed)

    def _send_one(self, letter_id: LetterId) -> None:
        letter = mailer.get_letter(letter_id)
        db.session.rollback()  # no snapshot is held while a mail server thinks
        try:
            self.postbox.send(letter)
        except Exception as error:
            log.warning("letter_failed", letter=letter_id, error=str(error))
            with transaction():
                mailer.mark_failed(letter_id, str(error), for_good=mailer.is_final(error))
        else:
            with transaction():
                mailer.mark_sent(letter_id)

    def _run_jobs(self) -> int:
        due = [name for name in self.jobs if self._take(name)]
        for name in due:
            self._run_job(name)
        return len(due)

    def _take(self, name: str) -> bool:
        """Lease a job if it's due. Most rounds find none, and open no write transaction."""
        now = clock.now()
        row = db.session.get(PeriodicJob, name, populate_existing=True)
        db.session.rollback()
        if row and (row.next_at > now or (row.leased_until and row.leased_until > now)):
            return False
        with transaction() as session:
            row = session.scalar(select(PeriodicJob).where(PeriodicJob.name == name).with_for_update())
            if row and (row.next_at > now or (row.leased_until and row.leased_until > now)):
                return False
            row = row or PeriodicJob(name=name, next_at=now)
            row.leased_until = now + JOB_LEASE
            session.add(row)
        return True

    def _run_job(self, name: str) -> None:
        error = ""
        try:
            with transaction():
                self.jobs[name].run()
        except Exception as caught:
            log.exception("job_failed", job=name)
            error = str(caught)[:2000]
        with transaction() as session:
            row = session.get_one(PeriodicJob, name)
            row.last_run_at, row.leased_until, row.error = clock.now(), None, error
            row.next_at = clock.now() + self.jobs[name].every


def call_listener(delivery_id: DeliveryId) -> None:
    """Run the listener of a delivery in the open transaction. Raises LookupError if the code no longer has it."""
    delivery = db.session.get_one(outbox.Delivery, delivery_id)
    stored = db.session.get_one(outbox.OutboxEvent, delivery.event_id)
    found = events.find_listener(stored.name, delivery.listener)
    if found is None:
        raise LookupError(f"no listener {delivery.listener} for {stored.name}: it was renamed without a migration")
    kind, listener = found
    listener(kind(**stored.payload))


def last_beat() -> datetime | None:
    """When a worker last ran, or None if none ever did."""
    row = db.session.get(PeriodicJob, HEARTBEAT, populate_existing=True)
    return row.last_run_at if row else None


class _Waiter:
    """Waits for a NOTIFY on PostgreSQL, for POLL_S on SQLite."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.connection: Any = None

    def wait(self) -> None:
        if is_sqlite():
            self.stop.wait(POLL_S)
            return
        try:
            self._listen()
        except Exception:
            log.warning("listen_failed")
            self.close()
            self.stop.wait(2)

    def _listen(self) -> None:
        if self.connection is None:
            import psycopg

            url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self.connection = psycopg.connect(url, autocommit=True)
            self.connection.execute(f"LISTEN {outbox.CHANNEL}")
            return
        # One second at most, since back-offs and periodic jobs come due without a NOTIFY.
        for _ in self.connection.notifies(timeout=1.0, stop_after=1):
            return

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
