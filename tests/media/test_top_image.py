"""The picture at the top of a post: described or decorative, shown where the post is, and seen by who sees the post."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.media.models import File
from forum.posts.addresses import address_of
from forum.posts.models import Post
from tests import factories
from tests.media import samples
from tests.media.sending import added
from tests.media.test_serving import statuses
from tests.web import Page, Web

NEW = "/posts/new"
ALT = 'Sheet piles & a "crane"'


@pytest.fixture(autouse=True)
def topic(app: Flask) -> None:
    factories.topic("energy")


def sent(web: Web, image: str, button: str = "publish", **fields: str) -> Page:
    words = {"title": "Quay", "body": "Words.", "topics": "energy", "image": image, button: "yes"}
    return web.submit(NEW, NEW, **(words | fields))


def key_of(answer: dict[str, Any]) -> str:
    return str(answer["address"])[7:23]


def only_post() -> Post:
    db.session.expire_all()
    post: Post = db.session.scalars(select(Post)).one()
    return post


def images(page: Page, key: str) -> list[dict[str, str]]:
    return [dict(one.items()) for one in page.tree.iter("img") if key in one.get("src", "")]


def test_picture_without_a_description_is_not_published(web: Web, ada: Member) -> None:
    key = key_of(added(web))
    page = sent(web, key)
    kept = page.form(NEW)
    assert (page.status, "Say what the picture at the top shows" in page.words()) == (422, True)
    assert (kept["body"], kept["image"], len(images(page, key))) == (["Words."], [key], 1)
    assert sent(web, key, "save").status == 303
    assert (only_post().state, only_post().image, only_post().image_alt) == ("draft", key, "")


def test_picture_is_shown_on_the_post_in_lists_and_to_programs(web: Web, ada: Member) -> None:
    key = key_of(added(web))
    page = web.get(sent(web, key, image_alt=ALT).response.location)
    [shown] = images(page, key)
    assert (shown["alt"], shown["width"], shown["height"]) == (ALT, "1200", "800")
    assert shown["srcset"] == ", ".join(f"/media/{key}/{width}.webp {width}w" for width in (480, 960, 1200))
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', page.text).group(1))  # type: ignore[union-attr]  # it's there
    shared = f"http://localhost/media/{key}/1200.jpg"
    assert (f'property="og:image" content="{shared}"' in page.text, told["image"]) == (True, shared)
    assert web.get(f"/media/{key}/1200.jpg").response.mimetype == "image/jpeg"
    assert {one["alt"] for one in images(web.get("/"), key)} == {""}


def test_decorative_picture_needs_no_words(web: Web, ada: Member) -> None:
    key = key_of(added(web))
    page = web.get(sent(web, key, image_alt="Not needed", image_decorative="yes").response.location)
    assert ([one["alt"] for one in images(page, key)], only_post().image_alt) == ([""], "")


def test_picture_is_seen_by_who_sees_the_post(app: Flask, web: Web, ada: Member) -> None:
    answer = added(web)
    sent(web, key_of(answer), image_alt=ALT)
    assert set(statuses(app, answer["address"], ada).values()) == {200}
    for state, moderator in (("hidden", 200), ("removed", 200), ("draft", 404), ("scheduled", 404)):
        with transaction() as session:
            session.execute(update(Post).values(state=state))
        seen = statuses(app, answer["address"], ada)
        assert seen == {"reader": 404, "member": 404, "author": 200, "moderator": moderator}


def test_picture_that_is_changed_is_on_the_next_page_anyone_loads(app: Flask, web: Web, ada: Member) -> None:
    first, second = (key_of(added(web, name=name)) for name in ("one.jpg", "two.jpg"))
    sent(web, first, image_alt=ALT)
    post, reader = only_post(), Web(app)
    address, edit = address_of(post.id, post.slug), f"/posts/{post.id}/edit"
    assert all(images(reader.get(path), first) for path in (address, "/"))
    assert web.submit(edit, edit, image=second, image_alt="Another").status == 303
    assert all(images(reader.get(path), second) and not images(reader.get(path), first) for path in (address, "/"))
    assert (statuses(app, f"/media/{first}.webp", ada)["reader"], only_post().revision) == (404, 1)
    with transaction() as session:
        session.execute(text("UPDATE posts SET image = ''"))
    assert not any(images(reader.get(path), second) for path in (address, "/"))


def test_picture_of_somebody_else_that_the_author_cannot_see_is_refused(app: Flask, web: Web, ada: Member) -> None:
    key = key_of(added(web))
    other = Web(app).sign_in(factories.member(trust_level=2))
    page = sent(other, key, image_alt=ALT)
    assert (page.status, "no longer there" in page.words(), page.form(NEW)["image"]) == (422, True, [""])
    assert sent(other, "x\0y", image_alt=ALT).status == 303
    assert only_post().image == ""


def test_scheduled_post_holds_its_picture(web: Web, ada: Member) -> None:
    key = key_of(added(web))
    later = {"publish_at": f"{clock.now().year + 1}-01-01T00:30", "publish_zone": "Europe/Amsterdam"}
    page = sent(web, key, "schedule", image_alt=ALT, **later)
    unused = db.session.scalars(select(File.unused_since)).one()
    assert (page.status, only_post().image, unused) == (303, key, None)


def placed(web: Web, data: bytes) -> Page:
    """Chosen without scripts, from a form with words in it."""
    compose = web.submit(NEW, NEW, title="A quay", body="Words before.", preview="yes")
    asked = web.post("/media/place?place=image", compose.form(NEW) | {"back": [NEW]})
    given: dict[str, Any] = asked.form("/media/place") | {"send": ["yes"], "alt": [ALT]}
    return web.post("/media/place", given | {"file": (io.BytesIO(data), "quay.jpg")})


def test_picture_is_chosen_and_taken_off_without_scripts(web: Web, ada: Member) -> None:
    back = web.post(NEW, placed(web, samples.picture()).form(NEW) | {"preview": ["yes"]})
    kept, key = back.form(NEW), db.session.scalars(select(File.key)).one()
    assert (kept["image"], kept["image_alt"], kept["body"]) == ([key], [ALT], ["Words before."])
    without = web.post(NEW, kept | {"image_off": ["yes"]})
    assert (without.form(NEW)["image"], without.form(NEW)["body"]) == ([""], ["Words before."])


def test_document_is_no_picture_at_the_top(web: Web, ada: Member) -> None:
    page = placed(web, b"%PDF-1.7")
    assert (page.status, page.form("/media/place")["body"]) == (422, ["Words before."])
    assert page.form("/media/place")["place"] == ["image"]


def test_long_description_is_refused(web: Web, ada: Member) -> None:
    page = sent(web, key_of(added(web)), image_alt="x" * 301)
    assert (page.status, page.form(NEW)["image_alt"]) == (422, ["x" * 301])
