"""Rows of any table as lines of JSON, the same for SQLite and PostgreSQL, and back into either.

One line a row, its values in the order of the table's columns. Times are ISO 8601 in UTC, bytes are base64; all else is
JSON as it is. So a site moves from one database to the other by a backup.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import Column, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.types import Date, DateTime, LargeBinary

from forum.backup.errors import Damaged
from forum.kernel.db import UtcDateTime

BATCH = 1_000
Line = list[Any]


def dump(connection: Connection, table: Table, into: BinaryIO) -> int:
    """Write a table's rows; returns how many. They're read as they come, however many there are."""
    count = 0
    found = connection.execute(select(table), execution_options={"stream_results": True, "yield_per": BATCH})
    for row in found:
        into.write(json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def load(connection: Connection, table: Table, columns: list[str], lines: Iterable[bytes]) -> int:
    """Insert a table's rows, whose values stand in the order of `columns`. Raises Damaged for what doesn't fit."""
    try:
        readers = [(name, _reader(table.c[name])) for name in columns]
    except KeyError as error:
        raise Damaged(f"{table.name} has no column {error}") from error
    count, values = 0, _values(table, readers, lines)
    while batch := list(islice(values, BATCH)):
        connection.execute(insert(table), batch)
        count += len(batch)
    return count


def _values(
    table: Table, readers: list[tuple[str, Callable[[Any], Any]]], lines: Iterable[bytes]
) -> Iterator[dict[str, Any]]:
    for line in lines:
        values: Line = json.loads(line)
        if len(values) != len(readers):
            raise Damaged(f"a row of {table.name} has {len(values)} values, not {len(readers)}")
        yield {name: read(value) for (name, read), value in zip(readers, values, strict=True)}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    read: Callable[[Any], Any] | None = None
    if isinstance(column.type, UtcDateTime | DateTime):
        read = datetime.fromisoformat
    elif isinstance(column.type, Date):
        read = date.fromisoformat
    elif isinstance(column.type, LargeBinary):
        read = base64.b64decode
    if read is None:
        return lambda value: value
    return lambda value: None if value is None else read(value)


def tables_of(connection: Connection) -> MetaData:
    """The tables that the database has at this moment, which may be those of an earlier version."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, DateTime):
                column.type = UtcDateTime()  # SQLite doesn't remember that they are aware
    return found


def open_for_loading(connection: Connection, tables: MetaData) -> Callable[[], None]:
    """Let rows come in any order, without triggers, until the function that it returns is called.

    A trigger would do again what its result, in the backup too, says already. Everything is part of the open
    transaction. On PostgreSQL the owner of the tables may do it, who needn't be a superuser.
    """
    if connection.dialect.name == "sqlite":
        return _open_sqlite(connection)
    return _open_postgresql(connection, tables)


def _open_sqlite(connection: Connection) -> Callable[[], None]:
    triggers = list(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for name, _sql in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')

    def close() -> None:
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)

    return close


def _open_postgresql(connection: Connection, tables: MetaData) -> Callable[[], None]:
    keys = [(table.name, key.name) for table in tables.sorted_tables for key in table.foreign_key_constraints]
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    for table in tables.tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for table, key in keys:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" DEFERRABLE INITIALLY DEFERRED')

    def close() -> None:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        for table, key in keys:
            connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key}" NOT DEFERRABLE')
        for filled in tables.sorted_tables:
            connection.exec_driver_sql(f'ALTER TABLE "{filled.name}" ENABLE TRIGGER USER')
            _go_on_counting(connection, filled)

    return close


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next row that PostgreSQL numbers itself comes after those that brought their numbers with them."""
    for column in inspect(connection).get_columns(table.name):
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column["name"])))
        if sequence:
            largest = connection.scalar(select(func.max(table.c[column["name"]])))
            if largest is not None:
                connection.execute(select(func.setval(sequence, largest)))
