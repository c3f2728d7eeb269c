"""The mail server and Redis are away: reading and writing go on, and mail goes out once when it is back."""

from __future__ import annotations

import http.client
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from tests.browser.site import free_port, in_time
from tests.drills.persistent import FIELD, Persistent, all_say
from tests.drills.site import Drilled, serving
from tests.drills.sizes import SIZE

pytestmark = pytest.mark.drill

# Settings of a Redis on a port where nothing listens.
NO_REDIS = "redis://127.0.0.1:9/0"
FORMS_A_MINUTE = 120


class Letters:
    """A real mail server's part that keeps what it is given."""

    def __init__(self) -> None:
        self.to: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.to += envelope.rcpt_tos
        return "250 OK"


def test_mail_waits_for_its_server_and_goes_out_once(drilled: Drilled) -> None:
    port, letters = free_port(), Letters()
    with serving(drilled, "--workers", "2", FORUM_SMTP_URL=f"smtp://127.0.0.1:{port}"):
        people = [Persistent(drilled) for _ in range(SIZE.clients)]
        addresses = [_ask_for_letter(drilled, number) for number in range(SIZE.clients)]
        assert set(all_say(people, SIZE.comments)) == {303}
        in_time(lambda: _waiting(drilled) == len(addresses) or None, "letters that wait")
        server = Controller(letters, hostname="127.0.0.1", port=port)
        server.start()
        _do_not_wait_for_back_off(drilled)
        in_time(lambda: _waiting(drilled) == 0 or None, "an empty tray")
        server.stop()
    assert sorted(letters.to) == sorted(addresses)


def test_site_without_its_redis_is_read_and_written(drilled: Drilled, tmp_path: Path) -> None:
    with serving(drilled, "--workers", "2", "--no-worker", FORUM_REDIS_URL=NO_REDIS, FORUM_RATE_LIMITS="on"):
        person = Persistent(drilled)
        person.say("drill alone")
        assert {person.read() for _ in range(20)} == {200}
    assert (set(person.statuses), drilled.counts("drill ")) == ({303}, (1, 1, 0))


def test_forms_are_limited_without_redis(drilled: Drilled) -> None:
    """Each process counts for itself then."""
    with serving(drilled, "--workers", "2", "--no-worker", FORUM_REDIS_URL=NO_REDIS, FORUM_RATE_LIMITS="on"):
        statuses = [_choose_theme(drilled) for _ in range(2 * FORMS_A_MINUTE + 1)]
    assert set(statuses) == {303, 429}
    assert 429 not in statuses[:FORMS_A_MINUTE]


def _choose_theme(drilled: Drilled) -> int:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(drilled.site.address).netloc, timeout=30)
    connection.request("POST", "/theme", "value=dark&back=/", {"Content-Type": "application/x-www-form-urlencoded"})
    status = connection.getresponse().status
    connection.close()
    return status


def _ask_for_letter(drilled: Drilled, number: int) -> str:
    """Somebody signs up, and is written to."""
    address = f"newcomer{number}@example.org"
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open
    with opener(f"{drilled.site.address}/sign-up") as page:
        hidden = dict(FIELD.findall(page.read().decode()))
    fields = {"username": f"newcomer{number}", "name": "New", "email": address, "password": "a sentence of some length"}
    with opener(f"{drilled.site.address}/sign-up", urllib.parse.urlencode({**hidden, **fields}).encode()) as answer:
        assert answer.status == 200
    return address


def _waiting(drilled: Drilled) -> int:
    with drilled.connection() as connection:
        return int(connection.execute(text("SELECT count(*) FROM letters WHERE state = 'waiting'")).scalar_one())


def _do_not_wait_for_back_off(drilled: Drilled) -> None:
    with drilled.connection() as connection:
        connection.execute(text("UPDATE letters SET next_at = created_at, leased_until = NULL"))
        connection.commit()
