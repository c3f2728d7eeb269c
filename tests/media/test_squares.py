"""Faces and logos: cut from a picture, shown wherever their owner is, and taken away again."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.accounts.models import Member
from forum.kernel.access import Right
from forum.kernel.db import db, transaction
from forum.media import policy, sweeping
from forum.media.crop import Crop, read_crop
from forum.media.models import File, FileKind
from forum.organisations.models import Organisation
from forum.posts.addresses import address_of
from tests import factories
from tests.media import samples
from tests.media.sending import csrf
from tests.media.test_serving import statuses
from tests.web import Page, Web

FACE, LOGO = "/settings/picture", "/organisations/city-of-quays/logo"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
RED, BLUE = 0, 2


def add(web: Web, data: bytes = b"", to: str = FACE) -> Page:
    sent: dict[str, Any] = {"csrf_token": csrf(web), "file": (io.BytesIO(data or samples.picture()), "me.jpg")}
    return web.post(to, sent)


def face_of(member: Member) -> str:
    db.session.expire_all()
    return db.session.get_one(Member, member.id).face


def looks(web: Web, key: str) -> int:
    """Which of red, green and blue is strong in it."""
    shown = samples.pixel(web.get(f"/media/{key}/96.webp").response.data, at=(20, 20))
    return shown.index(max(shown))


@pytest.fixture
def owned(web: Web, ada: Member) -> Organisation:
    organisation = factories.organisation("city-of-quays")
    factories.affiliation(ada, organisation, Right.OWNER)
    return organisation


def test_face_is_shown_where_its_member_is(app: Flask, web: Web, ada: Member) -> None:
    post = factories.post(ada)
    factories.comment(ada, post, "0000")
    reader, address = Web(app), address_of(post.id, post.slug)
    initials = reader.get(address).text.count('<span class="avatar"')
    assert add(web).response.location == FACE
    tag = f'<img class="avatar" src="/media/{face_of(ada)}/96.webp" alt="" loading="lazy">'
    assert (reader.get(address).text.count(tag), initials > 1) == (initials, True)
    assert f'src="/media/{face_of(ada)}/192.webp"' in reader.get("/members/ada").text
    assert [web.get(page).text.count(f"{face_of(ada)}/96.webp") > 0 for page in ("/", "/drafts")] == [True, True]


def test_face_is_everyones_and_the_whole_picture_its_owners(app: Flask, web: Web, ada: Member) -> None:
    add(web)
    whole = db.session.scalars(select(File).where(File.kind == FileKind.PICTURE)).one()
    assert set(statuses(app, f"/media/{face_of(ada)}/96.webp", ada).values()) == {200}
    seen = statuses(app, f"/media/{whole.key}.webp", ada)
    assert seen == {"reader": 404, "member": 404, "author": 200, "moderator": 404}


def test_another_part_is_chosen(web: Web, ada: Member) -> None:
    add(web)
    keys = [face_of(ada)]
    for place in ("0", "100"):
        page = web.post(f"{FACE}/cut", {"csrf_token": csrf(web), "x": place, "y": "50", "zoom": "200"})
        assert page.response.location == f"{FACE}?x={place}&y=50&zoom=200"
        keys.append(face_of(ada))
    assert ([looks(web, key) for key in keys[1:]], len(set(keys))) == ([RED, BLUE], 3)


def test_parts_are_chosen_so_often_in_a_day(web: Web, ada: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MAX_SQUARES", 2)
    add(web)
    cut = {"csrf_token": csrf(web), "x": "0"}
    assert [web.post(f"{FACE}/cut", cut).status for _ in range(2)] == [303, 429]


def test_face_is_removed(app: Flask, web: Web, ada: Member) -> None:
    add(web)
    key = face_of(ada)
    assert [web.post(f"{FACE}/remove", {"csrf_token": csrf(web)}).status for _ in range(2)] == [303, 303]
    assert (face_of(ada), statuses(app, f"/media/{key}/96.webp", ada)["member"]) == ("", 404)
    assert web.post(f"{FACE}/cut", {"csrf_token": csrf(web)}).status == 404


def test_whole_picture_stays_as_long_as_its_square_is_shown(web: Web, ada: Member) -> None:
    add(web)
    for remove, left in ((False, 2), (True, 0)):
        if remove:
            web.post(f"{FACE}/remove", {"csrf_token": csrf(web)})
        with transaction() as session:
            session.execute(update(File).where(File.unused_since.is_not(None)).values(unused_since=LONG_AGO))
        sweeping.sweep_orphans()
        sweeping.sweep_orphans()
        assert len(db.session.scalars(select(File.id)).all()) == left


def test_face_of_an_erased_member_is_not_served(app: Flask, web: Web, ada: Member) -> None:
    add(web)
    key = face_of(ada)
    with transaction() as session:
        session.execute(update(Member).where(Member.id == ada.id).values(state="erased"))
    assert Web(app).get(f"/media/{key}/96.webp").status == 404


def test_small_picture_stands_in_for_each_size(web: Web, ada: Member) -> None:
    add(web, samples.picture("PNG", (40, 60)))
    answers = [web.get(f"/media/{face_of(ada)}/{size}.webp") for size in (96, 192, 480)]
    assert [one.status for one in answers] == [200, 200, 404]
    assert samples.opened(answers[0].response.data).size == (40, 40)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(web: Web, ada: Member, data: bytes) -> None:
    page = add(web, data)
    assert (page.status, face_of(ada), "picture" in page.words()) == (422, "", True)


def test_member_who_may_not_write_adds_no_face(web: Web, storage_emptied: None) -> None:
    member = factories.member(state="silenced")
    web.sign_in(member)
    assert (add(web).status, face_of(member)) == (403, "")


def test_owner_puts_a_logo_on_the_plate(app: Flask, web: Web, ada: Member, owned: Organisation) -> None:
    factories.post(ada, organisation_id=owned.id)
    assert add(web, to=LOGO).response.location == LOGO
    db.session.expire_all()
    key = db.session.get_one(Organisation, owned.id).logo
    assert f'<img class="plate plate--square plate--s" src="/media/{key}/96.webp"' in Web(app).get("/").text
    assert set(statuses(app, f"/media/{key}/96.webp", ada).values()) == {200}
    assert web.post(f"{LOGO}/cut", {"csrf_token": csrf(web), "x": "0"}).status == 303
    assert web.post(f"{LOGO}/remove", {"csrf_token": csrf(web)}).status == 303
    db.session.expire_all()
    assert db.session.get_one(Organisation, owned.id).logo == ""


@pytest.mark.parametrize("right", [None, Right.EDITOR, Right.MODERATOR])
def test_logo_is_its_owners_to_choose(
    app: Flask, web: Web, ada: Member, owned: Organisation, right: Right | None
) -> None:
    other = factories.member(trust_level=2)
    if right:
        factories.affiliation(other, owned, right)
    web = Web(app).sign_in(other)
    acts = [web.post(f"{LOGO}/{act}", {"csrf_token": csrf(web)}) for act in ("cut", "remove")]
    assert [page.status for page in (web.get(LOGO), add(web, to=LOGO), *acts)] == [403] * 4


@pytest.mark.parametrize(
    ("sent", "crop"),
    [
        ({}, Crop(50, 50, 100)),
        ({"x": "33.4", "y": "-5", "zoom": "1e9"}, Crop(33, 0, 400)),
        ({"x": "nan", "y": "inf", "zoom": "-inf"}, Crop(50, 50, 100)),
        ({"x": "<b>", "zoom": "1e999"}, Crop(50, 50, 100)),
    ],
)
def test_crop_lies_inside_whatever_is_sent(sent: dict[str, str], crop: Crop) -> None:
    assert read_crop(sent) == crop  # type: ignore[arg-type]  # a dictionary reads alike


def test_crop_is_where_it_was_drawn() -> None:
    assert Crop().square_in(1200, 800) == (0.25, 0.0, 1.0)
    assert Crop(100, 0, 200).square_in(1200, 800) == (1.0, 0.0, 0.5)
    assert Crop(0, 100, 200).square_in(800, 1600) == (0.0, 1.5, 0.5)
