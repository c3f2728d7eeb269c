"""Migrations go up, down and up again, keep what is there, and make exactly what the models say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, event, inspect, text

from forum.app import create_app
from forum.kernel import schema
from forum.kernel.db import db
from forum.posts.models import Post
from tests import factories
from tests.conftest import settings_for

LAST_WITHOUT_TRIGGERS = "0001"


@pytest.fixture
def empty(tmp_path: Path, app: Flask, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """Another application, on a database without any table."""
    url = f"sqlite:///{tmp_path / 'kade.sqlite3'}"
    if not app.extensions["settings"].is_sqlite:
        url = request.getfixturevalue("second_postgres_database")
    fresh = create_app(settings_for(tmp_path, url))
    with fresh.app_context():
        yield fresh
        db.session.remove()
        db.engine.dispose()


def rows(table: str) -> list[tuple[object, ...]]:
    """All of a table, holding no lock afterwards."""
    found = [tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]
    db.session.rollback()
    return found


def filled() -> Post:
    post: Post = factories.post()
    factories.comment(factories.member(), post, "0000")
    return post


def test_migrations_make_what_the_models_say(empty: Flask) -> None:
    schema.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_down_leave_nothing_and_up_again_works(empty: Flask) -> None:
    schema.upgrade()
    schema.downgrade("base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    schema.upgrade()
    current, head = schema.current_and_head()
    assert current == head is not None


@pytest.mark.drill
def test_migration_of_a_filled_database_keeps_every_row(empty: Flask) -> None:
    schema.upgrade()
    filled()
    before = {name: rows(name) for name in ("members", "member_beginnings", "posts", "post_topics", "comments")}
    schema.downgrade(LAST_WITHOUT_TRIGGERS)
    schema.upgrade()
    assert {name: rows(name) for name in before} == before
    assert len(before["comments"]) == 1


def test_migration_run_twice_changes_nothing(empty: Flask) -> None:
    schema.upgrade()
    post = filled()
    schema.upgrade()
    assert db.session.get_one(Post, post.id).title == post.title


@pytest.mark.parametrize("installed", ["postgresql"], indirect=True)
def test_migration_of_a_large_table_takes_its_time_and_pages_do_not(empty: Flask) -> None:
    limits = set()

    def ask(_: Connection, cursor: Any, statement: str, *_more: object) -> None:
        if statement.lstrip().startswith(("CREATE TABLE", "ALTER TABLE", "CREATE INDEX")):
            limits.add(cursor.connection.execute("SHOW statement_timeout").fetchone()[0])

    event.listen(db.engine, "before_cursor_execute", ask)
    schema.upgrade()
    assert limits == {"0"}
    assert db.session.scalars(text("SHOW statement_timeout")).one() == "30s"


def test_database_without_migrations_says_so(empty: Flask) -> None:
    current, head = schema.current_and_head()
    assert current is None
    assert head is not None
