"""Alembic's environment: runs migrations over the application's engine, in one transaction each."""

from alembic import context

from forum.kernel.db import WRITE, db


def include_object(_object: object, name: str | None, kind: str, reflected: bool, _compare_to: object) -> bool:
    return not (kind == "table" and reflected and name in {"sqlite_sequence"})


def run() -> None:
    with db.engine.connect().execution_options(**WRITE) as connection:
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


run()
