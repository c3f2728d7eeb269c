"""The application under test, on SQLite and on PostgreSQL, with an empty database for every test."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as exploring
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it ships none

from forum.app import create_app
from forum.config import Settings
from forum.kernel import schema
from forum.kernel.db import db, sqlite_path
from forum.notifications.buffer import OPENED
from forum.reading.buffer import SEEN
from tests import services
from tests.web import Web

# Whatever a page asks for, nobody outside this machine hears of it.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
SECRET = "0123456789abcdef0123456789abcdef"

# Of one commit CI says one thing, so its examples are always the same; everywhere else each run looks for new ones.
exploring.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    exploring.load_profile("ci")


def settings_for(folder: Path, database_url: str) -> Settings:
    """Settings of a test's installation. Request limits are off: thousands of tests come from one address."""
    return Settings.from_env(
        {
            "FORUM_DATA_DIR": str(folder),
            "FORUM_DATABASE_URL": database_url,
            "FORUM_SECRET_KEY": SECRET,
            "FORUM_BASE_URL": "http://localhost",
            "FORUM_RATE_LIMITS": "off",
        }
    )


@dataclass
class Installed:
    """An application with its database, and how to empty it."""

    app: Flask
    database_url: str
    template: Path | None

    def empty(self) -> None:
        self.app.extensions["shared_pages"].store.clear()
        for buffer in (SEEN, OPENED):
            buffer.forget()  # what an earlier test's visitors read and nobody wrote down
        with self.app.app_context():
            db.session.remove()
            if self.template:
                self._copy_template()
            else:
                self._delete_all()

    def _copy_template(self) -> None:
        """Into the file as it is, since connections elsewhere still hold it open."""
        path = sqlite_path(self.database_url)
        assert path is not None
        assert self.template is not None
        with closing(sqlite3.connect(self.template)) as template, closing(sqlite3.connect(path)) as used:
            template.backup(used)

    def _delete_all(self) -> None:
        """In one message: a hundred of them, test after test, take longer than what they delete."""
        statements = [f"DELETE FROM {table.name}" for table in db.metadata.sorted_tables]
        with db.engine.begin() as connection:
            connection.exec_driver_sql("; ".join(["SET LOCAL session_replication_role = replica", *statements]))


@contextmanager
def own_database() -> Iterator[str]:
    """The address of a PostgreSQL database of our own, dropped afterwards."""
    admin = make_url(services.postgres_url())
    name = f"kade_test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        # No test pulls the plug on the database itself, so none has to wait for the disk.
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    yield admin.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    with own_database() as url:
        yield url


@pytest.fixture
def second_postgres_database() -> Iterator[str]:
    """Without any table."""
    with own_database() as url:
        yield url


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Where the installation under test keeps its files: in memory where the system offers it."""
    memory = Path("/dev/shm")  # Linux's own, emptied below
    with tempfile.TemporaryDirectory(prefix="kade-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def installed(request: pytest.FixtureRequest, folder: Path) -> Iterator[Installed]:
    if request.param == "sqlite":
        for left in folder.glob("kade.sqlite3*"):  # of an earlier turn of this database's, where tests are mixed
            left.unlink()
        url, template = f"sqlite:///{folder / 'kade.sqlite3'}", folder / "template.sqlite3"
    else:
        url, template = request.getfixturevalue("postgres_database"), None
    app = create_app(settings_for(folder, url))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        schema.upgrade()
        db.session.remove()
        db.engine.dispose()
    if template:
        shutil.copy(folder / "kade.sqlite3", template)
    yield Installed(app, url, template)
    app.extensions["shared_pages"].reader.close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(installed: Installed) -> Iterator[Flask]:
    """The application with an empty database, inside an application context."""
    installed.empty()
    with installed.app.app_context():
        yield installed.app
        db.session.remove()


@pytest.fixture
def web(app: Flask) -> Web:
    """A browser without scripts, signed out."""
    return Web(app)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    for name in [name for name in os.environ if name.startswith("FORUM_") and not name.startswith("FORUM_TEST_")]:
        del os.environ[name]


class BrowsersTogether(LoadScopeScheduling):  # type: ignore[misc]  # as above, no types
    """What `--dist loadgroup` is to do: one process has the browser, and serves the sites it visits.

    By path, since pytest-xdist 3.8 loses sight of its groups under pytest 9.2 (pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if "browser" in nodeid.partition("::")[0] else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowsersTogether | None:
    return BrowsersTogether(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a process: Playwright allows no second driver beside it."""
    path = services.chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
