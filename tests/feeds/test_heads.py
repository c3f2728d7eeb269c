"""What pages say of themselves to programs: canonical addresses, feeds, previews, and the discussion as data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from forum.comments.models import CommentState
from forum.posts.models import Post
from tests import factories
from tests.web import Page, Web

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NASTY = "</script><!--<script>alert(1)</script>&\u2028"


@pytest.fixture
def post(app: Flask) -> Post:
    found: Post = factories.post(
        factories.member("hanna", name="Hanna"),
        factories.topic("energy", name="Energy"),
        title="Heat from sewers",
        slug="heat",
        standfirst="What it cost.",
        published_at=NOON,
        organisation_id=factories.organisation("gent", name="City of Gent").id,
        recommendation_count=4,
    )
    return found


def address(post: Post) -> str:
    return f"/posts/{post.id}/{post.slug}"


def meta(page: Page) -> dict[str, str]:
    return {one.get("property", ""): one.get("content", "") for one in page.tree.iter("meta") if one.get("property")}


def links(page: Page, rel: str) -> list[str]:
    return [one.get("href", "") for one in page.tree.iter("link") if one.get("rel") == rel]


def data(page: Page) -> Any:
    blocks = [one.text for one in page.tree.iter("script") if one.get("type") == "application/ld+json"]
    return json.loads(blocks[0] or "") if blocks else None


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("/", "website", "Kade"),
        ("/topics/energy", "website", "Energy"),
        ("/organisations/gent", "profile", "City of Gent"),
        ("/members/hanna", "profile", "Hanna"),
        ("/posts/{id}/heat", "article", "Heat from sewers"),
    ],
)
def test_page_has_a_preview_and_one_canonical_address(web: Web, post: Post, path: str, kind: str, title: str) -> None:
    path = path.format(id=post.id)
    page = web.get(path)
    assert links(page, "canonical") == [f"http://localhost{path}"]
    found = meta(page)
    assert [found[f"og:{name}"] for name in ("type", "title", "url", "site_name")] == [
        kind,
        title,
        f"http://localhost{path}",
        "Kade",
    ]


@pytest.mark.parametrize("path", ["/topics/energy", "/organisations/gent", "/members/hanna"])
def test_page_names_its_feeds(web: Web, post: Post, path: str) -> None:
    feeds = links(web.get(path), "alternate")
    assert feeds == ["/feeds/latest.atom", f"/feeds{path}.atom"]
    assert [web.get(feed).status for feed in feeds] == [200, 200]


def test_post_names_the_feed_of_its_discussion(web: Web, post: Post) -> None:
    assert links(web.get(address(post)), "alternate") == ["/feeds/latest.atom", f"/feeds/posts/{post.id}.atom"]


def test_post_is_told_as_data(web: Web, post: Post) -> None:
    found = data(web.get(address(post)))
    here = f"http://localhost{address(post)}"
    assert (found["@type"], found["url"], found["headline"]) == ("DiscussionForumPosting", here, "Heat from sewers")
    assert found["author"] == {
        "@type": "Organization",
        "name": "City of Gent",
        "url": "http://localhost/organisations/gent",
    }
    assert (found["datePublished"], found["text"], found["keywords"]) == (
        "2026-03-02T12:00:00Z",
        "What it cost. Words.",
        ["Energy"],
    )
    assert found["interactionStatistic"]["userInteractionCount"] == 4


def test_comments_are_told_with_the_post(web: Web, post: Post) -> None:
    joost = factories.member("joost", name="Joost")
    first = factories.comment(joost, post, "0000")
    second = factories.comment(joost, post, "00000000", parent_id=first.id)
    told = data(web.get(address(post)))["comment"]
    assert [one["url"] for one in told] == [f"http://localhost/comments/{one.id}" for one in (first, second)]
    assert told[0]["author"] == {"@type": "Person", "name": "Joost", "url": "http://localhost/members/joost"}
    assert (told[0]["text"], told[1]["parentItem"]["@id"]) == ("A remark.", told[0]["@id"])


def test_data_stays_small_in_a_long_thread(web: Web, post: Post) -> None:
    joost = factories.member()
    for number in range(50):
        factories.comment(joost, post, f"{number:04d}", html=f"<p>{'word ' * 900}</p>")
    found = data(web.get(address(post)))
    assert (len(found["comment"]), len(json.dumps(found)) < 5_000) == (5, True)


@pytest.mark.parametrize("state", ["pending", "hidden", "removed", "withdrawn", "collapsed"])
def test_data_leaves_out_comments_that_are_not_plainly_shown(web: Web, post: Post, state: str) -> None:
    factories.comment(factories.member(), post, "0000", state=CommentState(state), html="<p>planted</p>")
    assert data(web.get(address(post)))["comment"] == []


def test_draft_is_told_to_nobody(web: Web, post: Post) -> None:
    author = factories.member()
    draft = factories.post(author, slug="draft", state="draft")
    page = web.sign_in(author).get(f"/posts/{draft.id}/draft")
    assert (page.status, data(page), links(page, "alternate")) == (200, None, ["/feeds/latest.atom"])


def test_data_cannot_leave_its_block(web: Web) -> None:
    author = factories.member(name=NASTY)
    post = factories.post(author, factories.topic(name=NASTY), title=NASTY, slug="nasty", excerpt=NASTY)
    factories.comment(author, post, "0000", html="<p>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    page = web.get(address(post))
    found = data(page)
    assert (found["headline"], found["author"]["name"], found["keywords"]) == (NASTY, NASTY, [NASTY])
    assert [one.get("src") is not None for one in page.tree.iter("script")] == [True, False]
