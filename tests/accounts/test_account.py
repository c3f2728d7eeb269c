"""Changing one's address and password, and ending sessions."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.models import Member, MemberSession
from forum.kernel.access import MemberState
from forum.kernel.db import db
from tests import factories
from tests.accounts import people
from tests.accounts.letters import Letters, path_in
from tests.web import Page, Web


@pytest.fixture
def hanna(web: Web) -> Web:
    return web.sign_in(people.member())


def change_email(web: Web, email: str = "new@example.org", password: str = people.PASSWORD) -> Page:
    return web.submit("/settings/account", "/settings/account/email", email=email, password=password)


def change_password(web: Web, current: str = people.PASSWORD, new: str = people.NEW_PASSWORD) -> Page:
    fields = {"current_password": current, "new_password": new}
    return web.submit("/settings/account", "/settings/account/password", **fields)


def address() -> str | None:
    return db.session.scalar(select(Member.email).where(Member.username == "hanna"))


def test_address_changes_when_the_new_one_is_proven(hanna: Web, letters: Letters) -> None:
    assert change_email(hanna).status == 303
    letter = letters.one()
    assert (letter["To"], address()) == ("hanna <new@example.org>", "hanna@example.org")
    hanna.submit(path_in(letter), path_in(letter))
    assert (address(), people.sign_in(Web(hanna.app), "new@example.org").status) == ("new@example.org", 303)


def test_old_address_is_told(hanna: Web, letters: Letters) -> None:
    change_email(hanna)
    link = letters.link()
    hanna.submit(link, link)
    notice = letters.one()
    assert (notice["To"], notice["Subject"]) == ("hanna <hanna@example.org>", "Your address at Kade was changed")


def test_links_to_the_old_address_die_with_it(hanna: Web, letters: Letters) -> None:
    hanna.submit("/reset-password", "/reset-password", email="hanna@example.org")
    reset = letters.link()
    change_email(hanna)
    link = letters.link()
    hanna.submit(link, link)
    assert hanna.get(reset).status == 410


def test_address_of_somebody_else_gives_the_same_answer_and_mails_them(hanna: Web, letters: Letters) -> None:
    people.member("jan")
    fresh, known = change_email(hanna), change_email(hanna, "Jan@example.org")
    assert (known.status, known.response.headers["Location"]) == (fresh.status, fresh.response.headers["Location"])
    assert sorted(letter["To"] for letter in letters.deliver()) == ["hanna <new@example.org>", "jan <jan@example.org>"]


def test_address_taken_since_is_refused(hanna: Web, letters: Letters) -> None:
    change_email(hanna)
    link = letters.link()
    factories.member("jan", email="new@example.org", email_key="new@example.org")
    page = hanna.submit(link, link)
    assert (page.status, address()) == (409, "hanna@example.org")


def test_ones_own_address_is_refused(hanna: Web, letters: Letters) -> None:
    assert (change_email(hanna, "HANNA@example.org").status, letters.deliver()) == (422, [])


def test_address_needs_the_password(hanna: Web, letters: Letters) -> None:
    page = change_email(hanna, password="not this one")
    assert (page.status, letters.deliver()) == (422, [])
    assert page.form("/settings/account/email")["email"] == ["new@example.org"]


def test_mistyped_address_is_mended_before_it_was_confirmed(web: Web, letters: Letters) -> None:
    web.sign_in(people.member(state=MemberState.UNCONFIRMED, confirmed_at=None))
    change_email(web)
    link = letters.link()
    web.submit(link, link)
    member = queries.find_member("hanna")
    assert member is not None
    assert (member.state, member.email, letters.deliver()) == (MemberState.ACTIVE, "new@example.org", [])


def test_unconfirmed_member_gets_the_link_again(web: Web, letters: Letters) -> None:
    web.sign_in(people.member(state=MemberState.UNCONFIRMED, confirmed_at=None))
    assert web.submit("/settings/account", "/confirm").status == 303
    assert letters.one()["Subject"] == "Confirm your address for Kade"


def test_password_changes(hanna: Web, letters: Letters) -> None:
    assert change_password(hanna).status == 303
    assert people.sign_in(Web(hanna.app)).status == 422
    assert people.sign_in(Web(hanna.app), password=people.NEW_PASSWORD).status == 303
    assert letters.one()["Subject"] == "Your password at Kade was changed"


def test_password_change_ends_the_other_sessions_only(hanna: Web) -> None:
    other = Web(hanna.app)
    people.sign_in(other)
    change_password(hanna)
    assert (people.is_signed_in(hanna), people.is_signed_in(other)) == (True, False)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("not this one", people.NEW_PASSWORD, "#f-current_password"),
        (people.PASSWORD, "password", "#f-new_password"),
        (people.PASSWORD, "hanna-2026", "#f-new_password"),
        (people.PASSWORD, "short", "#f-new_password"),
    ],
)
def test_password_change_is_refused(hanna: Web, letters: Letters, current: str, new: str, field: str) -> None:
    page = change_password(hanna, current, new)
    assert (page.status, [link for link in page.links() if link.startswith("#f-")]) == (422, [field])
    assert letters.deliver() == []


def test_password_is_asked_ten_times_at_most(hanna: Web, throttled: Flask) -> None:
    statuses = [change_password(hanna, "not this one").status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_sessions_are_listed_with_this_one_first(hanna: Web) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    other = Web(hanna.app)
    values = people.filled(other.get("/sign-in"), "/sign-in", username="hanna", password=people.PASSWORD)
    other.post("/sign-in", values, headers={"User-Agent": agent})
    words = hanna.get("/settings/sessions").words()
    assert words.index("This browser") < words.index("Firefox on Linux")


def test_session_ends_on_the_server(hanna: Web) -> None:
    other = Web(hanna.app)
    people.sign_in(other)
    newest = max(db.session.scalars(select(MemberSession.id)))
    assert hanna.submit("/settings/sessions", f"/settings/sessions/{newest}/end").status == 303
    assert (people.is_signed_in(other), people.is_signed_in(hanna)) == (False, True)


def test_session_ended_twice_is_gone(hanna: Web) -> None:
    people.sign_in(Web(hanna.app))
    newest = max(db.session.scalars(select(MemberSession.id)))
    page = hanna.get("/settings/sessions")
    statuses = [hanna.submit(page, f"/settings/sessions/{newest}/end").status for _ in range(2)]
    assert statuses == [303, 404]


def test_session_of_somebody_else_stays(hanna: Web) -> None:
    jan = Web(hanna.app).sign_in(people.member("jan"))
    theirs = max(db.session.scalars(select(MemberSession.id)))
    values = hanna.get("/settings/account").form("/settings/account/email")
    token = {"csrf_token": values["csrf_token"]}
    assert hanna.post(f"/settings/sessions/{theirs}/end", token).status == 404
    assert people.is_signed_in(jan)


def test_all_other_sessions_end_at_once(hanna: Web) -> None:
    others = [Web(hanna.app) for _ in range(2)]
    for other in others:
        people.sign_in(other)
    assert hanna.submit("/settings/sessions", "/settings/sessions/end-others").status == 303
    assert [people.is_signed_in(one) for one in (hanna, *others)] == [True, False, False]


@pytest.mark.parametrize("path", ["profile", "account", "sessions", "blocked"])
def test_settings_ask_a_reader_to_sign_in(web: Web, path: str) -> None:
    page = web.get(f"/settings/{path}")
    assert (page.status, page.response.headers["Location"]) == (303, f"/sign-in?next=/settings/{path}")
