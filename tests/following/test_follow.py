"""Following by button: every kind of thing, every level, and what is refused."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.following import policy
from forum.following.models import Follow
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from tests import factories
from tests.web import Page, Web


@pytest.fixture
def reader(web: Web) -> Member:
    member: Member = factories.member("hanna")
    web.sign_in(member)
    return member


def press(web: Web, address: str, value: str, **more: str) -> Page:
    """As the buttons of any page send it."""
    token = web.get("/").form("/")["csrf_token"][0]
    return web.post(f"{address}/follow", {"csrf_token": token, "value": value, **more})


def followed() -> list[tuple[str, int, str]]:
    rows = db.session.execute(select(Follow.kind, Follow.target_id, Follow.level).order_by(Follow.id))
    return [(row.kind, row.target_id, row.level) for row in rows]


def test_each_kind_of_thing_can_be_followed(web: Web, reader: Member) -> None:
    topic, organisation, member = factories.topic("energy"), factories.organisation("ghent"), factories.member("sofia")
    post = factories.post(member, topic, slug="quay")
    places = ["/topics/energy", "/organisations/ghent", "/members/sofia", f"/posts/{post.id}"]
    assert [press(web, place, "on").status for place in places] == [303] * 4
    ids = (topic.id, organisation.id, member.id, post.id)
    assert followed() == [
        (kind, id_, "every") for kind, id_ in zip(("topic", "organisation", "member", "post"), ids, strict=True)
    ]


@pytest.mark.parametrize(("values", "level"), [
    (["on", "on"], "every"), (["on", "highlights"], "highlights"), (["muted"], "muted"), (["muted", "on"], "every"),
])  # fmt: skip
def test_last_press_counts_and_repeating_changes_nothing(
    web: Web, reader: Member, values: list[str], level: str
) -> None:
    topic = factories.topic("energy")
    for value in values:
        press(web, "/topics/energy", value)
    assert followed() == [("topic", topic.id, level)]


def test_following_is_stopped_and_twice_is_once(web: Web, reader: Member) -> None:
    factories.topic("energy")
    assert [press(web, "/topics/energy", value).status for value in ("on", "off", "off")] == [303] * 3
    assert followed() == []


def test_pages_say_what_the_viewer_follows(web: Web, reader: Member) -> None:
    post = factories.post(under=factories.topic("energy"), slug="quay")
    before = web.get("/topics/energy").text.count('aria-pressed="true"')
    press(web, "/topics/energy", "on")
    after = [web.get(path).text.count('aria-pressed="true"') for path in ("/topics/energy", f"/posts/{post.id}/quay")]
    assert (before, after) == (0, [1, 1])
    assert Web(web.app).get("/topics/energy").text.count('aria-pressed="true"') == 0


def test_muted_thing_is_not_shown_as_followed(web: Web, reader: Member) -> None:
    factories.topic("energy")
    press(web, "/topics/energy", "muted")
    page = web.get("/topics/energy").text
    assert ('aria-pressed="true"' in page, 'value="muted" aria-current="true"' in page) == (False, True)


@pytest.mark.parametrize(
    ("address", "value", "status"),
    [("/topics/nowhere", "on", 404), ("/topics/energy", "loudly", 422), ("/members/hanna", "on", 403)],
)
def test_what_cannot_be_followed_is_refused(web: Web, reader: Member, address: str, value: str, status: int) -> None:
    factories.topic("energy")
    assert press(web, address, value).status == status
    assert followed() == []


def test_hidden_post_cannot_be_followed(web: Web, reader: Member) -> None:
    post = factories.post(state="hidden")
    assert press(web, f"/posts/{post.id}", "on").status == 404


def test_suspended_member_follows_nothing(web: Web) -> None:
    factories.topic("energy")
    web.sign_in(factories.member(state=MemberState.SUSPENDED))
    assert press(web, "/topics/energy", "on").status == 403


def test_signed_out_reader_is_asked_to_sign_in(web: Web) -> None:
    factories.topic("energy")
    assert web.post("/topics/energy/follow", {"value": "on"}).status == 401


def test_too_much_is_refused(web: Web, reader: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MAX_FOLLOWS", 1)
    factories.topic("energy")
    factories.topic("water")
    assert [press(web, f"/topics/{slug}", "on").status for slug in ("energy", "water")] == [303, 409]


def test_settings_list_change_and_stop_what_is_followed(web: Web, reader: Member) -> None:
    topic = factories.topic("energy")
    press(web, "/topics/energy", "on")
    answer = web.submit("/settings/following", "/topics/energy/follow", value="highlights")
    assert (answer.response.headers["Location"], followed()) == (
        "/settings/following",
        [("topic", topic.id, "highlights")],
    )
    number = db.session.scalars(select(Follow.id)).one()
    web.submit("/settings/following", f"/settings/following/{number}/stop")
    assert (followed(), "You follow nothing yet" in web.get("/settings/following").words()) == ([], True)


def test_settings_do_not_name_what_was_hidden_since(web: Web, reader: Member, app: Flask) -> None:
    post = factories.post(title="Secret bridge", slug="secret")
    press(web, f"/posts/{post.id}", "on")
    with transaction() as session:
        session.get_one(type(post), post.id).state = "hidden"
    page = web.get("/settings/following")
    assert ("Secret bridge" in page.text, "No longer to be seen" in page.words()) == (False, True)


def test_nobody_stops_somebody_elses(web: Web, reader: Member) -> None:
    factories.topic("energy")
    press(web, "/topics/energy", "on")
    number = db.session.scalars(select(Follow.id)).one()
    other = Web(web.app).sign_in(factories.member())
    token = other.get("/").form("/")["csrf_token"][0]
    assert other.post(f"/settings/following/{number}/stop", {"csrf_token": token}).status == 303
    assert len(followed()) == 1
