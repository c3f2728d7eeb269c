"""Posts like a post, and like a title that somebody is typing."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.access import ANONYMOUS
from forum.posts.models import Post
from forum.search.queries import similar_posts, similar_to
from tests.search.finding import post, settle
from tests.web import Web


@pytest.fixture
def basalt(app: Flask) -> Post:
    for title in ("Trees", "Buses", "Lamps", "Sewers", "Bridges", "Markets"):
        post(title)
    post("Quays of basalt", "Basalt walls last.")
    made = post("Basalt or brick", "We built two walls of basalt.")
    settle()
    return made


def test_post_leads_to_those_like_it(basalt: Post) -> None:
    assert [card.title for card in similar_to(basalt.id, ANONYMOUS)] == ["Quays of basalt"]


def test_title_leads_to_posts_that_may_say_it_already(basalt: Post, web: Web) -> None:
    assert similar_posts("A quay of basalt")[0].title == "Quays of basalt"
    part = web.get("/search/similar?title=A+quay+of+basalt", headers={"X-Requested-With": "fetch"})
    assert (part.status, "Quays of basalt" in part.text, "<html" in part.text) == (200, True, False)


def test_nothing_like_it_is_nothing(basalt: Post) -> None:
    assert similar_posts("Zeppelins") == ()
