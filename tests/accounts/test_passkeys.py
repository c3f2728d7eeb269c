"""Passkeys, with an authenticator of our own that does as it is told. A browser's is in tests/browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import commands, passkeys
from forum.accounts.devices import Browser
from forum.accounts.errors import WrongPasskey
from forum.accounts.models import FactorAttempt, Member, MemberSession, SecondFactor
from forum.accounts.records import Passkey, Shown
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from tests import factories
from tests.accounts import factors, people
from tests.accounts.factors import STEP, Authenticator
from tests.accounts.test_factors import HOME, PASSKEY, begin, finish
from tests.accounts.test_second_step import begun
from tests.parallel import at_once
from tests.web import Page, Web

START, ALONE = "/sign-in/passkey/start", "/sign-in/passkey"
OTHER = {"origin": "https://evil.example"}


@pytest.fixture
def at_number(app: Flask) -> Iterator[Flask]:
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, base_url="http://127.0.0.1")
    yield app
    app.extensions["settings"] = settings


def opened() -> int:
    return len(list(db.session.scalars(select(MemberSession))))


def asked(web: Web) -> dict[str, Any]:
    """What the browser is asked for a sign-in with a passkey alone."""
    token = web.get("/sign-in").form("/sign-in")["csrf_token"][0]
    answer = web.post(START, {"csrf_token": token})
    return {"status": answer.status, **json.loads(answer.text)}


def come_alone(web: Web, key: Authenticator, **fields: str) -> Page:
    answer = key.show(asked(web)["challenge"])
    return web.post(
        ALONE, {"csrf_token": web.get("/sign-in").form("/sign-in")["csrf_token"][0], "credential": answer, **fields}
    )


def as_second(web: Web, key: Authenticator) -> Page:
    page = factors.half_way(web)
    return factors.show(web, page, credential=key.show(factors.challenge_on(page, STEP)))


def test_passkey_is_added_and_asked_for(web: Web) -> None:
    web.sign_in(people.member())
    page = begin(web, PASSKEY, name="Laptop")
    answer = finish(web, page, credential=Authenticator().make(factors.challenge_on(page, page.path)))
    assert (answer.status, len(answer.tree.findall(".//ol[@class='codes']//code"))) == (200, 10)
    assert "Laptop" in web.get(HOME).words()
    assert people.sign_in(Web(web.app)).response.headers["Location"] == STEP


@pytest.mark.parametrize("wrong", [OTHER, {"rp_id": "evil.example"}, {"flags": 0}])
def test_passkey_made_elsewhere_is_refused(web: Web, wrong: dict[str, Any]) -> None:
    web.sign_in(people.member())
    page = begin(web, PASSKEY)
    answer = finish(web, page, credential=Authenticator(**wrong).make(factors.challenge_on(page, page.path)))
    assert (answer.status, list(db.session.scalars(select(SecondFactor)))) == (422, [])


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "null", '"x"', '{"rawId": 1, "response": {}}', "{}", "\x00" * 50_000]
)
def test_what_is_no_answer_is_refused(web: Web, answer: str) -> None:
    factors.with_passkey(people.member())
    web.sign_in(people.member("joost"))
    assert finish(web, begin(web, PASSKEY), credential=answer).status == 422
    other = Web(web.app)
    page = factors.half_way(other)
    assert factors.show(other, page, credential=answer).status == 422
    assert opened() == 1


def test_known_passkey_is_not_added_again(web: Web) -> None:
    key = factors.with_passkey(people.member())
    web.sign_in(people.member("joost"))
    page = begin(web, PASSKEY)
    answer = finish(web, page, credential=key.make(factors.challenge_on(page, page.path)))
    assert (answer.status, len(list(db.session.scalars(select(FactorAttempt))))) == (422, 1)


def test_passkey_is_the_second_step(web: Web) -> None:
    key = factors.with_passkey(people.member(), flags=factors.PRESENT)
    assert (as_second(web, key).status, people.is_signed_in(web)) == (303, True)


@pytest.mark.parametrize("wrong", [OTHER, {"rp_id": "evil.example"}, {"flags": 0}, {"count": 0}])
def test_answer_from_elsewhere_or_of_a_copy_is_refused(web: Web, wrong: dict[str, Any]) -> None:
    key = factors.with_passkey(people.member(), count=7)
    for name, value in wrong.items():
        setattr(key, name, value)
    assert (as_second(web, key).status, opened()) == (422, 0)


def test_answer_to_another_question_is_refused(web: Web) -> None:
    key = factors.with_passkey(people.member())
    first = factors.challenge_on(factors.half_way(Web(web.app)), STEP)
    page = factors.half_way(web)
    assert (factors.show(web, page, credential=key.show(first)).status, opened()) == (422, 0)


def test_passkey_of_somebody_else_is_refused(web: Web) -> None:
    factors.with_passkey(people.member(), credential_id=b"of hanna")
    key = factors.with_passkey(people.member("joost"), credential_id=b"of joost")
    assert (as_second(web, key).status, opened()) == (422, 0)


def test_passkey_alone_signs_in_and_names_nobody_before(web: Web) -> None:
    key = factors.with_passkey(people.member())
    question = asked(web)
    assert (question["status"], question["allowCredentials"], question["userVerification"]) == (200, [], "required")
    answer = come_alone(web, key, next="/topics", remember="yes")
    assert (answer.status, answer.response.headers["Location"]) == (303, "/topics")
    assert (people.is_signed_in(web), db.session.scalars(select(MemberSession.remembered)).one()) == (True, True)


@pytest.mark.parametrize("wrong", [{"flags": factors.PRESENT}, {"handle": ""}, {"handle": "MTIz"}, OTHER])
def test_passkey_alone_has_to_know_its_owner(web: Web, wrong: dict[str, Any]) -> None:
    key = factors.with_passkey(people.member())
    for name, value in wrong.items():
        setattr(key, name, value)
    assert (come_alone(web, key).status, opened()) == (422, 0)


def test_removed_and_unknown_passkeys_get_the_same_answer(web: Web) -> None:
    member = people.member()
    removed, unknown = factors.with_passkey(member), Authenticator(credential_id=b"unknown", handle="MQ")
    with transaction():
        commands.forget_factors(member.id)
    pages = [come_alone(web, key) for key in (removed, unknown)]
    assert [page.status for page in pages] == [422, 422]
    assert pages[0].words() == pages[1].words()


def test_passkey_of_an_erased_member_is_unknown(web: Web) -> None:
    member = people.member()
    key = factors.with_passkey(member)
    db.session.get_one(Member, member.id).state = MemberState.ERASED
    db.session.commit()
    assert (come_alone(web, key).status, opened()) == (422, 0)


def test_answer_is_taken_once(web: Web) -> None:
    key = factors.with_passkey(people.member())
    question, token = asked(web), web.get("/sign-in").form("/sign-in")["csrf_token"][0]
    fields = {"credential": key.show(question["challenge"]), "csrf_token": token}
    with web.client.session_transaction() as cookie:
        before = dict(cookie)
    assert web.post(ALONE, fields).status == 303
    replayed = Web(web.app)
    replayed.get("/sign-in")
    with replayed.client.session_transaction() as cookie:
        cookie.update(before)
    assert (replayed.post(ALONE, fields).status, opened()) == (401, 1)


def test_same_answer_at_the_same_moment_opens_once(app: Flask) -> None:
    member = people.member()
    key = factors.with_passkey(member)
    row = db.session.scalars(select(SecondFactor)).one()
    known = passkeys.Known(row.credential_id or "", row.public_key or "", row.sign_count)
    shown = Shown(Passkey(row.id, member.id, known), key.count + 1)
    db.session.rollback()

    def use(token: str) -> bool:
        try:
            with transaction():
                commands.pass_with_passkey(token, shown, Browser("test", ""))
        except WrongPasskey:
            return False
        return True

    assert sorted(at_once(app, use, [begun(member.id) for _ in range(4)])) == [False, False, False, True]


def test_number_for_an_address_has_no_passkeys_but_an_app(web: Web, at_number: Flask) -> None:
    web.sign_in(people.member())
    page = web.get(HOME)
    assert (
        "this site’s address is a number" in page.words(),
        PASSKEY in page.links(),
        f"{HOME}/new/app" in page.links(),
    ) == (True, False, True)
    token = web.get(f"{HOME}/codes").form(f"{HOME}/codes")["csrf_token"][0]
    fields = {"csrf_token": token, "name": "Laptop", "password": people.PASSWORD}
    assert (web.post(PASSKEY, fields).status, web.post(START, fields).status) == (409, 409)
    assert "data-start" not in Web(web.app).get("/sign-in").text


@pytest.mark.parametrize(
    ("base_url", "host", "found"),
    [
        ("https://Forum.example:443", "forum.example", None),
        ("https://forum.example", "127.0.0.1", passkeys.Hindrance.ELSEWHERE),
        ("http://forum.example", "forum.example", passkeys.Hindrance.PLAIN),
        ("http://localhost:8000", "localhost:8000", None),
        ("http://localhost:8000", "127.0.0.1:8000", passkeys.Hindrance.ELSEWHERE),
        ("https://[::1]", "[::1]", passkeys.Hindrance.ADDRESS),
    ],
)
def test_passkeys_belong_to_a_name(app: Flask, base_url: str, host: str, found: passkeys.Hindrance | None) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, base_url=base_url)
    try:
        assert passkeys.hindrance(host) == found
    finally:
        app.extensions["settings"] = settings


def test_handle_says_nothing_but_the_number(app: Flask) -> None:
    member = factories.member("hanna")
    options = json.loads(passkeys.to_make("hanna", member.id, "question", ["known"]))
    assert (options["rp"]["id"], options["user"]["id"]) == ("localhost", factors.text(str(member.id).encode()))
    assert options["excludeCredentials"] == [{"type": "public-key", "id": "known"}]
