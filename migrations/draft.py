"""`make migration NAME="what and why"`: drafts a migration from what the models say and the migrations lack."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import flask_migrate

from forum.app import create_app
from forum.config import Settings
from forum.kernel import schema


def draft(message: str) -> None:
    """Compares the models with an empty SQLite database brought to the newest migration."""
    with tempfile.TemporaryDirectory(prefix="kade-migration-") as folder:
        data = Path(folder)
        settings = Settings(data, f"sqlite:///{data / 'kade.sqlite3'}", "-" * 32, "http://localhost:8000")
        with create_app(settings).app_context():
            schema.upgrade()
            _, head = schema.current_and_head()
            flask_migrate.revision(message=message, autogenerate=True, rev_id=f"{int((head or '0')[:4]) + 1:04}")


if __name__ == "__main__":
    draft(sys.argv[1])
