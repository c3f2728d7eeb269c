"""A word planted in what somebody may not read is found by nobody else: not as a result, a count, a facet, a
suggestion, a correction or a post like another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from forum.comments.models import READABLE, CommentState
from forum.kernel.access import ANONYMOUS, Actor, MemberState, Role
from forum.organisations.models import Verification
from forum.posts.models import PostState
from forum.posts.policy import PRIVATE
from forum.search.queries import similar_posts, suggestions
from forum.topics.models import TopicState
from tests import factories
from tests.search.finding import comment, find, post, settle

WORD = "zonnebloemkelder"
NEAR = "zonnebloemkeldr"


class People:
    def __init__(self) -> None:
        self.author = factories.member("anneke")
        self.other = factories.member("joost")
        self.moderator = factories.member("rosa", role=Role.MODERATOR)

    def actors(self) -> dict[str, Actor]:
        known = {"author": self.author, "other": self.other, "moderator": self.moderator}
        return {"anonymous": ANONYMOUS} | {name: factories.actor(one) for name, one in known.items()}


@pytest.fixture
def people(app: Flask) -> People:
    return People()


def traces(actor: Actor) -> dict[str, Any]:
    """Everything that search says of the word to somebody."""
    found, near = find(WORD, actor), find(NEAR, actor)
    return {
        "results": len(found.results),
        "total": found.total,
        "facets": sum(value.count or 0 for facet in found.facets for value in facet.values),
        "second": found.second is not None,
        "correction": near.second.text if near.second else "",
        "prefix": find(WORD[:8], actor).total,
        "suggestions": len(suggestions(WORD[:8], actor)),
        "similar": len(similar_posts(WORD, WORD)),
    }


NOTHING = {
    "results": 0,
    "total": 0,
    "facets": 0,
    "second": False,
    "correction": "",
    "prefix": 0,
    "suggestions": 0,
    "similar": 0,
}


def those_who_see(people: People, allowed: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, actor in people.actors().items():
        said = traces(actor)
        if name in allowed:
            assert said["total"] == 1, name
        else:
            yield name, said


@pytest.mark.parametrize("state", [one for one in PostState if one != PostState.PUBLISHED])
def test_post_that_is_not_published_leaves_no_trace(people: People, state: PostState) -> None:
    post(WORD.title(), f"A {WORD} of ours.", people.author, state=state)
    allowed = {"author"} if state in PRIVATE else {"author", "moderator"}
    assert [name for name, said in those_who_see(people, allowed) if said != NOTHING] == []


@pytest.mark.parametrize("state", [one for one in CommentState if one not in READABLE])
def test_comment_that_is_not_readable_leaves_no_trace(people: People, state: CommentState) -> None:
    comment(post("Quay"), f"A {WORD} of ours.", people.author, state=state)
    assert [name for name, said in those_who_see(people, {"author", "moderator"}) if said != NOTHING] == []


@pytest.mark.parametrize("state", [PostState.HIDDEN, PostState.REMOVED, PostState.WITHDRAWN, PostState.DRAFT])
def test_comment_under_a_post_that_is_gone_leaves_no_trace(people: People, state: PostState) -> None:
    comment(post("Quay", author=people.other, state=state), f"A {WORD} of ours.", people.author)
    left = {name: said for name, said in those_who_see(people, set()) if said["total"]}
    assert set(left) <= ({"moderator"} if state not in PRIVATE else set())


@pytest.mark.parametrize("state", [Verification.DRAFT, Verification.REJECTED])
def test_organisation_that_is_not_shown_leaves_no_trace(people: People, state: Verification) -> None:
    factories.organisation("cellar", name=WORD.title(), state=state)
    assert [name for name, said in those_who_see(people, {"moderator"}) if said != NOTHING] == []


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.ERASED])
def test_member_who_is_not_shown_leaves_no_trace(people: People, state: MemberState) -> None:
    factories.member("cellar", name=WORD.title(), state=state)
    allowed = {"moderator"} if state is MemberState.UNCONFIRMED else set()
    assert [name for name, said in those_who_see(people, allowed) if said != NOTHING] == []


def test_merged_topic_leaves_no_trace(people: People) -> None:
    into = factories.topic("cellars")
    factories.topic("old", name=WORD.title(), state=TopicState.MERGED, merged_into_id=into.id)
    assert [name for name, said in those_who_see(people, {"moderator"}) if said != NOTHING] == []


def test_published_word_is_found_by_all(people: People) -> None:
    """What the tests above look for can be found."""
    post(WORD.title(), f"A {WORD} of ours.", people.author)
    settle()
    for name, actor in people.actors().items():
        said = traces(actor)
        assert (said["total"], said["correction"], said["suggestions"], said["prefix"]) == (1, WORD, 1, 1), name
