"""Which migration the database is at, and which this code needs."""

from __future__ import annotations

from flask import current_app

from forum.kernel.db import db


def current_and_head() -> tuple[str | None, str | None]:
    """The database's migration and the newest one of this code. None: no migration was ever run."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    folder: str = current_app.extensions["migrate"].directory
    return current, ScriptDirectory(folder).get_current_head()
