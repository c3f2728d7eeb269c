"""Bookmarks: one's own, once each, found again, and seen by nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.bookmarks import commands, policy
from forum.bookmarks.errors import NoSuchBookmark
from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from forum.kernel.ids import BookmarkId
from forum.posts.models import Post
from tests import factories
from tests.web import Page, Web


@pytest.fixture
def post(app: Flask) -> Post:
    found: Post = factories.post(title="Heat from sewers", slug="heat", excerpt="Warm water.")
    return found


@pytest.fixture
def comment(post: Post) -> Comment:
    found: Comment = factories.comment(
        factories.member("joost", name="Joost"), post, "0000", html="<p>Pipes.</p>", excerpt="Pipes."
    )
    return found


@pytest.fixture
def reader(web: Web) -> Web:
    return web.sign_in(factories.member("hanna"))


def keep(web: Web, path: str, value: str = "on") -> Page:
    token = web.get("/bookmarks").tree.find(".//input[@name='csrf_token']").get("value")  # type: ignore[union-attr]  # the masthead's
    return web.post(f"{path}/bookmark", {"csrf_token": token or "", "value": value})


def kept() -> list[tuple[int, int | None]]:
    return [(one.post_id, one.comment_id) for one in db.session.scalars(select(Bookmark).order_by(Bookmark.id))]


def only() -> Bookmark:
    return db.session.scalars(select(Bookmark)).one()


def titles(page: Page) -> list[str]:
    return [" ".join(one.itertext()) for one in page.tree.findall(".//main//p[@class='entry__title entry__title--s']")]


def test_post_and_comment_are_kept(reader: Web, post: Post, comment: Comment) -> None:
    answers = [keep(reader, f"/posts/{post.id}"), keep(reader, f"/comments/{comment.id}")]
    assert [one.response.headers["Location"] for one in answers] == [
        f"/posts/{post.id}/heat",
        f"/comments/{comment.id}",
    ]
    assert kept() == [(post.id, None), (post.id, comment.id)]


def test_kept_twice_is_kept_once(reader: Web, post: Post, comment: Comment) -> None:
    for path in (f"/posts/{post.id}", f"/comments/{comment.id}") * 2:
        assert keep(reader, path).status == 303
    assert kept() == [(post.id, None), (post.id, comment.id)]


def test_bookmark_is_taken_back(reader: Web, post: Post, comment: Comment) -> None:
    for path in (f"/posts/{post.id}", f"/comments/{comment.id}"):
        keep(reader, path)
        assert [keep(reader, path, "off").status for _ in range(2)] == [303, 303]
    assert kept() == []


def test_taking_back_a_comment_leaves_its_post(reader: Web, post: Post, comment: Comment) -> None:
    keep(reader, f"/posts/{post.id}")
    keep(reader, f"/comments/{comment.id}")
    keep(reader, f"/comments/{comment.id}", "off")
    assert kept() == [(post.id, None)]


def test_bookmark_needs_a_value(reader: Web, post: Post) -> None:
    page = keep(reader, f"/posts/{post.id}", "maybe")
    assert (page.status, "value=on" in page.words(), kept()) == (422, True, [])


def test_signed_out_reader_is_asked_to_sign_in(web: Web, post: Post) -> None:
    answers = [web.post(f"/posts/{post.id}/bookmark", {"value": "on"}), web.get("/bookmarks")]
    assert ([one.status for one in answers], kept()) == ([401, 303], [])


def test_nobody_keeps_what_they_may_not_see(reader: Web, post: Post, comment: Comment) -> None:
    with transaction() as session:
        session.get_one(Post, post.id).state = "draft"
    answers = [keep(reader, path).status for path in (f"/posts/{post.id}", f"/comments/{comment.id}", "/posts/99999")]
    assert (answers, kept()) == ([404] * 3, [])


def test_silenced_member_may_keep(web: Web, post: Post) -> None:
    web.sign_in(factories.member(state=MemberState.SILENCED))
    keep(web, f"/posts/{post.id}")
    assert kept() == [(post.id, None)]


def test_there_is_an_end_to_bookmarks(
    reader: Web, post: Post, comment: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MAX_BOOKMARKS", 1)
    keep(reader, f"/posts/{post.id}")
    page = keep(reader, f"/comments/{comment.id}")
    assert (page.status, kept()) == (409, [(post.id, None)])


def test_page_lists_the_newest_first(reader: Web, post: Post, comment: Comment) -> None:
    for path in (f"/posts/{post.id}", f"/comments/{comment.id}"):
        keep(reader, path)
    page = reader.get("/bookmarks")
    assert titles(page) == ["Heat from sewers", "Heat from sewers"]
    assert "Comment by Joost" in page.words()
    assert [link for link in page.links() if link in (f"/comments/{comment.id}", f"/posts/{post.id}/heat")] == [
        f"/comments/{comment.id}",
        f"/posts/{post.id}/heat",
    ]


def test_page_has_only_ones_own(reader: Web, post: Post) -> None:
    keep(reader, f"/posts/{post.id}")
    other = Web(reader.app).sign_in(factories.member(role="admin"))
    assert titles(other.get("/bookmarks")) == []
    paths = (f"/bookmarks/{only().id}", "/bookmarks/99999999999999999999")
    assert [other.get(path).status for path in paths] == [404, 404]
    assert reader.get("/bookmarks").response.headers["Cache-Control"] == "private, no-store"


def test_others_cannot_change_or_remove_it(reader: Web, post: Post) -> None:
    keep(reader, f"/posts/{post.id}")
    number = BookmarkId(only().id)
    other = factories.actor(factories.member(role="admin"))
    with pytest.raises(NoSuchBookmark), transaction():
        commands.annotate(other, number, "mine", None)
    with transaction():
        commands.remove(other, number)
    assert (len(kept()), only().note) == (1, "")


@pytest.mark.parametrize("state", ["hidden", "removed", "withdrawn"])
def test_words_that_are_gone_are_gone_here_too(reader: Web, comment: Comment, state: str) -> None:
    keep(reader, f"/comments/{comment.id}")
    with transaction() as session:
        session.get_one(Comment, comment.id).state = state
    pages = [reader.get("/bookmarks"), reader.get("/bookmarks?q=pipes"), reader.get(f"/bookmarks/{only().id}")]
    assert ["Pipes." in page.text or "Joost" in page.text for page in pages] == [False] * 3
    assert "This text can’t be read any more." in pages[0].words()
    assert reader.submit("/bookmarks", f"/bookmarks/{only().id}/remove").status == 303
    assert kept() == []


def test_bookmarks_are_found_by_words_of_text_and_note(reader: Web, post: Post, comment: Comment) -> None:
    for path in (f"/posts/{post.id}", f"/comments/{comment.id}"):
        keep(reader, path)
    reader.submit(f"/bookmarks/{only_of(comment).id}", f"/bookmarks/{only_of(comment).id}", note="For the council")
    found = {
        words: len(titles(reader.get(f"/bookmarks?q={words}")))
        for words in ("sewers", "pipes", "COUNCIL", "heat+council", "none")
    }
    assert found == {"sewers": 2, "pipes": 1, "COUNCIL": 1, "heat+council": 1, "none": 0}


def only_of(comment: Comment) -> Bookmark:
    return db.session.scalars(select(Bookmark).where(Bookmark.comment_id == comment.id)).one()


def test_long_list_has_pages(reader: Web) -> None:
    author, topic = factories.member(), factories.topic()
    actor = factories.actor(db.session.scalars(select(Member).where(Member.username == "hanna")).one())
    posts = [factories.post(author, topic, title=f"{number}") for number in range(35)]
    with transaction():
        for post in posts:
            commands.bookmark_post(actor, post.id, on=True)
    first = reader.get("/bookmarks")
    second = reader.get(next(link for link in first.links() if "after=" in link))
    assert titles(first) + titles(second) == [f"{number}" for number in reversed(range(35))]
    assert [link for link in second.links() if "after=" in link] == []
