"""The outbox and the worker: at least once, one failure never blocks another, nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import wiring
from forum.kernel import clock, events, outbox
from forum.kernel.db import db, transaction
from forum.kernel.events import Event, record
from forum.kernel.mailer import Letter, Postbox, StoredLetter, post
from forum.kernel.outbox import Delivery, DeliveryState
from forum.kernel.worker import Job, PeriodicJob, Worker
from tests.conftest import Installed
from tests.statements import counted

HEARD: list[tuple[str, int]] = []


@dataclass(frozen=True)
class BridgeOpened(Event):
    bridge: int


def hear(event: BridgeOpened) -> None:
    HEARD.append(("later", event.bridge))


def break_down(event: BridgeOpened) -> None:
    raise RuntimeError(f"bridge {event.bridge} is stuck")


def hear_at_once(event: BridgeOpened) -> None:
    HEARD.append(("together", event.bridge))


@pytest.fixture
def wired(app: Flask) -> Iterator[None]:
    HEARD.clear()
    events.connect({BridgeOpened: [hear_at_once]}, {BridgeOpened: [break_down, hear]})
    yield
    events.connect(wiring.TOGETHER, wiring.LATER)


@pytest.fixture
def worker(wired: None, tmp_path: Path) -> Worker:
    return Worker(Postbox(None, tmp_path / "mail", "Kade", "no-reply@example.org"), {})


def states() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Delivery.listener, Delivery.state).order_by(Delivery.id)).all()
    return [(row.listener.rpartition(".")[2], row.state) for row in rows]


def _record_and_fail() -> None:
    with transaction():
        record(BridgeOpened(bridge=7))
        raise ValueError("undone")


def test_event_is_heard_together_and_later(worker: Worker) -> None:
    with transaction():
        record(BridgeOpened(bridge=7))
    assert HEARD == [("together", 7)]
    worker.drain()
    assert HEARD == [("together", 7), ("later", 7)]


def test_event_of_a_failed_transaction_is_never_heard(worker: Worker) -> None:
    with pytest.raises(ValueError, match="undone"):
        _record_and_fail()
    worker.drain()
    assert ("later", 7) not in HEARD


def test_failing_listener_waits_and_blocks_no_other(worker: Worker) -> None:
    with transaction():
        record(BridgeOpened(bridge=7))
    worker.drain()
    assert states() == [("break_down", DeliveryState.WAITING), ("hear", DeliveryState.DONE)]
    failed = db.session.scalars(select(Delivery).where(Delivery.state == DeliveryState.WAITING)).one()
    assert ("stuck" in failed.error, failed.attempts, failed.next_at > clock.now()) == (True, 1, True)


def test_listener_that_never_succeeds_is_parked(worker: Worker) -> None:
    with transaction() as session:
        record(BridgeOpened(bridge=7))
        session.execute(update(Delivery).values(attempts=outbox.MAX_ATTEMPTS - 1))
    worker.drain()
    assert states() == [("break_down", DeliveryState.PARKED), ("hear", DeliveryState.DONE)]


def test_lease_of_a_killed_worker_runs_out(worker: Worker) -> None:
    with transaction():
        record(BridgeOpened(bridge=7))
    with transaction():
        claimed = outbox.claim(10)  # and then the process dies
    worker.drain()
    assert (len(claimed), HEARD) == (2, [("together", 7)])
    with transaction() as session:
        session.execute(update(Delivery).values(leased_until=clock.now() - timedelta(seconds=1)))
    worker.drain()
    assert HEARD == [("together", 7), ("later", 7)]


def test_letter_without_a_server_becomes_a_file(worker: Worker, tmp_path: Path) -> None:
    with transaction():
        post(Letter("a@example.org", "Ada", "Hello", "Words."), "example.org")
    worker.drain()
    files = list((tmp_path / "mail").iterdir())
    letter = db.session.scalars(select(StoredLetter)).one()
    assert ([file.suffix for file in files], letter.state, letter.plain) == ([".eml"], "sent", "")
    assert b"Words." in files[0].read_bytes()


def test_letter_to_a_server_that_is_away_waits(wired: None, tmp_path: Path) -> None:
    away = Worker(Postbox("smtp://127.0.0.1:9", tmp_path, "Kade", "no-reply@example.org"), {})
    with transaction():
        post(Letter("a@example.org", "Ada", "Hello", "Words."), "example.org")
    away.drain()
    letter = db.session.scalars(select(StoredLetter)).one()
    assert (letter.state, letter.attempts, letter.plain) == ("waiting", 1, "Words.")


def test_periodic_job_runs_once_a_period(wired: None, tmp_path: Path) -> None:
    ran: list[int] = []
    jobs = {"test.job": Job(timedelta(hours=1), lambda: ran.append(1))}
    worker = Worker(Postbox(None, tmp_path, "Kade", "no-reply@example.org"), jobs)
    worker.drain()
    worker.drain()
    assert len(ran) == 1
    assert db.session.get_one(PeriodicJob, "test.job").error == ""


def test_job_that_a_killed_worker_held_goes_on_at_once(installed: Installed, worker: Worker) -> None:
    """SQLite has one worker; of several, the others can't know that one is gone."""
    now = clock.now()
    with transaction() as session:
        session.add(PeriodicJob(name="test.job", next_at=now, leased_until=now + timedelta(minutes=10)))
    worker.stop.set()
    worker.run()
    held = db.session.get_one(PeriodicJob, "test.job", populate_existing=True).leased_until
    assert (held is None) == (installed.template is not None)


def _look_outside(seen: list[bool]) -> None:
    seen.append(bool(db.session.info.get("writing")))


def test_job_that_waits_for_others_holds_no_transaction(worker: Worker) -> None:
    seen: list[bool] = []
    worker.jobs = {
        "outside": Job(timedelta(hours=1), lambda: _look_outside(seen), outside=True),
        "inside": Job(timedelta(hours=1), lambda: _look_outside(seen)),
    }
    worker.drain()
    assert seen == [False, True]


def test_job_that_waits_for_others_delays_no_listener(worker: Worker) -> None:
    heard = threading.Event()
    worker.jobs = {
        "slow": Job(timedelta(hours=1), lambda: _wait_for(heard), outside=True),
        "quick": Job(timedelta(hours=1), heard.set),
        "last": Job(timedelta(hours=1), worker.stop.set, outside=True),
    }
    worker.run()
    with db.session() as session:
        assert {row.name: row.error for row in session.scalars(select(PeriodicJob))} == dict.fromkeys(worker.jobs, "")


def _wait_for(heard: threading.Event) -> None:
    if not heard.wait(10):
        raise TimeoutError("the quick one waited for the slow one")


def test_worker_with_nothing_to_do_only_reads(worker: Worker, app: Flask) -> None:
    worker.drain()
    with counted(app) as statements:
        worked = worker.step()
    assert (worked, {statement.split()[0] for statement in statements}, len(statements)) == (False, {"SELECT"}, 3)
    assert not any("FOR UPDATE" in statement for statement in statements)
