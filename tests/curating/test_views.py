from __future__ import annotations

import re

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.curating.commands.aspects import featured_in, pinned_in
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.posts.models import Post
from forum.topics.models import Topic, TopicCurator
from tests import factories
from tests.curating.steps import slugs_of
from tests.web import Web


@pytest.fixture
def energy(app: Flask) -> Topic:
    made: Topic = factories.topic("energy", name="Energy")
    return made


@pytest.fixture
def post(energy: Topic) -> Post:
    made: Post = factories.post(None, energy, slug="quay", title="Quay")
    return made


def curating(topic: Topic) -> Member:
    member = factories.member()
    with transaction():
        db.session.add(TopicCurator(topic_id=topic.id, member_id=member.id))
    return member


def test_curator_finds_the_way_on_topic_and_post(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    paths = {"/topics/energy": f"/topics/{energy.id}/curate", f"/posts/{post.id}/quay": f"/posts/{post.id}/curate"}
    for path, link in paths.items():
        assert link not in web.get(path).links()
    curator, stranger = Web(app).sign_in(curating(energy)), Web(app).sign_in(curating(factories.topic()))
    moderator = Web(app).sign_in(factories.member(role=Role.MODERATOR))
    for path, link in paths.items():
        assert [link in one.get(path).links() for one in (curator, moderator, stranger)] == [True, True, False]


def test_post_is_featured_pinned_moved_and_closed_by_forms(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    factories.topic("digital", name="Digital")
    web.sign_in(curating(energy))
    page = f"/posts/{post.id}/curate"
    assert web.submit(page, f"{page}/feature").status == 303
    assert web.submit(page, f"{page}/pin").status == 303
    assert (featured_in(energy.id), pinned_in(energy.id)) == ([post.id], [post.id])
    assert web.submit(page, f"{page}/thread", mode="closed").status == 303
    assert web.submit(page, f"{page}/topics", main="energy", topics=["digital"]).status == 303
    assert slugs_of(post) == ["energy", "digital"]
    words = web.get(page).words()
    assert [part in words for part in ("Featured a post", "Closed the discussion", "Moved it")] == [False, True, True]


def test_act_is_undone_by_its_button(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    web.sign_in(curating(energy))
    page = f"/posts/{post.id}/curate"
    web.submit(page, f"{page}/thread", mode="closed")
    (action,) = re.findall(r"/curating/\d+/undo", web.get(page).text)
    assert web.submit(page, action).response.location == page
    assert "This discussion is closed." not in web.get(f"/posts/{post.id}/quay").words()
    assert "undone" in web.get(page).words()


def test_topic_is_curated_by_forms(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    other = factories.post(None, energy)
    web.sign_in(curating(energy))
    page = f"/topics/{energy.id}/curate"
    for one in (post, other):
        web.submit(f"/posts/{one.id}/curate", f"/posts/{one.id}/curate/feature")
    assert web.submit(page, f"{page}/order", post=str(other.id), value="up").status == 303
    assert featured_in(energy.id) == [other.id, post.id]
    assert web.submit(page, f"{page}/note", note="Read *this*.").status == 303
    assert "<em>this</em>" in web.get("/topics/energy").text
    assert "Merge this topic" not in web.get(page).words()


def test_wrong_words_come_back(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    web.sign_in(factories.member(role=Role.MODERATOR))
    page = f"/topics/{energy.id}/curate"
    long = web.submit(page, f"{page}/note", note="x" * 1001)
    assert (long.status, long.form(f"{page}/note")["note"]) == (422, ["x" * 1001])
    assert web.submit(page, f"{page}/merge", into="energy").status == 422
    assert web.submit(f"/posts/{post.id}/curate", f"/posts/{post.id}/curate/topics", main="").status == 422


@pytest.mark.parametrize("path", ["/posts/{post}/curate", "/topics/{topic}/curate"])
def test_pages_are_for_curators(app: Flask, web: Web, energy: Topic, post: Post, path: str) -> None:
    address = path.format(post=post.id, topic=energy.id)
    assert web.get(address).response.location == f"/sign-in?next={address}"
    assert web.sign_in(curating(factories.topic())).get(address).status == 403


def test_notes_cannot_run_script(app: Flask, web: Web, energy: Topic) -> None:
    web.sign_in(curating(energy))
    page = f"/topics/{energy.id}/curate"
    web.submit(page, f"{page}/note", note="<script>alert(1)</script>[x](javascript:alert(1))")
    assert [bad in web.get("/topics/energy").text for bad in ("<script>alert", 'href="javascript:')] == [False, False]
