"""Limits of requests: what scripts send while somebody types has one of its own, for each browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from forum.app import create_app
from forum.kernel import schema
from forum.kernel.db import db
from forum.kernel.limits import limiter
from tests import factories
from tests.conftest import settings_for
from tests.web import Web

A_MINUTE = 90


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Another application, with limits, as sites have them by default. They are off again after it."""
    monkeypatch.setattr(limiter, "enabled", limiter.enabled)
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'kade.sqlite3'}")
    fresh = create_app(replace(settings, rate_limits=True))
    with fresh.app_context():
        schema.upgrade()
        factories.topic("energy")
        yield fresh
        db.session.remove()
        db.engine.dispose()


def previews(web: Web, count: int) -> list[int]:
    token = web.get("/posts/new").form("/posts/new")["csrf_token"][0]
    return [web.post("/preview", {"csrf_token": token, "body": "*so*"}).status for _ in range(count)]


def test_typing_is_limited_for_each_browser_and_never_stops_a_form(limited: Flask) -> None:
    web, other = (Web(limited).sign_in(factories.member()) for _ in range(2))
    assert previews(web, A_MINUTE + 1) == [200] * A_MINUTE + [429]
    assert previews(other, 1) == [200]
    sent = web.submit("/posts/new", "/posts/new", title="A title", body="Words", topics=["energy"])
    assert sent.status == 303
