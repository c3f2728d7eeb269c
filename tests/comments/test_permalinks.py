"""A comment's own address leads to the page that shows it, wherever it is, at the cost of looking back one page."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.comments import tree
from forum.comments.models import LEVELS, Comment, CommentState
from forum.comments.outline import LAST_LEVEL
from forum.comments.queries import get_comment, page_address
from forum.kernel.access import Role
from forum.kernel.db import db
from forum.posts.models import Post, PostState
from tests import factories
from tests.comments.threads import grow, random_parents, shape
from tests.statements import counted
from tests.web import Page, Web


def lead(web: Web, comment_id: int) -> str:
    """Where the permalink leads."""
    page = web.get(f"/comments/{comment_id}")
    assert page.status == 302
    return page.response.headers["Location"]


def flat(count: int) -> tuple[Post, list[int]]:
    post: Post = factories.post()
    return post, grow(post, [factories.member()], shape([None] * count))


def is_shown(page: Page, comment_id: int) -> bool:
    return page.tree.find(f".//article[@id='comment-{comment_id}']") is not None


def test_levels_of_pages_are_those_that_the_outline_shows() -> None:
    assert LEVELS == LAST_LEVEL


def test_comment_among_the_first_fifty_is_on_the_plain_page(web: Web) -> None:
    post, ids = flat(51)
    address = f"/posts/{post.id}/{post.slug}"
    assert [lead(web, ids[n]) for n in (0, 49)] == [f"{address}#comment-{ids[n]}" for n in (0, 49)]


def test_later_comment_is_on_a_page_that_begins_shortly_before(web: Web) -> None:
    post, ids = flat(120)
    address = f"/posts/{post.id}/{post.slug}"
    assert lead(web, ids[50]) == f"{address}?after={ids[25]}#comment-{ids[50]}"
    assert lead(web, ids[119]) == f"{address}?after={ids[94]}#comment-{ids[119]}"


def test_deep_comment_is_on_the_page_of_what_it_answers(web: Web) -> None:
    post = factories.post()
    ids = grow(post, [factories.member()], shape([None, *range(9)]))
    address = f"/posts/{post.id}/{post.slug}"
    assert lead(web, ids[4]) == f"{address}#comment-{ids[4]}"
    assert lead(web, ids[5]) == f"{address}?branch={ids[4]}#comment-{ids[5]}"


def test_deep_comment_with_many_siblings_has_its_page(web: Web) -> None:
    post = factories.post()
    ids = grow(post, [factories.member()], shape([None, 0, 1, 2, 3, *[4] * 80]))
    assert lead(web, ids[-1]) == f"/posts/{post.id}/{post.slug}?branch={ids[4]}&after={ids[-26]}#comment-{ids[-1]}"


def test_reply_beside_the_deepest_is_on_the_page_of_their_parent(web: Web) -> None:
    post = factories.post()
    depth = tree.MAX_DEPTH
    ids = grow(post, [factories.member()], shape([None, *range(depth), depth]))
    assert lead(web, ids[-1]).endswith(f"?branch={ids[depth - 1]}#comment-{ids[-1]}")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_permalink_leads_to_a_page_that_shows_the_comment(web: Web, seed: int) -> None:
    post = factories.post()
    nodes = shape(random_parents(150, seed, tops=0.1))
    ids = grow(post, [factories.member()], nodes)
    for number in range(0, 150, 7):
        assert is_shown(web.get(lead(web, ids[number]).partition("#")[0]), ids[number])


def test_jump_costs_the_same_statements_anywhere(app: Flask) -> None:
    _, ids = flat(300)
    costs = []
    for number in (0, 150, 299):
        with counted(app) as statements:
            page_address(get_comment(ids[number]))  # type: ignore[arg-type]  # ids are CommentIds
        costs.append(len(statements))
    assert costs == [2, 2, 2]


def test_placeholder_has_its_place(web: Web) -> None:
    post = factories.post()
    comment = factories.comment(factories.member(), post, "0000", state=CommentState.REMOVED)
    assert is_shown(web.get(lead(web, comment.id).partition("#")[0]), comment.id)


def test_hidden_comment_is_found_by_its_author_and_moderators_only(web: Web) -> None:
    author = factories.member()
    comment = factories.comment(author, factories.post(), "0000", state=CommentState.HIDDEN)
    viewers: list[Member | None] = [None, factories.member(), author, factories.member(role=Role.MODERATOR)]
    found = [_visit(web, one, comment).status for one in viewers]
    assert found == [404, 404, 302, 302]


def _visit(web: Web, viewer: Member | None, comment: Comment) -> Page:
    visitor = Web(web.app)
    return (visitor.sign_in(viewer) if viewer else visitor).get(f"/comments/{comment.id}")


@pytest.mark.parametrize("fields", [{"state": PostState.DRAFT, "published_at": None}, {"state": PostState.REMOVED}])
def test_comment_of_a_post_that_cannot_be_seen_is_not_found(web: Web, fields: dict[str, Any]) -> None:
    comment = factories.comment(factories.member(), factories.post(**fields), "0000")
    assert web.get(f"/comments/{comment.id}").status == 404


def test_comment_that_is_not_there_is_not_found(web: Web) -> None:
    assert [web.get(f"/comments/{number}").status for number in (1, 2**63, 10**40)] == [404, 404, 404]
    db.session.rollback()
