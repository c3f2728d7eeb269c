"""What a member sees of what is new, and how the site learns that it was seen."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.posts.models import Post
from forum.reading.buffer import SEEN
from forum.reading.models import ReadingPlace
from tests import factories
from tests.statements import counted
from tests.web import Page, Web


@pytest.fixture
def post(app: Flask) -> Post:
    post: Post = factories.post(slug="quay", title="Quay")
    factories.comment(factories.member(), post, "0000")
    return post


@pytest.fixture
def reader(web: Web) -> Member:
    member: Member = factories.member("hanna")
    web.sign_in(member)
    return member


def token(web: Web, post: Post) -> str:
    path = f"/posts/{post.id}/quay"
    return web.get(path).form(path)["csrf_token"][0]


def seen(web: Web, post: Post, *ids: int) -> Page:
    """As the page's script says it."""
    fields = {"csrf_token": token(web, post), "comments": ",".join(map(str, ids)), "seconds": "0"}
    answer = web.post(f"/posts/{post.id}/seen", fields)
    SEEN.drain()
    return answer


def news(page: Page) -> list[str]:
    return [link for link in set(page.links()) if f'href="{link}" data-first-new' in page.text]


def test_new_comment_is_marked_and_led_to(web: Web, post: Post, reader: Member) -> None:
    assert seen(web, post).status == 204
    later = factories.comment(factories.member(), post, "0001")
    page = web.get(f"/posts/{post.id}/quay")
    assert ("1 new comment since you were here" in page.words(), news(page)) == (True, [f"#comment-{later.id}"])
    assert page.text.count(">New</span>") == 1


def test_lists_say_how_much_is_new(web: Web, post: Post, reader: Member) -> None:
    seen(web, post)
    for number in (1, 2):
        factories.comment(factories.member(), post, f"000{number}")
    topic = next(link for link in web.get("/").links() if link.startswith("/topics/"))
    assert [path for path in ("/", topic) if "2 new" not in web.get(path).words()] == []


def test_reader_who_never_came_sees_no_marks(web: Web, post: Post, reader: Member) -> None:
    page = web.get(f"/posts/{post.id}/quay")
    assert ("newsbar" in page.text, ">New</span>" in page.text) == (False, False)


def test_signed_out_reader_sees_no_marks_and_tells_nothing(web: Web, post: Post) -> None:
    page = web.get(f"/posts/{post.id}/quay")
    assert ("newsbar" in page.text, "/seen" in page.text) == (False, False)


def test_button_marks_everything_read(web: Web, post: Post, reader: Member) -> None:
    seen(web, post)
    factories.comment(factories.member(), post, "0001")
    answer = web.post(f"/posts/{post.id}/read", {"csrf_token": token(web, post)})
    assert (answer.status, "newsbar" in web.follow(answer).text) == (303, False)


def test_browser_without_scripts_tells_by_a_picture(web: Web, post: Post, reader: Member) -> None:
    page = web.get(f"/posts/{post.id}/quay")
    address = page.text.partition('<noscript><img src="')[2].partition('"')[0]
    with counted(web.app) as made:
        assert web.get(address.replace("&amp;", "&")).status == 204
    SEEN.drain()
    assert [one for one in made if not one.startswith("SELECT")] == []
    assert db.session.scalars(select(ReadingPlace.member_id)).all() == [reader.id]


def test_word_without_a_token_is_refused(web: Web, post: Post, reader: Member) -> None:
    assert web.post(f"/posts/{post.id}/seen", {"comments": "1"}).status == 403


def test_signed_out_word_is_refused(web: Web, post: Post) -> None:
    assert web.post(f"/posts/{post.id}/seen", {"comments": "1"}).status == 401


@pytest.mark.parametrize("comments", ["", "x,1e3,-4,9" * 90, "99999999999999999999", "\x00,²"])
def test_nonsense_is_left_aside(web: Web, post: Post, reader: Member, comments: str) -> None:
    fields = {"csrf_token": token(web, post), "comments": comments, "seconds": "-1"}
    assert web.post(f"/posts/{post.id}/seen", fields).status == 204
    SEEN.drain()
    assert len(db.session.scalars(select(ReadingPlace.member_id)).all()) == 1
