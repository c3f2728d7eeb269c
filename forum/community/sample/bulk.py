"""Rows by the thousand, in the open transaction: COPY on PostgreSQL, prepared inserts on SQLite.

Triggers that keep page versions would cost more than the rows, so they rest meanwhile and every version moves once at
the end. Nobody else writes until the transaction ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.engine import Connection

from forum.kernel.db import Base, db, is_sqlite

Row = tuple[Any, ...]
# SQLite keeps this much of the database at hand meanwhile; indexes of a million rows are written in no order.
CACHE_KIB = 262_144


@contextmanager
def resting_triggers(models: Sequence[type[Base]]) -> Iterator[None]:
    """Nobody else may write to these tables, and their triggers don't run. An error rolls all of it back."""
    connection, tables = db.session.connection(), [model.__tablename__ for model in models]
    if is_sqlite():
        with _larger_cache(connection):
            kept = _drop_triggers(connection, tables)
            yield
            for statement in kept:
                connection.exec_driver_sql(statement)
    else:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("LOCK TABLE page_versions IN SHARE ROW EXCLUSIVE MODE"))
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in tables:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


@contextmanager
def _larger_cache(connection: Connection) -> Iterator[None]:
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def _drop_triggers(connection: Connection, tables: Sequence[str]) -> list[str]:
    """The statements that make them again."""
    found = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    ours = [trigger for trigger in found if trigger.tbl_name in tables]
    for trigger in ours:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    return [trigger.sql for trigger in ours]


def move_versions(first_post: int) -> None:
    """Every page that anybody keeps is out of date, and the posts from `first_post` on begin to have a version."""
    connection = db.session.connection()
    connection.execute(text("UPDATE page_versions SET n = n + 1"))
    connection.execute(
        text(
            "INSERT INTO page_versions (key, n) SELECT k, 1 FROM"
            " (SELECT 'post:' || id AS k FROM posts WHERE id >= :first"
            " UNION SELECT 'topic:' || id FROM topics UNION SELECT 'home' UNION SELECT 'topics') AS shown"
            " WHERE true ON CONFLICT (key) DO NOTHING"
        ),
        {"first": first_post},
    )


def reserve(model: type[Base], count: int) -> int:
    """The first of `count` ids in a row that nobody has. The table's triggers are resting, so nobody takes any."""
    connection, table = db.session.connection(), model.__tablename__
    last = connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()  # noqa: S608  # a name of ours
    if is_sqlite() or not count:
        return int(last) + 1
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table}).scalar_one()
    given = connection.execute(text(f"SELECT last_value - (NOT is_called)::int FROM {sequence}")).scalar_one()  # noqa: S608  # the database's own name
    first = max(int(last), int(given)) + 1
    connection.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": first + count - 1})
    return first


def insert(model: type[Base], fields: str, rows: Iterable[Row]) -> None:
    """`rows` hold `fields`, in order; what else the table asks for gets its default.

    Streams, so nothing is collected; and whatever makes the rows can't ask the database meanwhile.
    """
    named, table = fields.split(), Base.metadata.tables[model.__tablename__]
    others = [(column.name, _default(column)) for column in table.columns if column.name not in named]
    constants = {name: value for name, value in others if value is not None}
    columns = [*named, *constants]
    fixed = tuple(constants.values())
    _send(table.name, columns, _stored(table, columns, ((*row, *fixed) for row in rows)))


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


def _stored(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Sequence[Any]]:
    """Values as the driver takes them: what SQLAlchemy does for a statement, once for all rows."""
    dialect = db.session.connection().dialect
    converters = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    needed: list[tuple[int, Callable[[Any], Any]]] = [
        (place, convert) for place, convert in enumerate(converters) if convert is not None
    ]
    for row in rows:
        values = list(row)
        for place, convert in needed:
            values[place] = convert(values[place])
        yield values


def _send(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = db.session.connection().connection.driver_connection
    named = ", ".join(f'"{column}"' for column in columns)
    if is_sqlite():
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)  # noqa: S608  # names of ours
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
