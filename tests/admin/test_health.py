"""Each check of the doctor fails where it should; its page shows the same and asks no other machine by itself."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.admin import health
from forum.config import Settings
from forum.kernel import clock, schema, worker
from forum.kernel.db import transaction
from forum.kernel.worker import PeriodicJob
from forum.media import storage
from forum.search.index import engine
from tests.web import Web

Break = Callable[[Flask, pytest.MonkeyPatch, Path], Settings]


def beat(app: Flask, ago: timedelta = timedelta()) -> None:
    now = clock.now()
    with transaction() as session:
        session.merge(PeriodicJob(name=worker.HEARTBEAT, next_at=now, last_run_at=now - ago, leased_until=None))


def settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    return found


def failed(settings: Settings) -> dict[str, str]:
    return {one.name: one.says for one in health.examine(settings, outside=True) if not one.well}


def nowhere() -> str:
    """An address of this machine where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{one.getsockname()[1]}"


def break_database(app: Flask, patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    def refuse(*_arguments: Any, **_more: Any) -> None:
        raise OSError("connection to postgresql://kade:hunter22@db failed")

    patch.setattr("forum.kernel.db.db.session.execute", refuse)
    return settings_of(app)


def break_migrations(app: Flask, patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    patch.setattr(schema, "_head", lambda: "9999_of_a_later_version")
    return settings_of(app)


def break_front_end(app: Flask, patch: pytest.MonkeyPatch, folder: Path) -> Settings:
    patch.setattr(health, "MANIFEST", folder / "manifest.json")
    return settings_of(app)


def break_worker(app: Flask, _patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    beat(app, ago=timedelta(minutes=4))
    return settings_of(app)


def break_index(app: Flask, patch: pytest.MonkeyPatch, folder: Path) -> Settings:
    patch.setattr("forum.search.queries.lag.MANY", -1)
    return settings_of(app)


def break_mail(app: Flask, _patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    return replace(settings_of(app), smtp_url=f"smtp://kade:hunter22@{nowhere()}")


def break_disk(app: Flask, patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    patch.setattr(health, "LOW_SPACE", 1 << 60)
    return settings_of(app)


def break_folder(app: Flask, _patch: pytest.MonkeyPatch, folder: Path) -> Settings:
    return replace(settings_of(app), data_dir=folder / "gone")


def break_store(app: Flask, patch: pytest.MonkeyPatch, folder: Path) -> Settings:
    away = storage.Storage(f"s3+http://key:hunter22@{nowhere()}/files", folder)
    patch.setitem(app.extensions, "media_storage", away)
    return settings_of(app)


def break_clock(app: Flask, patch: pytest.MonkeyPatch, _folder: Path) -> Settings:
    now = clock.now()
    patch.setattr(clock, "now", lambda: now - timedelta(minutes=2))
    return settings_of(app)


BREAKS: tuple[tuple[str, Break], ...] = (
    ("database", break_database),
    ("migrations", break_migrations),
    ("front end", break_front_end),
    ("worker", break_worker),
    ("index", break_index),
    ("mail", break_mail),
    ("storage", break_disk),
    ("storage", break_folder),
    ("storage", break_store),
    ("clock", break_clock),
)


@pytest.fixture
def well(app: Flask) -> Flask:
    beat(app)
    engine().create()
    return app


def test_site_that_is_well_has_nothing_to_say(well: Flask) -> None:
    assert failed(settings_of(well)) == {}


@pytest.mark.parametrize(("name", "broken"), BREAKS)
def test_check_fails_and_says_no_secret(
    well: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, broken: Break
) -> None:
    settings = broken(well, monkeypatch, tmp_path)
    said = failed(settings)
    assert name in said
    assert {name} == set(said) or broken is break_database  # the others need it, too
    assert "hunter22" not in str(said)


def test_index_that_is_gone_fails(well: Flask) -> None:
    if engine().name == "whoosh":
        shutil.rmtree(settings_of(well).data_dir / "search")
        assert "index" in failed(settings_of(well))


def test_page_shows_what_failed(web: Web, admin: Member, well: Flask) -> None:
    beat(well, ago=timedelta(minutes=4))
    with transaction() as session:
        session.merge(PeriodicJob(name="media.cards", next_at=clock.now(), leased_until=None, error="OSError: no way"))
    words = web.get("/admin").words()
    assert ("Something is wrong" in words, "start forum worker" in words, "OSError: no way" in words) == (
        True,
        True,
        True,
    )


def test_page_asks_nobody_else_unless_told_to(
    web: Web, admin: Member, well: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(well.extensions, "settings", replace(settings_of(well), smtp_url=f"smtp://{nowhere()}"))
    assert ("the server wasn’t asked" in web.get("/admin").words(), "Good" in web.get("/admin").words()) == (True, True)
    assert "Something is wrong" in web.get("/admin?ask=1").words()
