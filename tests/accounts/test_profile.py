"""What members say about themselves, the directory, and whom they don't want to read."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts import directory, policy, queries
from forum.accounts.models import Block, Member
from forum.kernel.access import ANONYMOUS, Actor, MemberState, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import NotFound
from forum.kernel.paging import PAGE
from tests import factories
from tests.twins import assert_twin
from tests.web import Page, Values, Web


def save(web: Web, **fields: Values) -> Page:
    return web.submit("/settings/profile", "/settings/profile", **fields)


def blocks() -> int:
    return db.session.scalar(select(func.count()).select_from(Block)) or 0


def block(web: Web, username: str, value: str = "on") -> Page:
    token = web.get("/settings/profile").form("/settings/profile")["csrf_token"]
    return web.post(f"/members/{username}/block", {"csrf_token": token, "value": value})


def test_profile_is_saved_and_shown(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    fields = {"name": "Hanna V", "headline": "Bridge keeper", "city": "Gouda", "bio": "I *like* bridges."}
    assert save(web, **fields, languages=["fr", "nl"], interface_language="nl").status == 303
    profile = queries.get_profile("hanna")
    assert (profile.card.name, profile.card.headline, profile.card.city) == ("Hanna V", "Bridge keeper", "Gouda")
    assert (profile.bio_html.strip(), profile.languages) == (
        "<p>I <em>like</em> bridges.</p>",
        ("Français", "Nederlands"),
    )
    assert web.get("/settings/profile").tree.get("lang") == "nl"


def test_profile_saved_twice_is_the_same(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    first = (save(web, bio="I *like* bridges.").status, queries.get_profile("hanna"))
    assert (save(web).status, queries.get_profile("hanna")) == first


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", ""),
        ("name", "\u202e "),
        ("name", "x" * 61),
        ("headline", "x" * 121),
        ("city", "x" * 61),
        ("bio", "x" * 2001),
    ],
)
def test_profile_that_does_not_fit_is_refused_and_kept(web: Web, field: str, words: str) -> None:
    web.sign_in(factories.member("hanna", name="Hanna"))
    page = save(web, **{field: words})
    assert (page.status, [link for link in page.links() if link.startswith("#f-")]) == (422, [f"#f-{field}"])
    assert page.form("/settings/profile")[field] == [words]
    assert queries.get_profile("hanna").card.name == "Hanna"


def test_bio_runs_nothing(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    save(web, bio='<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">', name="<b>H</b>")
    text = web.get("/members/hanna").text
    assert ("<script>alert" in text, '="javascript:' in text, "<img src=x" in text, "<b>H</b>" in text) == (False,) * 4


def test_languages_that_nobody_offered_are_left(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    save(web, languages=["nl", "tlh", "<x>"], interface_language="tlh")
    member = queries.get_member("hanna")
    assert (member.languages, member.interface_language) == (["nl"], None)


def test_profile_of_nobody_is_not_found(app: Flask) -> None:
    factories.member("hanna")
    for name in ("nobody", "hann\u0430", "\x00", "x" * 1000):
        with pytest.raises(NotFound):
            queries.get_profile(name)


def test_unconfirmed_member_is_seen_by_themselves_only(app: Flask) -> None:
    hanna = factories.member("hanna", state=MemberState.UNCONFIRMED)
    assert queries.get_profile("hanna", factories.actor(hanna)).card.username == "hanna"
    with pytest.raises(NotFound):
        queries.get_profile("hanna")


def test_policy_is_its_twin(app: Flask) -> None:
    members = [factories.member(state=state) for state in MemberState]
    moderator = factories.member(role=Role.MODERATOR)
    actors = [ANONYMOUS, *map(factories.actor, members), factories.actor(moderator)]
    assert_twin(Member, policy.can_see, policy.visible_to, [*members, moderator], actors)


def test_members_are_found_by_each_name_asked_for(app: Flask) -> None:
    hanna, jan = factories.member("Hanna"), factories.member("jan")
    found = queries.find_members_by_username({"hanna", "JAN", "nobody"})
    assert {name: member.id for name, member in found.items()} == {"hanna": hanna.id, "JAN": jan.id}


def test_directory_shows_the_newest_first(web: Web) -> None:
    for name in ("ann", "ben", "cas"):
        factories.member(name)
    factories.member("hidden", state=MemberState.UNCONFIRMED)
    names = [link for link in web.get("/members").links() if link.startswith("/members/")]
    assert names == ["/members/cas", "/members/ben", "/members/ann"]


def test_directory_pages_both_ways(app: Flask) -> None:
    for number in range(PAGE * 2 + 5):
        factories.member(f"m-{number}")
    first = directory.page_of_members()
    second = directory.page_of_members(after=first.after)
    third = directory.page_of_members(after=second.after)
    assert ([len(page.rows) for page in (first, second, third)], first.before, third.after) == (
        [PAGE, PAGE, 5],
        None,
        None,
    )
    assert directory.page_of_members(before=third.before) == second
    assert directory.page_of_members(before=second.before).rows == first.rows


@pytest.mark.parametrize(
    ("q", "found"), [("brug", ["bea"]), ("gouda", ["ann"]), ("ANN", ["ann"]), ("100%", []), ("\x00", ["bea", "ann"])]
)
def test_directory_is_searched_by_name_and_city(app: Flask, q: str, found: list[str]) -> None:
    factories.member("ann", city="Gouda")
    factories.member("bea", name="Bea van Brugge")
    assert [row.card.username for row in directory.page_of_members(q=q).rows] == found


def test_cursor_that_means_nothing_is_the_first_page(web: Web) -> None:
    factories.member("ann")
    assert [web.get(f"/members?after={words}").status for words in ("x", "-1", "9" * 40, "%00")] == [200] * 4


def test_member_is_blocked_and_unblocked(web: Web) -> None:
    hanna, jan = factories.member("hanna"), factories.member("jan")
    web.sign_in(hanna)
    answer = block(web, "jan")
    assert (answer.status, answer.response.headers["Location"]) == (303, "/members/jan")
    assert (queries.blocked_ids(hanna.id), queries.blocked_ids(jan.id)) == (frozenset({jan.id}), frozenset())
    page = web.get("/settings/blocked")
    assert web.submit(page, "/members/jan/block").response.headers["Location"] == "/settings/blocked"
    assert queries.blocked_ids(hanna.id) == frozenset()


def test_block_and_unblock_twice_change_nothing_more(web: Web) -> None:
    factories.member("jan")
    web.sign_in(factories.member("hanna"))
    counts = [(block(web, "jan", value).status, blocks()) for value in ("on", "on", "off", "off")]
    assert counts == [(303, 1), (303, 1), (303, 0), (303, 0)]


def test_nobody_blocks_themselves(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    assert (block(web, "hanna").status, blocks()) == (422, 0)


def test_nobody_blocks_who_is_not_there(web: Web) -> None:
    web.sign_in(factories.member("hanna"))
    assert block(web, "nobody").status == 404


def test_blocking_asks_a_reader_to_sign_in(web: Web) -> None:
    factories.member("jan")
    assert (web.post("/members/jan/block", {"value": "on"}).status, blocks()) == (401, 0)


def test_unblocked_leaves_out_who_blocks_the_author(app: Flask) -> None:
    author, reader, other = (factories.member() for _ in range(3))
    with transaction() as session:
        session.add(Block(member_id=reader.id, blocked_id=author.id, created_at=author.created_at))
    assert queries.unblocked((reader.id, other.id), author.id) == frozenset({other.id})


def test_anonymous_may_block_nobody(app: Flask) -> None:
    assert not policy.can_block(Actor(), factories.member())
