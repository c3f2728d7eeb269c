"""What may be tried how often; counted in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts import throttles
from forum.accounts.models import Throttle
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.errors import TooOften

TWICE = throttles.Limit("test", 2, timedelta(minutes=15))


def hit(whom: str = "hanna") -> None:
    with transaction():
        throttles.hit((TWICE, whom))


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Throttle)) or 0


def wait(patch: pytest.MonkeyPatch) -> None:
    """A quarter of an hour goes by."""
    later = clock.now() + timedelta(minutes=15, seconds=1)
    patch.setattr(clock, "now", lambda: later)


def test_tries_up_to_the_limit_pass(throttled: Flask) -> None:
    hit()
    hit()
    assert count() == 1


def test_try_over_the_limit_is_refused_and_says_for_how_long(throttled: Flask) -> None:
    hit()
    hit()
    with pytest.raises(TooOften) as refusal:
        hit()
    assert 890 < refusal.value.retry_after <= 900
    assert "15" in str(refusal.value.message)


def test_tries_of_others_count_apart(throttled: Flask) -> None:
    for _ in range(2):
        hit("hanna")
        hit("jan")
    assert count() == 2


def test_refused_try_counts_for_nothing_else(throttled: Flask) -> None:
    hit()
    hit()
    other = throttles.Limit("other", 1, timedelta(minutes=15))
    with pytest.raises(TooOften), transaction():
        throttles.hit((other, "hanna"), (TWICE, "hanna"))
    with transaction():
        throttles.hit((other, "hanna"))


def test_try_given_back_may_be_made_again(throttled: Flask) -> None:
    hit()
    hit()
    with transaction():
        throttles.give_back(TWICE, "hanna")
    hit()
    assert count() == 1


def test_forgotten_tries_start_anew(throttled: Flask) -> None:
    hit()
    hit()
    with transaction():
        throttles.forget(TWICE, "hanna")
    assert count() == 0


def test_window_that_is_over_starts_anew(throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    hit()
    hit()
    wait(monkeypatch)
    hit()
    assert db.session.scalars(select(Throttle.tries)).all() == [1]


def test_windows_that_are_over_are_swept(throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    hit()
    wait(monkeypatch)
    with transaction():
        throttles.sweep()
    assert count() == 0


def test_keys_hold_nothing_that_was_typed(throttled: Flask) -> None:
    hit("hanna@example.org")
    assert "hanna" not in db.session.scalars(select(Throttle.key)).one()


def test_nothing_is_counted_when_limits_are_off(app: Flask) -> None:
    for _ in range(5):
        hit()
    assert count() == 0
