"""Every test here starts with an empty index: Whoosh's beside SQLite, PostgreSQL's own beside PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from forum.kernel.db import db, is_sqlite
from forum.search.engines.postgres.engine import PostgresEngine
from forum.search.engines.postgres.tables import DROP
from forum.search.index import EXTENSION, engine


@pytest.fixture(autouse=True)
def _empty_index(request: pytest.FixtureRequest) -> Iterator[None]:
    if "app" not in request.fixturenames:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    before = app.extensions[EXTENSION]
    if is_sqlite():
        shutil.rmtree(app.extensions["settings"].data_dir / "search", ignore_errors=True)
    else:
        app.extensions[EXTENSION] = PostgresEngine()
        with db.engine.begin() as connection:
            connection.execute(text(DROP))
    engine().create()
    yield
    app.extensions[EXTENSION] = before
