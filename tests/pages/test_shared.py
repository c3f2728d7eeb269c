"""Shared pages: made once, true on every request, and each reader's own marks on top."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask
from sqlalchemy import text

from forum.accounts.models import Member
from forum.kernel.db import db, transaction
from forum.pages import store
from forum.pages.front import Parts
from forum.posts.models import Post
from forum.recommendations.models import CommentRecommendation
from tests import factories
from tests.web import Page, Web

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture
def post(app: Flask) -> Post:
    app.extensions["shared_pages"].store.clear()
    made: Post = factories.post(title="Quay wall", slug="quay-wall")
    return made


def address(post: Post) -> str:
    return f"/posts/{post.id}/{post.slug}"


def change(statement: str) -> None:
    with transaction() as session:
        session.execute(text(statement))


def parts(app: Flask) -> Parts:
    found: Parts = app.extensions["shared_pages"]
    return found


def recommend_button(page: Page, comment_id: int) -> dict[str, str]:
    wanted = f"/comments/{comment_id}/recommend"
    return next(dict(one.items()) for one in page.tree.iter("button") if one.get("formaction") == wanted)


def test_page_is_kept_after_it_was_made(app: Flask, post: Post, web: Web) -> None:
    first, second = web.get(address(post)), web.get(address(post))
    assert (first.status, first.text) == (200, second.text)
    assert parts(app).store.bytes > 0


def test_page_shows_a_change_on_the_very_next_request(post: Post, web: Web) -> None:
    web.get(address(post))
    change("UPDATE posts SET title = 'Quay wall, repaired'")
    assert web.get(address(post)).heading() == "Quay wall, repaired"


def test_reading_anonymously_sets_no_cookie(post: Post, web: Web) -> None:
    answers = [web.get(path).response for path in ("/", address(post), address(post), "/topics", "/nowhere")]
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * 5


def test_every_answer_has_the_security_headers(post: Post, web: Web) -> None:
    for path in (address(post), address(post), "/nowhere", "/healthz"):
        headers = web.get(path).response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_member_sees_their_own_marks_and_others_do_not(post: Post, web: Web) -> None:
    author, reader = factories.member(), factories.member()
    comment = factories.comment(author, post, "0000")
    with transaction() as session:
        session.add(
            CommentRecommendation(
                comment_id=comment.id, member_id=reader.id, post_id=post.id, created_at=comment.created_at
            )
        )
    web.get(address(post))
    mine, other = Web(web.app).sign_in(reader), Web(web.app).sign_in(author)
    states = [recommend_button(one.get(address(post)), comment.id)["aria-pressed"] for one in (mine, other, web)]
    assert states == ["true", "false", "false"]


def test_page_of_a_member_is_filled_without_the_application_once_it_is_kept(post: Post, web: Web) -> None:
    reader = Web(web.app).sign_in(factories.member("joke", name="Joke de Wit"))
    pages = [reader.get(address(post)) for _ in range(3)]
    assert ["Joke de Wit" in page.text for page in pages] == [True] * 3
    assert [page.form(f"/posts/{post.id}/comments")["csrf_token"][0] != "" for page in pages] == [True] * 3


def test_keys_in_forms_are_fresh_on_every_page(post: Post, web: Web) -> None:
    reader = Web(web.app).sign_in(factories.member())
    keys = {reader.get(address(post)).form(f"/posts/{post.id}/comments")["idempotency_key"][0] for _ in range(4)}
    assert len(keys) == 4


def test_ended_session_is_a_reader_again(post: Post, web: Web) -> None:
    reader = Web(web.app).sign_in(factories.member())
    reader.get(address(post))
    change("DELETE FROM member_sessions")
    page = reader.get(address(post))
    assert (page.status, "/sign-out" in page.text) == (200, False)


def test_blocked_members_comment_is_folded_for_who_blocked(post: Post, web: Web) -> None:
    author, reader = factories.member(), factories.member()
    factories.comment(author, post, "0000")
    change(
        "INSERT INTO blocks (member_id, blocked_id, created_at)"
        f" VALUES ({reader.id}, {author.id}, '2026-01-01 00:00:00+00:00')"
    )
    pages = [Web(web.app).sign_in(reader).get(address(post)), web.get(address(post))]
    assert ['<details class="blocked">' in page.text for page in pages] == [True, False]


def test_etag_of_an_unchanged_page_gives_304(post: Post, web: Web) -> None:
    web.get(address(post))
    etag = web.get(address(post)).response.headers["ETag"]
    again = web.get(address(post), headers={"If-None-Match": etag})
    assert (again.status, again.text) == (304, "")
    change("UPDATE posts SET title = 'Other'")
    assert web.get(address(post), headers={"If-None-Match": etag}).status == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("br;q=0, gzip;q=0.5", "gzip"), ("*", "br")],
)
def test_page_is_compressed_for_who_can_unpack(post: Post, web: Web, accepted: str, coding: str) -> None:
    plain = web.get(address(post)).text
    reader = Web(web.app).sign_in(factories.member())
    for one in (web, reader):
        packed = one.get(address(post), headers={"Accept-Encoding": accepted}).response
        assert packed.headers["Content-Encoding"] == coding
        assert "Quay wall" in UNPACK[coding](packed.get_data()).decode()
    assert web.get(address(post)).text == plain


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "*;q=0", ",;=,"])
def test_page_is_sent_as_it_is_to_who_cannot_unpack(post: Post, web: Web, accepted: str) -> None:
    web.get(address(post))
    answer = web.get(address(post), headers={"Accept-Encoding": accepted}).response
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)


def test_page_that_many_ask_for_is_pressed_harder(post: Post, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "OFTEN", 3)
    web.get(address(post))
    sizes = [len(web.get(address(post), headers={"Accept-Encoding": "br"}).response.get_data()) for _ in range(4)]
    assert sizes[0] == sizes[1] > sizes[2] == sizes[3]


def test_unknown_host_is_refused(post: Post, web: Web) -> None:
    web.get(address(post))
    assert web.get(address(post), base_url="http://evil.example").status == 400
    assert web.get("/healthz", base_url="http://evil.example").status == 200


def test_parameters_that_choose_nothing_make_no_other_page(app: Flask, post: Post, web: Web) -> None:
    web.get(address(post))
    size = parts(app).store.bytes
    pages = [web.get(f"{address(post)}?utm_source={number}") for number in range(5)]
    assert ({page.status for page in pages}, parts(app).store.bytes) == ({200}, size)


def test_page_speaks_the_readers_language(post: Post, web: Web) -> None:
    languages = [
        web.get(address(post), headers={"Accept-Language": header}).tree.get("lang")
        for header in ("nl", "en", "nl-NL,nl;q=0.9,en;q=0.5", "xx", "")
    ]
    assert languages == ["nl", "en", "nl", "en", "en"]


def test_member_who_chose_a_language_gets_it_on_kept_pages_too(post: Post, web: Web) -> None:
    reader = Web(web.app).sign_in(factories.member(interface_language="nl"))
    assert [reader.get(address(post)).tree.get("lang") for _ in range(3)] == ["nl"] * 3
    change("UPDATE members SET interface_language = 'en'")
    assert [reader.get(address(post)).tree.get("lang") for _ in range(3)] == ["en"] * 3


def test_wrong_slug_redirects_with_its_query(post: Post, web: Web) -> None:
    answer = web.get(f"/posts/{post.id}/old-words?sort=newest").response
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{address(post)}?sort=newest")


def test_withdrawn_post_is_shown_to_its_author_only(post: Post, web: Web) -> None:
    web.get(address(post))
    change("UPDATE posts SET state = 'withdrawn'")
    with web.app.app_context():
        author = Web(web.app).sign_in(db.session.get_one(Member, post.author_id))
    others = [web, Web(web.app).sign_in(factories.member())]
    assert [one.get(address(post)).status for one in (author, *others, author)] == [200, 404, 404, 200]


def test_head_has_headers_and_no_body(post: Post, web: Web) -> None:
    web.get(address(post))
    answer = web.client.head(address(post))
    assert (answer.status_code, answer.get_data(), int(answer.headers["Content-Length"]) > 1000) == (200, b"", True)
