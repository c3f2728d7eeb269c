"""A reader's own bookmarks on pages that all readers share."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.bookmarks import commands
from forum.kernel.db import transaction
from forum.posts.models import Post
from tests import factories
from tests.web import Page, Web


@pytest.fixture
def post(app: Flask) -> Post:
    found: Post = factories.post(title="Quay wall", slug="quay")
    return found


def pressed(page: Page, path: str) -> list[tuple[str, str]]:
    """What the buttons that keep `path` say and send."""
    buttons = [one for one in page.tree.iter("button") if one.get("formaction") == f"{path}/bookmark"]
    return [(one.get("aria-pressed", ""), one.get("value", "")) for one in buttons]


def test_marks_are_the_readers_own(web: Web, post: Post) -> None:
    hanna = factories.member()
    first, second = (factories.comment(factories.member(), post, path) for path in ("0000", "0001"))
    with transaction():
        commands.bookmark_post(factories.actor(hanna), post.id, on=True)
        commands.bookmark_comment(factories.actor(hanna), second.id, on=True)
    page = Web(web.app).sign_in(hanna).get(f"/posts/{post.id}/quay")
    assert set(pressed(page, f"/posts/{post.id}")) == {("true", "off")}
    assert [pressed(page, f"/comments/{one.id}") for one in (first, second)] == [[("false", "on")], [("true", "off")]]
    other = Web(web.app).sign_in(factories.member()).get(f"/posts/{post.id}/quay")
    assert set(pressed(other, f"/posts/{post.id}")) == {("false", "on")}


def test_lists_show_marks_too(web: Web, post: Post) -> None:
    hanna = factories.member()
    with transaction():
        commands.bookmark_post(factories.actor(hanna), post.id, on=True)
    pages = [Web(web.app).sign_in(hanna).get("/"), web.get("/")]
    assert [pressed(page, f"/posts/{post.id}") for page in pages] == [[("true", "off")], [("false", "on")]]


def test_comment_of_a_reader_who_is_signed_out_has_no_button(web: Web, post: Post) -> None:
    comment = factories.comment(factories.member(), post, "0000")
    assert pressed(web.get(f"/posts/{post.id}/quay"), f"/comments/{comment.id}") == []


def test_mark_is_there_on_the_very_next_page(web: Web, post: Post) -> None:
    web.sign_in(factories.member())
    page = web.get(f"/posts/{post.id}/quay")
    token = page.form(f"/posts/{post.id}/comments")["csrf_token"]
    for value, expected in (("on", "true"), ("off", "false")):
        web.post(f"/posts/{post.id}/bookmark", {"csrf_token": token, "value": value})
        assert {state for state, _ in pressed(web.get(f"/posts/{post.id}/quay"), f"/posts/{post.id}")} == {expected}
