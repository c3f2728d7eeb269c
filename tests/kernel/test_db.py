"""Reads and changes: what each sees, and what stays."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from forum.accounts.models import Member
from forum.kernel.db import db, shared_alias, snapshot, transaction
from tests import factories

PLACES = ("read", "change", "snapshot")
on_postgresql = pytest.mark.parametrize("installed", ["postgresql"], indirect=True)


def members() -> int:
    return db.session.scalars(select(func.count()).select_from(Member)).one()


def elsewhere(app: Flask, username: str) -> None:
    """Another request adds a member, and is done."""

    def add() -> None:
        with app.app_context():
            factories.member(username)
            db.session.remove()

    with ThreadPoolExecutor(1) as other:
        other.submit(add).result()


def test_read_sees_what_was_added_since_the_one_before(app: Flask) -> None:
    before = members()
    db.session.remove()
    elsewhere(app, "anna")
    assert members() == before + 1


def test_snapshot_sees_one_moment(app: Flask) -> None:
    with snapshot():
        before = members()
        elsewhere(app, "anna")
        assert members() == before
    assert members() == before + 1


def test_change_that_fails_leaves_nothing(app: Flask) -> None:
    factories.member("anna", city="Oosterkade")
    with suppress(ZeroDivisionError), transaction() as session:
        session.execute(update(Member).values(city="Westerkade"))
        raise ZeroDivisionError
    assert db.session.scalars(select(Member.city)).all() == ["Oosterkade"]


@on_postgresql
def test_read_leaves_no_transaction_open(app: Flask) -> None:
    members()
    states = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'")
    with db.engine.connect() as other:
        assert other.scalar(states) == 0


@on_postgresql
def test_statements_stay_prepared_from_one_request_to_the_next(app: Flask) -> None:
    """psycopg forgets all of them at a ROLLBACK."""
    reading, changing, looking = (
        text(f"SELECT CAST(:n AS int), '{place}'") for place in ("read", "change", "snapshot")
    )
    for n in range(8):
        db.session.execute(reading, {"n": n})
        with transaction() as session:
            session.execute(changing, {"n": n})
        with snapshot() as session:
            session.execute(looking, {"n": n})
        db.session.remove()
    kept = db.session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert {place for place in PLACES for one in kept if one.endswith(f"'{place}'")} == {*PLACES}


@on_postgresql
def test_nothing_is_changed_in_a_snapshot(app: Flask) -> None:
    with pytest.raises(DBAPIError, match="read-only"), snapshot() as session:
        session.execute(text("DELETE FROM members"))


def test_shared_alias_has_all_its_columns_for_whoever_looks_first() -> None:
    """Of plain aliases one in twenty lost some: a process then answered discussions with 500 for as long as it ran."""
    lost = [number for number in range(200) if not _columns_of_four_threads() <= {"members_1"}]
    assert lost == []


def _columns_of_four_threads() -> set[str]:
    """The tables that an alias's columns are taken from, by threads that look at the same moment."""
    alias = shared_alias(Member)
    begin = Barrier(4)

    def look(_: int) -> list[str]:
        begin.wait()
        return [str(column.is_(None)).partition(".")[0] for column in (alias.state, alias.city, alias.name)]

    with switching_often(), ThreadPoolExecutor(4) as threads:
        return {table for found in threads.map(look, range(4)) for table in found}


@contextmanager
def switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
