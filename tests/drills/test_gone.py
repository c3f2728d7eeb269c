"""PostgreSQL goes away and comes back under a running site: each answer says so, and no word is lost or said twice."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
from email.message import Message
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from forum.kernel.guard import HEADERS
from tests.browser.site import free_port
from tests.conftest import own_database
from tests.drills.persistent import Persistent
from tests.drills.proxy import Proxy
from tests.drills.site import make, serving

pytestmark = pytest.mark.drill

WORDS = "drill gone\r\n\r\n<b>and back</b>"
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TEXTAREA = re.compile(r'<textarea [^>]*name="body"[^>]*>\n([^<]*)</textarea>')


def answer(person: Persistent, path: str, fields: dict[str, str] | None = None) -> tuple[int, Message, str]:
    sent = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with person.open(person.base + path, sent, timeout=30) as found:
            return found.status, found.headers, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def check_told(status: int, headers: Message, page: str) -> None:
    """Safe, brief, and nobody is asked to sign in who may be signed in."""
    assert (status, headers["Retry-After"]) == (503, "30")
    assert {name: headers[name] for name, _ in HEADERS} == dict(HEADERS)
    assert "The database can’t be reached at this moment." in page
    assert "/sign-in" not in page


def sent_again(page: str) -> dict[str, str]:
    """The form on it, as it stands."""
    words = unescape(TEXTAREA.findall(page)[0])
    return {name: unescape(value) for name, value in FIELD.findall(page)} | {"body": words}


def test_site_whose_database_goes_away_says_so_and_keeps_every_word(tmp_path: Path) -> None:
    with own_database() as url:
        there, port = make_url(url), free_port()
        proxy = Proxy(port, there.port or 5432)
        drilled = make(tmp_path, there.set(port=port).render_as_string(hide_password=False))
        thread = "/".join(drilled.post.split("/")[:3])
        with serving(drilled, "--workers", "2", "--no-worker"):
            member, stranger = Persistent(drilled), Persistent(drilled)
            stranger.forget()
            for person in (member, stranger):  # the page is at hand in both processes
                assert [person.read() for _ in range(6)] == [200] * 6
            proxy.end()
            for person, path in product((member, stranger), (drilled.post, "/members", "/search?q=heat")):
                check_told(*answer(person, path))
            check_told(*answer(member, "/settings"))
            pressed = answer(member, f"{thread}/recommend", {"csrf_token": member.token, "value": "on"})
            check_told(*pressed)
            assert "Nothing you wrote is lost" not in pressed[2]  # a button holds no words
            comments = f"{thread}/comments"
            status, headers, page = answer(member, comments, member.fields("its own key", WORDS))
            check_told(status, headers, page)
            proxy.begin()
            again = sent_again(page)
            assert again["idempotency_key"] == "its own key"
            assert [answer(member, comments, again)[0] for _ in range(2)] == [303, 303]
            assert {person.read() for person in (member, stranger)} == {200}
        proxy.end()
        with create_engine(url, poolclass=NullPool).connect() as connection:
            kept = connection.execute(text("SELECT source FROM comments WHERE source LIKE 'drill gone%'"))
            assert kept.scalars().all() == [WORDS.replace("\r\n", "\n")]
