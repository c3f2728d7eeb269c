"""A database that can't answer at this moment is no fault of ours, and what is typed comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

from forum.kernel import outages
from forum.kernel.db import db
from forum.kernel.errors import Away, Busy
from tests import factories
from tests.browser.site import free_port
from tests.web import Web

on_sqlite = pytest.mark.parametrize("installed", ["sqlite"], indirect=True)


def error_of(url: str, statement: str = "SELECT 1") -> DBAPIError:
    engine = create_engine(url)
    try:
        with pytest.raises(DBAPIError) as caught, engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
    return caught.value


@contextmanager
def full() -> Iterator[None]:
    """No page more than what is in the file takes: SQLite says then what it says of a full disk."""

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.session.remove()
    raw = db.engine.raw_connection()
    raw.driver_connection.execute("VACUUM")  # type: ignore[union-attr]  # it has one
    pages = raw.driver_connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[union-attr]  # as above
    raw.close()
    event.listen(db.engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", limit)
        db.session.remove()
        db.engine.dispose()  # with their limits


def test_server_that_does_not_listen_is_away() -> None:
    error = error_of(f"postgresql+psycopg://postgres@127.0.0.1:{free_port()}/kade")
    assert isinstance(outages.refusal_of(error), Away)
    assert isinstance(outages.refusal_of(error.orig), Away)  # type: ignore[arg-type]  # a driver's error is one, too


def test_folder_that_is_gone_is_away(tmp_path: Path) -> None:
    assert isinstance(outages.refusal_of(error_of(f"sqlite:///{tmp_path / 'gone' / 'kade.sqlite3'}")), Away)


@pytest.mark.parametrize("code", ["57P01", "57P03", "53300", "08006"])
def test_postgresql_that_stops_or_takes_no_more_is_away(code: str) -> None:
    assert isinstance(outages.refusal_of(psycopg.errors.lookup(code)()), Away)


@pytest.mark.parametrize("code", ["55P03", "40P01", "40001", "53100"])
def test_postgresql_that_waits_or_has_no_room_is_busy(code: str) -> None:
    assert type(outages.refusal_of(psycopg.errors.lookup(code)())) is Busy


@pytest.mark.parametrize("code", ["42703", "57014", "23505"])
def test_fault_of_a_statement_is_ours(code: str) -> None:
    assert outages.refusal_of(psycopg.errors.lookup(code)()) is None


def test_statement_that_sqlite_does_not_know_is_a_fault_of_ours() -> None:
    error = error_of("sqlite://", "SELECT x FROM nowhere")
    assert (isinstance(error.orig, sqlite3.OperationalError), outages.refusal_of(error)) == (True, None)


@on_sqlite
def test_full_disk_takes_nothing_loses_nothing_and_is_read_on(app: Flask, web: Web) -> None:
    post = factories.post()
    address, comments = f"/posts/{post.id}/{post.slug}", f"/posts/{post.id}/comments"
    web.sign_in(factories.member())
    words = "What we measured in March. " * 1000
    with full():
        page = web.submit(address, comments, body=words)
        assert (page.status, page.response.headers["Retry-After"]) == (503, "5")
        assert "The server has no room left, so nothing was changed." in page.words()
        assert page.form(comments)["body"] == [words]
        assert web.get(address).status == 200
    assert web.submit(address, comments, body=words).status == 303
