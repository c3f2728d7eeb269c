"""Feeds: valid, whole, in the right order, and never of what isn't for everybody."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.comments.models import CommentState
from forum.kernel import settings
from forum.kernel.access import MemberState
from forum.kernel.db import transaction
from forum.organisations.models import OrganisationAddress, Verification
from forum.posts.models import Post, PostState
from forum.topics.models import Topic, TopicAddress
from tests import factories
from tests.feeds import atom
from tests.web import Web

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
FEEDS = (
    "/feeds/latest.atom",
    "/feeds/topics/energy.atom",
    "/feeds/organisations/gent.atom",
    "/feeds/members/hanna.atom",
    "/feeds/posts/{id}.atom",
)


@pytest.fixture
def post(app: Flask) -> Post:
    """Of Hanna, for Gent, under energy."""
    found: Post = factories.post(
        factories.member("hanna", name="Hanna & Co"),
        factories.topic("energy", name="Energy"),
        title="Heat <from> sewers & more",
        slug="heat",
        html='<p>See <a href="/posts/1/x">this</a>.</p>\n',
        excerpt="See this.",
        language="nl",
        organisation_id=factories.organisation("gent", name="City of Gent").id,
        published_at=MORNING,
    )
    return found


@pytest.mark.parametrize("path", FEEDS)
def test_feed_has_the_whole_post(web: Web, post: Post, path: str) -> None:
    entry = atom.feed(web, path.format(id=post.id)).entries[0]
    assert (entry.title, entry.link) == ("Heat <from> sewers & more", f"http://localhost/posts/{post.id}/heat")
    assert entry.content[0].value == '<p>See <a href="http://localhost/posts/1/x">this</a>.</p>'
    assert (entry.id, entry.content[0].language) == (f"tag:localhost,2026-01-01:posts/{post.id}", "nl")
    assert (entry.published, entry.summary) == ("2026-03-02T08:00:00Z", "See this.")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_says_what_it_is_of(web: Web, post: Post, path: str) -> None:
    found = atom.feed(web, path.format(id=post.id))
    titles = {
        "latest": "Kade",
        "topics": "Energy · Kade",
        "organisations": "City of Gent · Kade",
        "members": "Hanna & Co · Kade",
        "posts": "Discussion: Heat <from> sewers & more · Kade",
    }
    assert found.feed.title == titles[path.split("/")[2].removesuffix(".atom")]
    assert (atom.link(found, "self"), found.feed.language) == (path.format(id=post.id), "en")


def test_entry_names_organisation_writer_and_topic(web: Web, post: Post) -> None:
    entry = atom.feed(web, "/feeds/latest.atom").entries[0]
    assert [author.name for author in entry.authors] == ["City of Gent", "Hanna & Co"]
    assert [author.href for author in entry.authors] == [
        "http://localhost/organisations/gent",
        "http://localhost/members/hanna",
    ]
    assert [(tag.term, tag.label) for tag in entry.tags] == [("energy", "Energy")]


def test_post_feed_has_its_comments_newest_first(web: Web, post: Post) -> None:
    joost = factories.member("joost")
    first = factories.comment(joost, post, "0000")
    second = factories.comment(joost, post, "00000000", parent_id=first.id)
    found = atom.feed(web, f"/feeds/posts/{post.id}.atom")
    assert [entry.id.rpartition(":")[2] for entry in found.entries] == [
        f"posts/{post.id}",
        f"comments/{second.id}",
        f"comments/{first.id}",
    ]


def test_comment_names_what_it_answers(web: Web, post: Post) -> None:
    first = factories.comment(factories.member(), post, "0000")
    factories.comment(factories.member(), post, "00000000", parent_id=first.id)
    text = web.get(f"/feeds/posts/{post.id}.atom").text
    assert re.findall(r'<thr:in-reply-to ref="([^"]+)" href="([^"]+)"', text) == [
        (f"tag:localhost,2026-01-01:comments/{first.id}", f"http://localhost/comments/{first.id}"),
        (f"tag:localhost,2026-01-01:posts/{post.id}", f"http://localhost/posts/{post.id}/heat"),
    ]


def test_feed_of_a_long_discussion_leads_to_all_of_it(web: Web, post: Post) -> None:
    joost = factories.member("joost")
    made = [factories.comment(joost, post, f"{number:04d}").id for number in range(60)]
    path, seen = f"/feeds/posts/{post.id}.atom", []
    while path:
        found = atom.feed(web, path)
        seen += [int(entry.id.rpartition("/")[2]) for entry in found.entries if "comments/" in entry.id]
        path = atom.link(found, "next")
    assert seen == sorted(made, reverse=True)


def test_feed_pages_lead_there_and_back(web: Web) -> None:
    author, topic = factories.member(), factories.topic("energy")
    for number in range(25):
        factories.post(author, topic, title=f"{number}", published_at=MORNING + timedelta(hours=number))
    first = atom.feed(web, "/feeds/latest.atom")
    second = atom.feed(web, atom.link(first, "next"))
    titles = [entry.title for entry in (*first.entries, *second.entries)]
    assert titles == [f"{number}" for number in reversed(range(25))]
    back = atom.feed(web, atom.link(second, "previous"))
    assert [entry.title for entry in back.entries] == titles[:20]
    assert (atom.link(second, "first"), atom.link(second, "next")) == ("/feeds/latest.atom", "")


def test_empty_feed_is_valid(web: Web) -> None:
    assert atom.feed(web, "/feeds/latest.atom").entries == []


def test_addresses_come_from_the_setting_and_not_from_the_request(web: Web, post: Post) -> None:
    page = web.get("/feeds/latest.atom", base_url="http://127.0.0.1:9")
    assert "http://localhost/feeds/latest.atom" in page.text
    assert "127.0.0.1" not in page.text


def test_ids_stay_when_the_site_moves(web: Web, post: Post) -> None:
    with transaction():
        settings.change("feed-ids", "old.example")
    found = atom.feed(web, "/feeds/latest.atom")
    assert found.entries[0].id == f"tag:old.example,2026-01-01:posts/{post.id}"


@pytest.mark.parametrize("state", [state for state in PostState if state is not PostState.PUBLISHED])
@pytest.mark.parametrize("path", FEEDS[:4])
def test_feed_leaves_out_what_readers_may_not_see(web: Web, post: Post, path: str, state: PostState) -> None:
    author = Web(web.app).sign_in(factories.member("rosa", role="admin"))
    atom.feed(web, path)
    with transaction() as session:
        session.get_one(Post, post.id).state = state
    assert [atom.feed(one, path).entries for one in (web, author)] == [[], []]
    assert web.get(f"/feeds/posts/{post.id}.atom").status == 404


@pytest.mark.parametrize("state", ["pending", "returned", "rejected", "hidden", "removed", "withdrawn"])
def test_feed_leaves_out_comments_that_cannot_be_read(web: Web, post: Post, state: str) -> None:
    factories.comment(factories.member(), post, "0000", state=CommentState(state), html="<p>planted</p>")
    assert len(atom.feed(web, f"/feeds/posts/{post.id}.atom").entries) == 1


def test_feed_of_nobody_is_missing(web: Web) -> None:
    factories.member("gone", state=MemberState.ERASED)
    factories.organisation("draft", state=Verification.DRAFT)
    paths = ("topics/none", "organisations/none", "organisations/draft", "members/none", "members/gone", "posts/99")
    assert [web.get(f"/feeds/{path}.atom").status for path in paths] == [404] * 6


def test_old_names_lead_to_the_feed(web: Web, post: Post) -> None:
    with transaction() as session:
        topic_id = session.scalars(select(Topic.id)).one()
        session.add(TopicAddress(slug="power", topic_id=topic_id))
        session.add(OrganisationAddress(slug="ghent", organisation_id=post.organisation_id))
    answers = [web.get(path).response for path in ("/feeds/topics/power.atom", "/feeds/organisations/ghent.atom")]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (301, "/feeds/topics/energy.atom"),
        (301, "/feeds/organisations/gent.atom"),
    ]
