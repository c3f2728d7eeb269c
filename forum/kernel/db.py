"""The database: base class, column types, engine settings and the one way to change something.

SQLite needs care: SQLAlchemy's default lost 77 % of concurrent counter increments when measured, because reads
began transactions that later wrote. Here a change begins with BEGIN IMMEDIATE and a read with plain BEGIN.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
    inspect,
    make_url,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, aliased, registry
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.types import TypeDecorator

from forum.kernel import ids, outages

# How long a change waits for another one before its author is told to try again: of another process, and as long of its
# own.
LOCK_TIMEOUT_MS = 10_000
# A reading statement that runs longer than this is a fault, not a page.
STATEMENT_TIMEOUT_MS = 30_000
WRITE = {"kade_write": True}
WRITE_POSTGRES = {**WRITE, "isolation_level": "READ COMMITTED"}
SNAPSHOT_POSTGRES = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

BigInt = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows only for INTEGER PRIMARY KEY
# Order by bytes, so that comment paths and keys sort the same everywhere.
BinaryText = Text().with_variant(String(collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times. SQLite keeps them without a zone; they come back with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("times are aware: use kernel.clock.now()")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's parent. Times are aware UTC; ids are the NewTypes of kernel.ids."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        metadata=metadata,
        type_annotation_map={datetime: UtcDateTime(), str: Text(), **dict.fromkeys(ids.ALL, BigInt)},
    )


Model = TypeVar("Model", bound=Base)


class ReadingSession(Session):
    """Outside of `transaction` and `snapshot` each of PostgreSQL's statements is one of its own.

    At READ COMMITTED it sees as much, and no BEGIN and ROLLBACK is sent around it. A ROLLBACK also has psycopg forget
    all statements that it prepared, so that each one was read and planned anew.
    """

    def get_bind(self, *args: Any, **options: Any) -> Any:
        engine = super().get_bind(*args, **options)
        return engine.get_execution_options().get("kade_reads", engine)


db = SQLAlchemy(model_class=Base, session_options={"class_": ReadingSession, "expire_on_commit": False})


def engine_options(url: str) -> dict[str, Any]:
    """Keyword arguments for create_engine. An error never names a statement's values: it ends in a log."""
    if url.startswith("sqlite"):
        waits = {"isolation_level": None, "timeout": LOCK_TIMEOUT_MS / 1000}
        return {"hide_parameters": True, "connect_args": waits}
    limits = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC"
    # The connection used last is used next: it has prepared what is asked most.
    pool = {"pool_pre_ping": True, "pool_use_lifo": True, "pool_size": 10, "max_overflow": 20}
    return {"hide_parameters": True, **pool, "connect_args": {"options": limits}}


def prepare_engine(engine: Engine) -> None:
    """Attach Kade's transaction rules to an engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        engine.update_execution_options(kade_turn=threading.Lock())
    else:
        engine.update_execution_options(kade_reads=engine.execution_options(isolation_level="AUTOCOMMIT"))


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    prepare_sqlite(connection)


def prepare_sqlite(connection: Any) -> None:
    """WAL lets readers go on while one writes; synchronous=FULL makes an answer of 303 a durable one.

    Every thread has connections of its own, hence the small cache; the system's own holds the rest of the file.
    """
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={LOCK_TIMEOUT_MS}",
        "foreign_keys=ON",
        "synchronous=FULL",
        "temp_store=MEMORY",
        "cache_size=-4000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kade_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[OrmSession]:
    """One change: all of it is kept, or none. Opened at the edge only: in a view, the worker or a command line.

    Raises Busy when another change holds the database for longer than LOCK_TIMEOUT_MS, or it has no room; Away.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a transaction is open already: commands don't open their own")
    session.rollback()  # ends the read that came before: what it saw may be old
    with _turn():
        session.info["writing"] = True
        try:
            session.connection(execution_options=WRITE if is_sqlite() else WRITE_POSTGRES)
            yield session
            session.commit()
        except DBAPIError as error:
            session.rollback()
            refusal = outages.refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False


@contextmanager
def _turn() -> Iterator[None]:
    """SQLite has those who wait ask again each 100 ms, so luck decides who is next: of 100 that wrote at once the last
    waited 9.5 s, with half of it lost between two. The threads of a process queue here instead: 5.3 s.
    """
    turn: threading.Lock | None = db.engine.get_execution_options().get("kade_turn")
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=LOCK_TIMEOUT_MS / 1000):
        raise outages.busy()
    try:
        yield
    finally:
        turn.release()


def table_of(model: type[Base]) -> Table:
    """For statements that change rows by themselves, without an object of the model."""
    return cast(Table, model.__table__)


def shared_alias(model: type[Model]) -> type[Model]:
    """An alias that a module keeps and threads share.

    SQLAlchemy finds an alias's columns in an index that it fills when it first looks, unlocked (as of 2.1.9): a second
    thread that looks meanwhile misses columns, takes the table's instead, and the process keeps what came of it.
    """
    alias = aliased(model)
    inspect(alias).selectable.corresponding_column(table_of(model).columns["id"])
    return alias


def run(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
    """Send a statement that was put together once, past the ORM: a quarter of what Session.execute takes.

    For what every comment goes through. `values` are those of its bindparams, or one mapping a row to insert. What the
    session has yet to write is written first; rows that it holds keep the values they were read with.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


@contextmanager
def snapshot() -> Iterator[OrmSession]:
    """Reads that all see the database at one moment, or come bit by bit. SQLite's do anyway; PostgreSQL is told to.

    It ends there with a COMMIT of nothing, since a ROLLBACK would have prepared statements forgotten.
    """
    session = db.session()
    session.rollback()
    if not is_sqlite():
        session.connection(execution_options=SNAPSHOT_POSTGRES)
    try:
        yield session
    except BaseException:
        session.rollback()
        raise
    if is_sqlite():
        session.rollback()
    else:
        session.commit()


def is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")


def sqlite_path(url: str) -> Path | None:
    """Where the database file is, or None when it isn't SQLite."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None
