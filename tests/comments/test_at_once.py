"""Many members at the same moment, and one form sent again and again: one order for all, nothing lost or twice."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.comments.models import Comment
from forum.posts.models import Post
from tests import factories
from tests.comments.writing import Counters, counters, new_page, press, send, stored
from tests.parallel import at_once
from tests.web import Page, Web

pytestmark = pytest.mark.drill

PATH = "/posts/%d/comments"


def visitors(app: Flask, count: int) -> list[Web]:
    return [Web(app).sign_in(factories.member()) for _ in range(count)]


def sent_form(web: Web, post: Post, body: str = "A remark.") -> dict[str, list[str]]:
    """A form as it is about to be sent."""
    return web.get(new_page(post)).form(PATH % post.id) | {"body": [body]}


def test_fifty_replies_at_once_stand_in_one_order(app: Flask) -> None:
    post = factories.post()
    post_id = post.id
    parent: Comment = factories.comment(factories.member(), post, "0000")
    parent_id = parent.id
    forms = [(web, web.get(f"/posts/{post_id}/comments/new?parent={parent_id}")) for web in visitors(app, 50)]
    pages = at_once(app, lambda one: one[0].submit(one[1], PATH % post_id, body="A reply."), forms)
    assert {page.status for page in pages} == {303}
    paths = [one.path for one in stored()]
    assert (len(set(paths)), paths[-1], stored()[0].reply_count) == (51, "0000000n", 50)
    assert counters(post, factories.member()).post == 50


def test_fifty_comments_at_the_top_at_once_stand_in_one_order(app: Flask) -> None:
    post = factories.post()
    post_id = post.id
    forms = [(web, web.get(f"/posts/{post_id}/comments/new")) for web in visitors(app, 50)]
    at_once(app, lambda one: one[0].submit(one[1], PATH % post_id, body="A remark."), forms)
    found = stored()
    assert (len(found), found[-1].path) == (50, "000n")
    assert [one.id for one in found] == sorted(one.id for one in found)


def test_replies_recommendations_and_withdrawals_at_once_all_succeed(app: Flask) -> None:
    post, author = factories.post(), factories.member()
    post_id = post.id
    parent = factories.comment(author, post, "0000")
    below = factories.comment(author, post, "00000000", parent_id=parent.id)
    parent_id, below_id = parent.id, below.id

    def act(given: tuple[int, Web]) -> Page:
        number, web = given
        if number % 3 == 0:
            return web.submit(f"/posts/{post_id}/comments/new?parent={below_id}", PATH % post_id, body="So.")
        target = Comment(id=parent_id if number % 2 else below_id)
        return press(web, target, "recommend", value="on")

    pages = at_once(app, act, list(enumerate(visitors(app, 30))))
    assert {page.status for page in pages} == {303}
    assert [one.reply_count for one in stored()[:2]] == [10, 10]


def test_one_key_fifty_times_at_once_makes_one_comment(app: Flask) -> None:
    post, member = factories.post(), factories.member()
    post_id = post.id
    browsers = [Web(app).sign_in(member) for _ in range(50)]
    key = browsers[0].get(new_page(post)).form(PATH % post_id)["idempotency_key"]
    forms = [(web, sent_form(web, post) | {"idempotency_key": key}) for web in browsers]
    pages = at_once(app, lambda one: one[0].post(PATH % post_id, one[1]), forms)
    (comment,) = stored()
    answers = {(page.status, page.response.headers["Location"]) for page in pages}
    assert answers == {(303, f"/posts/{post_id}/{post.slug}#comment-{comment.id}")}
    assert counters(post, member) == Counters(1, 1)


def test_key_with_other_words_is_refused_with_the_text_and_a_fresh_key(web: Web) -> None:
    post = factories.post()
    form = sent_form(web.sign_in(factories.member()), post, "First words")
    web.post(PATH % post.id, form)
    page = web.post(PATH % post.id, form | {"body": ["Other words"]})
    again = page.form(PATH % post.id)
    assert (page.status, again["body"], again["idempotency_key"] != form["idempotency_key"]) == (
        422, ["Other words"], True,
    )  # fmt: skip
    assert web.post(PATH % post.id, again).status == 303
    assert [one.source for one in stored()] == ["First words", "Other words"]


def test_form_without_a_key_is_refused_with_the_text(web: Web) -> None:
    post = factories.post()
    form = sent_form(web.sign_in(factories.member()), post, "Words")
    page = web.post(PATH % post.id, form | {"idempotency_key": [""]})
    assert (page.status, page.form(PATH % post.id)["body"], stored()) == (422, ["Words"], [])


def test_key_of_one_post_is_not_one_of_another(web: Web) -> None:
    one, other = factories.post(), factories.post()
    form = sent_form(web.sign_in(factories.member()), one)
    assert [web.post(PATH % post.id, form).status for post in (one, other)] == [303, 303]
    assert len(stored()) == 2


def test_edit_sent_twice_is_one_version(web: Web) -> None:
    post, author = factories.post(), factories.member()
    send(web.sign_in(author), post)
    path = f"/comments/{stored()[0].id}/edit"
    form = web.get(path).form(path) | {"body": ["Better."]}
    answers = [web.post(path, form) for _ in range(2)]
    assert len({(page.status, page.response.headers["Location"]) for page in answers}) == 1
    assert (stored()[0].source, stored()[0].revision) == ("Better.", 2)
