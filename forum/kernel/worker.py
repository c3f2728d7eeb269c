"""The worker: delivers the outbox, sends letters, runs periodic jobs. Killed at any moment, it loses nothing.

On PostgreSQL any number may run: rows are claimed with SKIP LOCKED and NOTIFY wakes them. SQLite has one and polls.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel import clock, events, mailer, outages, outbox
from forum.kernel.db import Base, db, is_sqlite, transaction
from forum.kernel.errors import Busy
from forum.kernel.ids import DeliveryId, LetterId

log = structlog.get_logger()

BATCH = 20
POLL_S = 0.5
TURN_S = 2.0  # of deliveries; then letters, jobs and the index have theirs
OUTSIDE_S = 20  # what a job that waits for others may take, also when the worker ends
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
    """Runs in a transaction of its own, every `every`.

    `outside`: it waits for other machines. It runs beside the queue, on a thread of its own, without a transaction,
    and opens short ones itself; it comes back within about 20 seconds and goes on at its next turn.
    """

    every: timedelta
    run: Callable[[], None]
    outside: bool = False


class Worker:
    """Runs until `stop` is set. `jobs` by name and `chores` come from forum/wiring.py.

    A chore is asked in every round whether there is something to do, opens its own transactions, if any, and says
    whether it worked: for what can't be done row by row within one transaction.
    """

    def __init__(
        self, postbox: mailer.Postbox, jobs: Mapping[str, Job], chores: Sequence[Callable[[], bool]] = ()
    ) -> None:
        self.postbox = postbox
        self.chores = chores
        self.jobs = {**jobs, HEARTBEAT: Job(timedelta(seconds=30), lambda: None)}
        self.stop = threading.Event()

    def run(self) -> None:
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # for the thread
        self._take_over()
        beside = threading.Thread(target=self._run_outside, args=(app,), daemon=True)
        beside.start()
        inside = {name: job for name, job in self.jobs.items() if not job.outside}
        waiter = _Waiter(self.stop)
        try:
            while not self.stop.is_set():
                if not self._safely(lambda: self._round(inside)):
                    waiter.wait()
        finally:
            waiter.close()
            beside.join(OUTSIDE_S)

    def _run_outside(self, app: Flask) -> None:
        """So that no comment waits to be found while some city's server thinks."""
        outside = {name: job for name, job in self.jobs.items() if job.outside}
        with app.app_context():
            while outside and not self.stop.is_set():
                if not self._safely(lambda: self._run_jobs(outside) > 0):
                    self.stop.wait(POLL_S)
                db.session.remove()

    def _take_over(self) -> None:
        """SQLite has one worker, so what is leased was held by one that was killed."""
        if is_sqlite():
            with transaction() as session:
                outbox.release()
                session.execute(update(PeriodicJob).values(leased_until=None))

    def drain(self, rounds: int = 1000) -> None:
        """Work until nothing is due. For tests and the command line."""
        for _ in range(rounds):
            if not self.step():
                return

    def _safely(self, work: Callable[[], bool]) -> bool:
        try:
            return work()
        except Exception as error:  # wait and go on
            if isinstance(error, Busy) or outages.refusal_of(error):
                log.warning("database_unavailable", error=outages.reason_of(error.__cause__ or error))
            else:
                log.exception("worker_step_failed")
            db.session.remove()
            self.stop.wait(2)
            return False

    def step(self) -> bool:
        """One round of everything. Returns whether there was anything to do."""
        return self._round(self.jobs)

    def _round(self, jobs: Mapping[str, Job]) -> bool:
        worked = self._deliver() + self._send() + self._run_jobs(jobs) + self._do_chores()
        db.session.remove()
        return worked > 0

    def _deliver(self) -> int:
        """For as long as its turn is: one delivery may lead to the next, as where many are told of a post."""
        delivered, end = 0, time.monotonic() + TURN_S
        while outbox.is_any_due():
            with transaction():
                claimed = outbox.claim(BATCH)
            for delivery_id in claimed:
                self._deliver_one(delivery_id)
            delivered += len(claimed)
            if not claimed or time.monotonic() > end or self.stop.is_set():
                break
        return delivered

    def _deliver_one(self, delivery_id: DeliveryId) -> None:
        try:
            with transaction():
                if outbox.take(delivery_id):
                    call_listener(delivery_id)
                    outbox.finish(delivery_id)
        except Exception as error:
            log.exception("delivery_failed", delivery=delivery_id)
            with transaction():
                outbox.fail(delivery_id, "".join(traceback.format_exception_only(error)))

    def _send(self) -> int:
        if not mailer.is_any_due():
            return 0
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
                address = mailer.refused_address(error)
                if address is not None:
                    events.record(mailer.AddressRefused(address, str(error)[:300]))
        else:
            with transaction():
                mailer.mark_sent(letter_id)

    def _run_jobs(self, jobs: Mapping[str, Job]) -> int:
        taken = [name for name in self._due_jobs(jobs) if self._take(name)]
        for name in taken:
            self._run_job(name)
        return len(taken)

    def _due_jobs(self, jobs: Mapping[str, Job]) -> list[str]:
        """One read for all of them. Most rounds find none, and open no write transaction."""
        now = clock.now()
        resting = (PeriodicJob.next_at > now) | (PeriodicJob.leased_until > now)
        later = set(db.session.scalars(select(PeriodicJob.name).where(resting)))
        db.session.rollback()
        return [name for name in jobs if name not in later]

    def _do_chores(self) -> int:
        return sum(self._do_chore(chore) for chore in self.chores)

    def _do_chore(self, chore: Callable[[], bool]) -> bool:
        try:
            return chore()
        except Exception:
            log.exception("chore_failed", chore=chore.__qualname__)
            db.session.rollback()
            return False

    def _take(self, name: str) -> bool:
        """Lease a job, if no other worker just did."""
        now = clock.now()
        with transaction() as session:
            row = session.scalar(select(PeriodicJob).where(PeriodicJob.name == name).with_for_update())
            if row and (row.next_at > now or (row.leased_until and row.leased_until > now)):
                return False
            row = row or PeriodicJob(name=name, next_at=now)
            row.leased_until = now + JOB_LEASE
            session.add(row)
        return True

    def _run_job(self, name: str) -> None:
        error, job = "", self.jobs[name]
        try:
            with nullcontext() if job.outside else transaction():
                job.run()
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
