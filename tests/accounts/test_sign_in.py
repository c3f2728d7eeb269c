"""Signing in and out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select

from forum.accounts import commands, devices, passwords, throttles
from forum.accounts.errors import WrongPassword
from forum.accounts.models import Member, MemberSession
from forum.accounts.records import Candidate
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from tests.accounts import people
from tests.web import Page, Web

WRONG = "nine geese at the mill"


KEPT_IN_COOKIE = {"_user_id", "_fresh", "_id", "_permanent", "csrf_token"}


def sessions() -> list[MemberSession]:
    return list(db.session.scalars(select(MemberSession).order_by(MemberSession.id)))


def cookie(web: Web) -> str:
    found = web.client.get_cookie("kade")
    return found.value if found else ""


@pytest.mark.parametrize("login", ["hanna", "HANNA", " hanna ", "hanna@example.org", "Hanna@Example.ORG"])
def test_member_signs_in_by_name_or_address(web: Web, login: str) -> None:
    people.member()
    answer = people.sign_in(web, login)
    assert (answer.status, answer.response.headers["Location"]) == (303, "/")
    assert people.is_signed_in(web)


@pytest.mark.parametrize(
    "login", ["hanna", "nobody", "nobody@example.org", "", "hann\u0430", "han\x00na\x00", "x" * 5000]
)
def test_wrong_password_and_unknown_name_give_the_same_answer(web: Web, login: str) -> None:
    people.member()
    page = people.sign_in(web, login, WRONG)
    assert (page.status, sessions()) == (422, [])
    assert "don’t go together" in page.words()
    assert page.form("/sign-in")["password"] == [""]


@pytest.mark.parametrize("fields", [{"password_hash": None}, {"state": MemberState.ERASED}])
def test_member_without_a_password_or_a_name_is_nobody(web: Web, fields: dict[str, str | None]) -> None:
    member = people.member()
    for name, value in fields.items():
        setattr(member, name, value)
    db.session.commit()
    assert (people.sign_in(web).status, sessions()) == (422, [])


def test_typed_name_comes_back_when_the_password_was_wrong(web: Web) -> None:
    page = people.sign_in(web, "hanna", WRONG, remember="yes", next="/topics")
    form = page.form("/sign-in")
    assert [form[name] for name in ("username", "remember", "next")] == [["hanna"], ["yes"], ["/topics"]]


def test_unknown_name_costs_what_a_wrong_password_does(web: Web, hashing: list[people.Hashing]) -> None:
    people.member()
    page = web.get("/sign-in")
    known, unknown = (people.refused(web, page, hashing, name) for name in ("hanna", "nobody"))
    assert known == unknown


def test_signing_in_changes_the_session(web: Web) -> None:
    people.member()
    web.get("/sign-in")
    before = cookie(web)
    people.sign_in(web)
    with web.client.session_transaction() as session:
        assert (set(session), cookie(web) == before) == (KEPT_IN_COOKIE, False)


def test_signing_in_again_ends_the_session_before(web: Web) -> None:
    people.member()
    page = web.get("/sign-in")
    web.submit(page, "/sign-in", username="hanna", password=people.PASSWORD)
    first = sessions()[0].id
    values = people.filled(web.get("/members"), "/sign-out", username="hanna", password=people.PASSWORD)
    assert web.post("/sign-in", values).status == 303
    assert (len(sessions()), sessions()[0].id == first) == (1, False)


def test_database_holds_no_token(web: Web) -> None:
    people.member()
    people.sign_in(web)
    with web.client.session_transaction() as session:
        assert session["_user_id"] not in {row.token_hash for row in sessions()}


def test_session_is_short_unless_remembered(web: Web) -> None:
    people.member()
    people.sign_in(web)
    people.sign_in(Web(web.app), remember="yes")
    lengths = [row.expires_at - row.created_at for row in sessions()]
    assert lengths == [timedelta(hours=24), timedelta(days=60)]


def test_cookie_lasts_only_when_remembered(web: Web) -> None:
    people.member()
    forgotten, remembered = people.sign_in(web), people.sign_in(Web(web.app), remember="yes")
    headers = [page.response.headers["Set-Cookie"] for page in (forgotten, remembered)]
    assert [("Expires" in one, "HttpOnly" in one, "SameSite=Lax" in one) for one in headers] == [
        (False, True, True),
        (True, True, True),
    ]


def test_session_that_expired_is_none(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    people.member()
    people.sign_in(web)
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert not people.is_signed_in(web)


def test_session_keeps_the_network_and_not_the_address(web: Web) -> None:
    people.member()
    people.sign_in(web)
    assert [row.address for row in sessions()] == ["127.0.0.0"]


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/topics?sort=top", "/topics?sort=top"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_sign_in_leads_back_within_the_site_only(web: Web, wanted: str, location: str) -> None:
    people.member()
    page = web.get("/sign-in")
    values = people.filled(page, "/sign-in", username="hanna", password=people.PASSWORD, next=wanted)
    assert web.post("/sign-in", values).response.headers["Location"] == location


def test_reader_who_asks_for_settings_comes_back_to_them(web: Web) -> None:
    people.member()
    asked = web.get("/settings/sessions")
    assert (asked.status, asked.response.headers["Location"]) == (303, "/sign-in?next=/settings/sessions")
    page = web.submit(web.follow(asked), "/sign-in", username="hanna", password=people.PASSWORD)
    assert page.response.headers["Location"] == "/settings/sessions"


def test_who_is_signed_in_is_sent_on(web: Web) -> None:
    web.sign_in(people.member())
    assert web.get("/sign-in?next=/topics").response.headers["Location"] == "/topics"
    assert web.get("/sign-in?next=//evil.example").response.headers["Location"] == "/"


def test_signing_out_ends_the_session_on_the_server(web: Web) -> None:
    people.member()
    people.sign_in(web)
    stolen = cookie(web)
    assert web.submit("/settings/account", "/sign-out").status == 303
    web.client.set_cookie("kade", stolen)
    assert (people.is_signed_in(web), sessions()) == (False, [])


def test_signing_out_is_no_link(web: Web) -> None:
    web.sign_in(people.member())
    assert (web.get("/sign-out").status, people.is_signed_in(web)) == (405, True)


def test_signing_in_and_out_need_the_pages_token(web: Web) -> None:
    people.member()
    fields = {"username": "hanna", "password": people.PASSWORD}
    assert web.post("/sign-in", fields).status == 403
    people.sign_in(web)
    assert (web.post("/sign-out", {}).status, people.is_signed_in(web)) == (403, True)


def test_token_of_the_page_before_signing_in_is_worth_nothing_after(web: Web) -> None:
    people.member()
    before = web.get("/sign-in").form("/sign-in")["csrf_token"]
    people.sign_in(web)
    assert web.post("/sign-out", {"csrf_token": before}).status == 403


def test_old_hash_is_replaced_at_sign_in(web: Web) -> None:
    member = people.member()
    member.password_hash = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(people.PASSWORD)
    db.session.commit()
    people.sign_in(web)
    kept = db.session.scalars(select(Member.password_hash)).one()
    assert (kept or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert people.sign_in(Web(web.app)).status == 303


def test_tenth_wrong_password_is_the_last(web: Web, throttled: Flask) -> None:
    people.member()
    page = web.get("/sign-in")
    answers = [_try(web, page, "hanna", WRONG) for _ in range(11)]
    assert [answer.status for answer in answers] == [422] * 10 + [429]
    assert 0 < int(answers[-1].response.headers["Retry-After"]) <= 900
    assert _try(web, page, "HANNA", people.PASSWORD).status == 429


def test_unknown_name_is_throttled_as_a_known_one(web: Web, throttled: Flask) -> None:
    page = web.get("/sign-in")
    answers = [_try(web, page, name, WRONG) for name in ("nobody", "NOBODY", "\uff4eobody", " nobody") * 3]
    assert [answer.status for answer in answers] == [422] * 10 + [429] * 2


def test_address_is_throttled_over_many_names(web: Web, throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "SIGN_IN_ADDRESS", throttles.Limit("address", 3, timedelta(minutes=15)))
    page = web.get("/sign-in")
    assert [_try(web, page, name, WRONG).status for name in ("ann", "ben", "cas", "dik")] == [422, 422, 422, 429]


def test_right_password_counts_for_nothing(web: Web, throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "SIGN_IN_ADDRESS", throttles.Limit("address", 2, timedelta(minutes=15)))
    people.member()
    assert [people.sign_in(Web(web.app)).status for _ in range(4)] == [303] * 4


def _try(web: Web, page: Page, login: str, password: str) -> Page:
    return web.submit(page, "/sign-in", username=login, password=password)


def test_password_changed_meanwhile_opens_nothing(web: Web) -> None:
    member = people.member()
    right = passwords.Verdict(right=True)
    with pytest.raises(WrongPassword), transaction():
        commands.sign_in(Candidate(member.id, "a hash of before"), right, devices.Browser("", ""), remember=False)


def test_unknown_host_is_refused(web: Web) -> None:
    assert web.get("/sign-in", headers={"Host": "evil.example"}).status == 400


def test_pages_of_accounts_are_kept_nowhere(web: Web) -> None:
    assert web.get("/sign-in").response.headers["Cache-Control"] == "private, no-store"
