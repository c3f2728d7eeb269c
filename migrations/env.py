"""Alembic's environment: runs migrations over the application's engine, in one transaction each."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from forum.kernel.db import WRITE, db

# PostgreSQL's advisory lock of whoever migrates: any number that nothing else uses.
LOCK = 0x6B616465_03


def include_object(_object: object, name: str | None, kind: str, reflected: bool, _compare_to: object) -> bool:
    return not (kind == "table" and reflected and name in {"sqlite_sequence"})


def run() -> None:
    with turn(), db.engine.connect().execution_options(**WRITE) as connection:
        if connection.dialect.name == "postgresql":
            take_time(connection)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_object=include_object,
            compare_type=True,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
            user_module_prefix="db.",
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def turn() -> Iterator[None]:
    """Nodes that start together migrate one after the other. The lock is a transaction's, so that a pooler keeps it."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            for name in ("statement_timeout", "lock_timeout"):
                connection.exec_driver_sql(f"SET LOCAL {name} = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        yield


def take_time(connection: Connection) -> None:
    """A large table takes as long as it takes. One that somebody else holds is waited for no longer than by a page:
    everybody waits behind a migration. The setting ends with the connection, which isn't used again.
    """
    connection.detach()
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.commit()


run()
