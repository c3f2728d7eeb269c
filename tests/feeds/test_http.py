"""Feeds asked for again: unchanged ones cost nothing, changed ones are never stale."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.db import transaction
from forum.posts.models import Post
from tests import factories
from tests.feeds import atom
from tests.statements import counted
from tests.web import Web

LATEST = "/feeds/latest.atom"


@pytest.fixture
def post(app: Flask) -> Post:
    found: Post = factories.post(title="Quay wall")
    return found


def rename(post: Post, title: str) -> None:
    with transaction() as session:
        session.get_one(Post, post.id).title = title


def test_unchanged_feed_is_not_sent_again_by_etag(web: Web, post: Post) -> None:
    etag = web.get(LATEST).response.headers["ETag"]
    again = web.get(LATEST, headers={"If-None-Match": etag})
    assert (again.status, again.text, again.response.headers["ETag"]) == (304, "", etag)


def test_unchanged_feed_is_not_sent_again_by_date(web: Web, post: Post) -> None:
    date = web.get(LATEST).response.headers["Last-Modified"]
    assert web.get(LATEST, headers={"If-Modified-Since": date}).status == 304


def test_changed_feed_is_sent_again_within_the_same_second(web: Web, post: Post) -> None:
    headers = web.get(LATEST).response.headers
    rename(post, "Other")
    for known in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
        assert atom.read(web.get(LATEST, headers=known)).entries[0].title == "Other"


def test_date_counts_only_without_an_etag(web: Web, post: Post) -> None:
    headers = web.get(LATEST).response.headers
    known = {"If-None-Match": 'W/"other"', "If-Modified-Since": headers["Last-Modified"]}
    assert web.get(LATEST, headers=known).status == 200


def test_date_stays_with_the_same_bytes(app: Flask, web: Web, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    before = web.get(LATEST).response.headers["Last-Modified"]
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    rename(post, "Other")
    rename(post, "Quay wall")
    assert web.get(LATEST).response.headers["Last-Modified"] == before


def test_feed_without_a_change_asks_the_application_nothing(app: Flask, web: Web, post: Post) -> None:
    web.get(LATEST)
    with counted(app) as made:
        assert web.get(LATEST).status == 200
    assert made == []


@pytest.mark.parametrize("path", [LATEST, "/feeds/topics/energy.atom", "/feeds/members/hanna.atom"])
def test_feed_costs_few_statements_however_full_it_is(app: Flask, web: Web, path: str) -> None:
    author, topic = factories.member("hanna"), factories.topic("energy")
    counts = []
    for _ in range(2):
        factories.post(author, topic)
        app.extensions["shared_pages"].store.clear()
        with counted(app) as made:
            atom.feed(web, path)
        counts.append(len(made))
    assert (counts[0], counts[0] <= 7) == (counts[1], True)


def test_feed_is_compressed_for_who_can_unpack(web: Web, post: Post) -> None:
    packed = web.get(LATEST, headers={"Accept-Encoding": "gzip"}).response
    assert b"Quay wall" in gzip.decompress(packed.get_data())


def test_feed_is_the_same_in_every_language_and_theme(web: Web, post: Post) -> None:
    web.client.set_cookie("theme", "dark")
    texts = {web.get(LATEST, headers={"Accept-Language": code}).text for code in ("en", "nl")}
    assert len(texts) == 1


def test_feed_sets_no_cookie_and_has_the_security_headers(web: Web, post: Post) -> None:
    for _ in range(2):
        headers = web.get(LATEST).response.headers
        assert headers.getlist("Set-Cookie") == []
        assert headers["X-Content-Type-Options"] == "nosniff"
