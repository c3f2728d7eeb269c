"""Files go out to those who may see what holds them, and nothing of them runs."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.db import db, transaction
from forum.media.models import FileUse
from forum.posts.models import Post
from tests import factories
from tests.media.sending import added
from tests.web import Web

MODERATOR = {"role": "moderator"}


def published(web: Web, answer: dict[str, str], button: str = "publish") -> Post:
    """A post of the signed-in member's that shows the file."""
    factories.topic("energy")
    words = f"Look:\n\n{answer['markdown']}\n"
    page = web.submit("/posts/new", "/posts/new", title="Quay", body=words, topics="energy", **{button: "yes"})
    assert page.status == 303, page.words()
    post: Post = db.session.scalars(select(Post)).one()
    return post


def statuses(app: Flask, address: str, author: Member) -> dict[str, int]:
    """What each kind of reader gets."""
    stranger, moderator = factories.member(), factories.member(**MODERATOR)
    visitors = {"reader": None, "member": stranger, "author": author, "moderator": moderator}
    return {name: (Web(app).sign_in(who) if who else Web(app)).get(address).status for name, who in visitors.items()}


def test_file_that_nothing_holds_is_its_owners(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    assert statuses(app, answer["address"], ada) == {"reader": 404, "member": 404, "author": 200, "moderator": 404}


def test_picture_of_a_published_post_is_everyones(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    published(web, answer)
    assert set(statuses(app, answer["address"], ada).values()) == {200}


def test_picture_of_a_draft_is_its_authors(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    published(web, answer, "save")
    assert statuses(app, answer["address"], ada) == {"reader": 404, "member": 404, "author": 200, "moderator": 404}


@pytest.mark.parametrize("state", ["pending", "returned", "rejected", "hidden", "removed", "withdrawn"])
def test_picture_of_a_post_that_readers_do_not_see(app: Flask, web: Web, ada: Member, state: str) -> None:
    answer = added(web)
    published(web, answer)
    with transaction() as session:
        session.execute(update(Post).values(state=state))
    assert statuses(app, answer["address"], ada) == {"reader": 404, "member": 404, "author": 200, "moderator": 200}


@pytest.mark.parametrize(
    ("state", "status"),
    [("visible", 200), ("collapsed", 200), ("pending", 404), ("hidden", 404), ("removed", 404), ("withdrawn", 404)],
)
def test_picture_of_a_comment(app: Flask, web: Web, ada: Member, state: str, status: int) -> None:
    answer, post = added(web), factories.post()
    path = f"/posts/{post.id}/comments"
    web.submit(f"{path}/new", path, body=answer["markdown"])
    with transaction() as session:
        session.execute(update(Comment).values(state=state))
    seen = statuses(app, answer["address"], ada)
    assert seen == {"reader": status, "member": status, "author": 200, "moderator": 200}


def test_picture_that_was_taken_out_again_is_served_no_more(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    post = published(web, answer)
    web.submit(f"/posts/{post.id}/edit", f"/posts/{post.id}/edit", body="Words only.")
    assert (Web(app).get(answer["address"]).status, db.session.scalars(select(FileUse)).all()) == (404, [])


def test_strangers_private_picture_cannot_be_taken_into_a_text(app: Flask, web: Web, ada: Member) -> None:
    answer, thief = added(web), Web(app).sign_in(factories.member())
    published(thief, answer)
    assert Web(app).get(answer["address"]).status == 404


def test_public_picture_may_be_quoted(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    post = published(web, answer)
    path = f"/posts/{post.id}/comments"
    Web(app).sign_in(factories.member()).submit(f"{path}/new", path, body=answer["markdown"])
    assert len(db.session.scalars(select(FileUse)).all()) == 2


def test_public_file_is_kept_long_and_a_private_one_nowhere(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    private = web.get(answer["address"]).response.headers["Cache-Control"]
    published(web, answer)
    public = Web(app).get(answer["address"]).response.headers["Cache-Control"]
    assert (private, public) == (
        "private, no-store", "public, max-age=31536000, s-maxage=600, immutable",
    )  # fmt: skip


def test_nothing_runs_when_a_file_is_opened_directly(web: Web, ada: Member) -> None:
    for answer, way in ((added(web), "inline"), (added(web, b"%PDF-1.7 /JS", 'a"\u202e.pdf'), "attachment")):
        headers = web.get(answer["address"]).response.headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Disposition"].split(";")[0] == way
        assert "Set-Cookie" not in headers


def test_sizes_are_served_and_no_others(web: Web, ada: Member) -> None:
    key = added(web)["address"].removesuffix(".webp")
    found = {size: web.get(f"{key}/{size}").status for size in ("480.webp", "1200.webp", "1200.jpg", "481.webp")}
    assert found == {"480.webp": 200, "1200.webp": 200, "1200.jpg": 200, "481.webp": 404}


@pytest.mark.parametrize("path", ["/media/x.webp", "/media/" + "x" * 16 + ".webp", "/media/" + "x" * 16 + ".svg"])
def test_file_that_is_not_there(web: Web, app: Flask, path: str) -> None:
    assert web.get(path).status == 404


def test_file_is_not_sent_twice(web: Web, ada: Member) -> None:
    address = added(web)["address"]
    tag = web.get(address).response.headers["ETag"]
    again = web.get(address, headers={"If-None-Match": tag})
    assert (again.status, again.response.data) == (304, b"")


def test_page_shows_the_picture_with_its_place(web: Web, app: Flask, ada: Member) -> None:
    answer = added(web, alt="A quay")
    post = published(web, answer)
    page = Web(app).get(f"/posts/{post.id}/{post.slug}")
    image = next(node for node in page.tree.iter("img"))
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A quay", "1200", "800")
    assert [size.split()[1] for size in str(image.get("srcset")).split(", ")] == ["480w", "960w", "1200w"]
