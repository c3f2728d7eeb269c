"""The tabs of a member's and an organisation's page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.comments.models import CommentState
from forum.kernel.db import transaction
from forum.organisations.models import Organisation
from forum.pages.queries import tabs
from forum.posts.models import Post
from tests import factories
from tests.statements import counted
from tests.web import Page, Web

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def hanna(app: Flask) -> Member:
    found: Member = factories.member("hanna", post_count=2, comment_count=3)
    return found


@pytest.fixture
def gent(app: Flask) -> Organisation:
    found: Organisation = factories.organisation("gent")
    return found


@pytest.fixture
def thread(app: Flask) -> Post:
    found: Post = factories.post(factories.member("joost", name="Joost"), title="The thread", slug="thread")
    return found


def titles(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.tree.findall(".//main//h3")]


def targets(page: Page) -> list[str]:
    return [one.get("href", "") for one in page.tree.findall(".//main//h3/a")]


def write(by: Member, under: Post, number: int, **fields: object) -> int:
    at = NOON + timedelta(hours=number)
    comment = factories.comment(by, under, f"{number:04d}", excerpt=f"Remark {number}.", created_at=at, **fields)
    return int(comment.id)


def test_tabs_have_their_counts(web: Web, hanna: Member) -> None:
    page = web.get("/members/hanna?tab=comments")
    nav = page.tree.find(".//main//nav[@class='tabs']")
    assert nav is not None
    assert [" ".join("".join(one.itertext()).split()) for one in nav] == ["Posts 2", "Comments 3", "Recommended"]
    assert [one.get("href") for one in nav if one.get("aria-current")] == ["/members/hanna?tab=comments"]


def test_comments_stand_newest_first_with_their_posts(web: Web, hanna: Member, thread: Post) -> None:
    ids = [write(hanna, thread, number) for number in range(3)]
    page = web.get("/members/hanna?tab=comments")
    assert targets(page) == [f"/comments/{one}" for one in reversed(ids)]
    assert ("Remark 2." in page.words(), titles(page)) == (True, ["The thread"] * 3)


def test_reply_says_to_whom(web: Web, hanna: Member, thread: Post) -> None:
    joost = factories.comment(factories.member("kees", name="Kees"), thread, "0000")
    factories.comment(hanna, thread, "00000000", parent_id=joost.id)
    assert "Replied to Kees" in web.get("/members/hanna?tab=comments").words()


@pytest.mark.parametrize("state", ["pending", "hidden", "removed", "withdrawn", "returned", "rejected"])
def test_comments_that_readers_cannot_read_are_left_out(web: Web, hanna: Member, thread: Post, state: str) -> None:
    number = write(hanna, thread, 1, state=CommentState(state), recommendation_count=4)
    viewers = [web, Web(web.app).sign_in(hanna)]
    pages = [one.get(f"/members/hanna?tab={tab}") for one in viewers for tab in ("comments", "recommended")]
    assert [f"/comments/{number}" in page.links() for page in pages] == [False] * 4


def test_comments_under_a_post_that_is_gone_are_left_out(web: Web, hanna: Member, thread: Post) -> None:
    write(hanna, thread, 1, recommendation_count=4)
    with transaction() as session:
        session.get_one(Post, thread.id).state = "hidden"
    assert [targets(web.get(f"/members/hanna?tab={tab}")) for tab in ("comments", "recommended")] == [[], []]


def test_many_comments_have_pages(web: Web, hanna: Member, thread: Post) -> None:
    ids = [write(hanna, thread, number) for number in range(35)]
    first = web.get("/members/hanna?tab=comments")
    second = web.get(next(link for link in first.links() if "after=" in link))
    assert targets(first) + targets(second) == [f"/comments/{one}" for one in reversed(ids)]
    back = web.get(next(link for link in second.links() if "before=" in link))
    assert targets(back) == targets(first)


def test_recommended_has_posts_and_comments_the_most_recommended_first(web: Web, hanna: Member, thread: Post) -> None:
    one = factories.post(hanna, title="Liked", slug="liked", recommendation_count=5)
    factories.post(hanna, title="Not liked")
    numbers = [write(hanna, thread, count, recommendation_count=count) for count in (7, 5, 0)]
    page = web.get("/members/hanna?tab=recommended")
    assert targets(page) == [f"/comments/{numbers[0]}", f"/posts/{one.id}/liked", f"/comments/{numbers[1]}"]


def test_recommended_has_pages(web: Web, hanna: Member, thread: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "PAGE", 2)
    for count in (1, 1, 2, 3):
        factories.post(hanna, recommendation_count=count)
    for number, count in enumerate((1, 1, 2, 4)):
        write(hanna, thread, number, recommendation_count=count)
    seen, path = [], "/members/hanna?tab=recommended"
    while path:
        page = web.get(path)
        seen += targets(page)
        path = next((link for link in page.links() if "after=" in link), "")
    assert (len(seen), len(set(seen))) == (8, 8)
    assert [target.split("/")[1] for target in seen] == [
        "comments",
        "posts",
        "posts",
        "comments",
        *["posts"] * 2,
        *["comments"] * 2,
    ]


def test_organisation_has_what_was_said_in_its_name(web: Web, hanna: Member, gent: Organisation, thread: Post) -> None:
    official = write(hanna, thread, 1, organisation_id=gent.id, recommendation_count=2)
    write(hanna, thread, 2, recommendation_count=9)
    pages = [web.get(f"/organisations/gent?tab={tab}") for tab in ("comments", "recommended")]
    assert [targets(page) for page in pages] == [[f"/comments/{official}"]] * 2


@pytest.mark.parametrize("tab", ["posts", "comments", "recommended"])
def test_empty_tab_says_so(web: Web, hanna: Member, gent: Organisation, tab: str) -> None:
    for path in ("/members/hanna", "/organisations/gent"):
        page = web.get(f"{path}?tab={tab}")
        assert (page.status, len(titles(page))) == (200, 1)


def test_unknown_tab_is_missing(web: Web, hanna: Member) -> None:
    assert web.get("/members/hanna?tab=none").status == 404


@pytest.mark.parametrize("tab", ["posts", "comments", "recommended"])
def test_tab_costs_as_many_statements_however_full_it_is(
    app: Flask, web: Web, hanna: Member, thread: Post, tab: str
) -> None:
    counts = []
    for number in range(3):
        factories.post(hanna, recommendation_count=1)
        write(hanna, thread, number, recommendation_count=1)
        with counted(app) as made:
            web.get(f"/members/hanna?tab={tab}")
        counts.append(len(made))
    assert (counts[1], counts[1] <= 10) == (counts[2], True)
