"""The database's shape: migrations, and which one the database is at.

Alembic and Flask-Migrate are imported only here and only when asked for: they cost 12 MB a process, and a process that
serves pages never migrates.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, text

from forum.kernel.db import db
from forum.kernel.errors import Refused

REVISION = re.compile(r"""^revision = ["'](\w+)["']""", re.MULTILINE)
BELOW = re.compile(r"""^down_revision = ["'](\w+)["']""", re.MULTILINE)
FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(revision: str = "head") -> None:
    """Bring the database to a migration. Safe to repeat."""
    _install()
    import flask_migrate

    flask_migrate.upgrade(revision=revision)
    db.session.remove()


def downgrade(revision: str) -> None:
    """Take migrations back; `base` takes all of them."""
    _install()
    import flask_migrate

    flask_migrate.downgrade(revision=revision)
    db.session.remove()


def _install() -> None:
    from flask_migrate import Migrate

    if "migrate" not in current_app.extensions:
        Migrate(current_app, db, directory=str(FOLDER))


def current_and_head() -> tuple[str | None, str | None]:
    """The database's migration and the newest one of this code. None: no migration was ever run."""
    return _current(), _head()


def check() -> str:
    """The database's migration, which is the newest. Raises Refused where it isn't the one this code is written for."""
    current, head = current_and_head()
    if current is not None and current == head:
        return current
    if current is not None and current not in revisions():
        raise Refused("The database is of a newer version than this code. Run the newer code, or restore a backup.")
    raise Refused("The database isn't set up, or of an earlier version. Run: forum init")


def _current() -> str | None:
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def revisions() -> frozenset[str]:
    """All migrations that this code knows."""
    return frozenset(found[1] for script in _scripts() if (found := REVISION.search(script)))


def _head() -> str | None:
    """The one that no other builds on."""
    below = {found[1] for script in _scripts() if (found := BELOW.search(script))}
    return next(iter(revisions() - below), None)


def _scripts() -> list[str]:
    return [path.read_text() for path in (FOLDER / "versions").glob("*.py")]
