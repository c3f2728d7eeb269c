"""Figures for a monitoring system: off by default, for whoever knows the token, the same whichever process is asked."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from forum.admin import health
from forum.app import create_app
from forum.config import ConfigurationError, Settings
from forum.kernel.db import db
from tests.browser.site import Site, prepared, served
from tests.conftest import settings_for
from tests.web import Web

TOKEN = "a-token-of-the-monitoring-system"


@pytest.mark.parametrize("token", ["", "Bearer x"])
def test_metrics_are_off_by_default(web: Web, token: str) -> None:
    assert web.get("/metrics", headers={"Authorization": token}).status == 404


@pytest.mark.parametrize("token", ["short", "with spaces in it, and more", "x" * 201])
def test_token_that_cannot_be_used_is_told_without_its_words(tmp_path: Path, token: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_env({"FORUM_DATA_DIR": str(tmp_path), "FORUM_METRICS": token, "FORUM_SEARCH": "grep"})
    assert (len(caught.value.problems), token in str(caught.value)) == (2, False)


def status_of(site: Site, path: str, token: str = "") -> int:
    request = urllib.request.Request(f"{site.address}{path}", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def told(site: Site) -> str:
    request = urllib.request.Request(f"{site.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request) as answer:
        text: str = answer.read().decode()
    return text


def test_two_processes_tell_the_same_sums(tmp_path: Path) -> None:
    made = prepared(tmp_path, "init")
    site = Site(made.address, {**made.environ, "FORUM_METRICS": TOKEN})
    with served(site):
        assert [status_of(site, "/metrics"), status_of(site, "/metrics", "wrong" * 5)] == [403, 403]
        assert [status_of(site, "/members?q=x") for _one in range(20)] == [200] * 20
        assert status_of(site, "/nowhere") == 404
        texts = [told(site) for _one in range(6)]  # whichever process answers
    counted = 'kade_requests_total{endpoint="accounts.members",status="200"} 20.0'
    assert [counted in text for text in texts] == [True] * 6
    assert 'kade_requests_total{endpoint="none",status="404"} 1.0' in texts[0]
    assert 'kade_request_seconds_count{endpoint="accounts.members"} 20.0' in texts[0]
    gauges = re.findall(r"^(kade_\w+) [\d.e+Inf]+$", texts[0], re.MULTILINE)
    assert gauges == [
        "kade_database_up", "kade_outbox_waiting", "kade_outbox_parked", "kade_letters_waiting", "kade_letters_parked",
        "kade_search_lag", "kade_worker_silence_seconds",
    ]  # fmt: skip


def test_database_that_is_away_is_told(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'without-tables.sqlite3'}"))
    with app.app_context():
        told = [(one.name, one.value) for one in health.figures()]
        db.session.remove()
        db.engine.dispose()
    assert told == [("kade_database_up", 0)]
