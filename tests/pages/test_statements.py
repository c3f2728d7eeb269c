"""Bar 4: a page costs a fixed, small number of statements, whatever there is to show."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel.db import db
from forum.posts.models import Post
from forum.topics.models import Topic
from tests import factories
from tests.statements import counted
from tests.web import Web

RENDERED, SIGNED_IN = 6, 8


def filled(comments: int, posts: int) -> Post:
    author, topic = factories.member(), factories.topic("energy")
    post: Post = factories.post(author, topic, slug="quay", title="Quay")
    for number in range(comments):
        factories.comment(author, post, f"{number:04d}")
    for _ in range(posts):
        factories.post(author, topic)
    return post


def statements(web: Web, path: str) -> int:
    web.app.extensions["shared_pages"].store.clear()
    with counted(web.app) as made:
        assert web.get(path).status == 200
    return len(made)


@pytest.mark.parametrize("path", ["/", "/?tab=top", "/?tab=unanswered", "/topics/energy", "/posts/{id}/quay"])
def test_rendered_page_costs_few_statements_however_full_it_is(app: Flask, web: Web, path: str) -> None:
    path = path.format(id=filled(comments=1, posts=1).id)
    few = statements(web, path)
    author = factories.member()
    for _ in range(40):
        factories.post(author, db.session.scalars(select(Topic)).one())
    assert (statements(web, path), few <= RENDERED) == (few, True)


@pytest.mark.parametrize("path", ["/", "/topics/energy", "/posts/{id}/quay"])
def test_rendered_page_of_a_member_costs_few_statements(app: Flask, web: Web, path: str) -> None:
    path = path.format(id=filled(comments=30, posts=3).id)
    web.sign_in(factories.member())
    assert statements(web, path) <= SIGNED_IN


def test_reused_page_asks_the_application_nothing(app: Flask, web: Web) -> None:
    path = f"/posts/{filled(comments=3, posts=1).id}/quay"
    web.get(path)
    with counted(app) as made:
        web.get(path)
    assert made == []


def test_reading_opens_no_write_transaction(app: Flask, web: Web) -> None:
    path = f"/posts/{filled(comments=3, posts=1).id}/quay"
    web.sign_in(factories.member())
    with counted(app) as made:
        for _ in range(2):
            web.get(path)
    assert [one for one in made if one.split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []
