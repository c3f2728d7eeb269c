"""A post form sent twice makes one post."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.posts.models import Post
from tests import factories
from tests.posts.drafting import post_counts, publish, row
from tests.web import Values, Web

AT_ONCE = 20


def filled(web: Web, **words: Values) -> dict[str, Values]:
    """What a browser would send of the form, with these words."""
    fields: dict[str, Values] = dict(web.get("/posts/new").form("/posts/new"))
    return fields | {"title": "A plain letter", "body": "Words", "topics": ["energy"]} | words


def signed_in(app: Flask) -> tuple[Web, Member]:
    factories.topic("energy")
    member = factories.member()
    return Web(app).sign_in(member), member


def test_form_sent_twice_is_one_post(app: Flask) -> None:
    web, member = signed_in(app)
    fields = filled(web)
    answers = [web.post("/posts/new", fields) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].response.headers["Location"] == answers[1].response.headers["Location"]
    assert (db.session.query(Post).count(), post_counts(member)) == (1, [1])


def test_key_with_other_words_gives_them_back_under_a_fresh_key(app: Flask) -> None:
    web, _ = signed_in(app)
    fields = filled(web)
    web.post("/posts/new", fields)
    page = web.post("/posts/new", fields | {"body": "Other words"})
    shown = page.form("/posts/new")
    assert (page.status, shown["body"], db.session.query(Post).count()) == (422, ["Other words"], 1)
    assert shown["idempotency_key"] != fields["idempotency_key"]
    assert web.submit(page, "/posts/new").status == 303
    assert db.session.query(Post).count() == 2


def test_form_without_a_key_is_given_back(app: Flask) -> None:
    web, _ = signed_in(app)
    for key in ("", "x" * 65, "a\x00b"):
        page = web.post("/posts/new", filled(web, idempotency_key=key))
        assert (page.status, page.form("/posts/new")["body"]) == (422, ["Words"])
    assert db.session.query(Post).count() == 0


def test_draft_saved_twice_is_one(app: Flask) -> None:
    web, _ = signed_in(app)
    fields = filled(web, save="yes")
    assert len({web.post("/posts/new", fields).response.headers["Location"] for _ in range(2)}) == 1
    assert db.session.query(Post).count() == 1


def test_edit_sent_twice_is_one_version(app: Flask) -> None:
    web, member = signed_in(app)
    post_id = publish(factories.actor(member))
    address = f"/posts/{post_id}/edit"
    fields: Mapping[str, Any] = web.get(address).form(address) | {"body": ["Mended"]}
    assert [web.post(address, fields).status for _ in range(2)] == [303, 303]
    assert row(post_id).revision == 2


@pytest.mark.drill
def test_equal_forms_at_once_are_one_post(app: Flask) -> None:
    web, member = signed_in(app)
    fields = filled(web)
    cookie = web.client.get_cookie("kade")
    assert cookie is not None

    def send(_: int) -> tuple[int, str | None]:
        other = Web(app)
        other.client.set_cookie("kade", cookie.value)
        answer = other.client.post("/posts/new", data=dict(fields))
        return answer.status_code, answer.headers.get("Location")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    post = db.session.query(Post).one()
    assert answers == [(303, f"/posts/{post.id}/a-plain-letter")] * AT_ONCE
    assert post_counts(member) == [1]


def test_different_forms_at_once_are_all_kept(app: Flask) -> None:
    web, member = signed_in(app)
    forms = [filled(web, title=f"Letter {number}") for number in range(AT_ONCE)]
    cookie = web.client.get_cookie("kade")
    assert cookie is not None

    def send(fields: dict[str, Values]) -> int:
        other = Web(app)
        other.client.set_cookie("kade", cookie.value)
        return other.client.post("/posts/new", data=fields).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, forms))
    assert answers == [303] * AT_ONCE
    assert (db.session.query(Post).count(), post_counts(member)) == (AT_ONCE, [AT_ONCE])
