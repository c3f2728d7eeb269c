"""Alembic's environment: runs migrations over the application's engine, in one transaction each."""

from alembic import context
from sqlalchemy import Connection

from forum.kernel.db import LOCK_TIMEOUT_MS, WRITE, db

# PostgreSQL's advisory lock of whoever migrates: any number that nothing else uses.
LOCK = 0x6B616465_03


def include_object(_object: object, name: str | None, kind: str, reflected: bool, _compare_to: object) -> bool:
    return not (kind == "table" and reflected and name in {"sqlite_sequence"})


def run() -> None:
    with db.engine.connect().execution_options(**WRITE) as connection:
        if connection.dialect.name == "postgresql":
            take_turn(connection)
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


def take_turn(connection: Connection) -> None:
    """Nodes that start together migrate one after the other, and a large table may take as long as it takes.

    A table that somebody else holds is waited for no longer than a page would: behind a migration everybody waits. The
    connection isn't used again, so lock and settings end with it.
    """
    connection.detach()
    for statement in (
        "SET statement_timeout = 0",
        "SET lock_timeout = 0",
        f"SELECT pg_advisory_lock({LOCK})",
        f"SET lock_timeout = {LOCK_TIMEOUT_MS}",
    ):
        connection.exec_driver_sql(statement)
    connection.commit()


run()
