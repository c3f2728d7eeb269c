"""Statements on a plain connection to PostgreSQL: what is sent comes back, and what is lost is found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from forum.pages.libpq import PlainConnection
from forum.pages.reader import PostgresReader


@pytest.fixture
def address(second_postgres_database: str) -> str:
    return make_url(second_postgres_database).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def connection(address: str) -> Iterator[PlainConnection]:
    plain = PlainConnection(address)
    yield plain
    plain.close()


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("bigint", 2**62, 2**62),
        ("integer", -7, -7),
        ("text", "quay ‘Oost’ 🌷 \\ \" ' {} \n", "quay ‘Oost’ 🌷 \\ \" ' {} \n"),
        ("text", "", ""),
        ("text[]", [], "{}"),
        ("bigint[]", [1, 2**40], "{1,1099511627776}"),
    ],
)
def test_value_comes_back(connection: PlainConnection, kind: str, value: Any, read: Any) -> None:
    statement = f"SELECT $1::{kind}, NULL::text, NULL::bigint"
    assert [connection.rows(statement, [value]) for _ in range(3)] == [[(read, None, None)]] * 3


@pytest.mark.parametrize("word", ["a,b", 'a"b', "a\\b", "{a}", "NULL", "", "ø", " a "])
def test_word_in_a_list_is_that_word(connection: PlainConnection, word: str) -> None:
    statement = "SELECT $1 = ANY($2::text[]) AND array_length($2::text[], 1) = 2, 1"
    assert connection.rows(statement, [word, [word, "x"]]) == [("t", 1)]


def test_time_is_that_time(connection: PlainConnection) -> None:
    moment = datetime(2026, 3, 1, 9, 30, 5, 250_000, tzinfo=UTC)
    assert connection.rows("SELECT (extract(epoch FROM $1::timestamptz) * 1000)::bigint", [moment]) == [
        (round(moment.timestamp() * 1000),)
    ]


def test_mistake_is_told_and_the_connection_goes_on(connection: PlainConnection) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        connection.rows("SELECT 1 / $1::int", [0])
    assert connection.rows("SELECT 1 / $1::int", [1]) == [(1,)]


def test_lost_connection_is_told(address: str, connection: PlainConnection) -> None:
    connection.rows("SELECT 1", [])
    cut(address)
    with pytest.raises(psycopg.OperationalError):
        connection.rows("SELECT 1", [])


def test_reader_goes_on_after_the_connection_was_lost(address: str) -> None:
    reader = with_versions(address, 3)
    assert reader.version(["a"]) == 3
    cut(address)
    assert reader.version(["a"]) == 3
    reader.close()


def test_reader_goes_on_after_a_table_was_made_anew(address: str) -> None:
    """A statement that was prepared before holds no more."""
    reader = with_versions(address, 3)
    assert reader.version(["a"]) == 3
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("ALTER TABLE page_versions ALTER COLUMN n TYPE numeric")
        other.execute("UPDATE page_versions SET n = 4")
    assert reader.version(["a"]) == 4
    reader.close()


def with_versions(address: str, number: int) -> PostgresReader:
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("CREATE TABLE page_versions (key text PRIMARY KEY, n bigint)")
        other.execute("INSERT INTO page_versions VALUES ('a', %s)", [number])
    return PostgresReader(address)


def cut(address: str) -> None:
    """End every other connection to the database, as a restart does."""
    with psycopg.connect(address, autocommit=True) as other:
        mine = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
        other.execute(f"{mine} AND pid <> pg_backend_pid()")
