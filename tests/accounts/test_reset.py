"""A new password for who forgot it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import commands, queries, throttles, tokens
from forum.accounts.errors import LinkDead
from forum.accounts.models import MailToken, Purpose
from forum.kernel import clock
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from forum.kernel.outbox import OutboxEvent
from tests.accounts import people
from tests.accounts.letters import Letters, path_in
from tests.web import Page, Web


def ask(web: Web, email: str = "hanna@example.org") -> Page:
    return web.submit("/reset-password", "/reset-password", email=email)


def reset(web: Web, link: str, password: str = people.NEW_PASSWORD) -> Page:
    return web.submit(link, link, password=password)


def test_forgotten_password_is_replaced(web: Web, letters: Letters) -> None:
    people.member()
    assert web.follow(ask(web)).heading() == "Look in your mail"
    done = web.follow(reset(web, letters.link()))
    assert "Your password is changed" in done.words()
    assert people.sign_in(web).status == 422
    assert people.sign_in(web, password=people.NEW_PASSWORD).status == 303


def test_reset_ends_every_session(web: Web, letters: Letters) -> None:
    member = people.member()
    other = Web(web.app).sign_in(member)
    ask(web)
    reset(web, letters.link())
    assert not people.is_signed_in(other)


def test_reset_is_told_to_the_owner(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    reset(web, letters.link())
    assert letters.one()["Subject"] == "Your password at Kade was changed"


def test_answer_says_nothing_of_whose_an_address_is(web: Web, letters: Letters) -> None:
    people.member()
    answers = [ask(web, email) for email in ("hanna@example.org", "nobody@example.org")]
    assert len({(page.status, page.response.headers["Location"]) for page in answers}) == 1
    assert [letter["To"] for letter in letters.deliver()] == ["hanna <hanna@example.org>"]


def test_answer_does_the_same_work_for_an_unknown_address(web: Web) -> None:
    people.member()
    for email in ("hanna@example.org", "nobody@example.org"):
        ask(web, email)
    assert [row.name for row in db.session.scalars(select(OutboxEvent))] == ["ResetAsked", "ResetAsked"]


def test_looking_at_the_link_uses_nothing_up(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    link = letters.link()
    assert [web.get(link).status for _ in range(3)] == [200] * 3
    assert people.sign_in(web).status == 303


def test_link_works_once(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    link = letters.link()
    page = web.get(link)
    first, second = (web.submit(page, link, password=word) for word in (people.NEW_PASSWORD, "three swans in a row"))
    assert (first.status, second.status, web.get(link).status) == (303, 410, 410)
    assert people.sign_in(web, password=people.NEW_PASSWORD).status == 303


def test_link_dies_with_a_newer_one(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    first = letters.link()
    ask(web)
    second = letters.link()
    assert [web.get(first).status, web.get(second).status] == [410, 200]


def test_link_lives_for_an_hour(web: Web, letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    people.member()
    ask(web)
    link, now = letters.link(), clock.now()
    for minutes, status in ((59, 200), (61, 410)):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        assert web.get(link).status == status


def test_link_dies_when_the_password_is_changed(web: Web, letters: Letters) -> None:
    member = people.member()
    ask(web)
    link = letters.link()
    web.sign_in(member)
    fields = {"current_password": people.PASSWORD, "new_password": people.NEW_PASSWORD}
    assert web.submit("/settings/account", "/settings/account/password", **fields).status == 303
    assert web.get(link).status == 410


def test_database_and_events_hold_no_token(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    token = letters.link().rpartition("/")[2]
    kept = [
        *db.session.scalars(select(MailToken.token_hash)),
        *map(str, db.session.scalars(select(OutboxEvent.payload))),
    ]
    assert all(token not in text for text in kept)
    assert len(token) >= 43


def test_confirmation_link_resets_nothing(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    token = letters.link().rpartition("/")[2]
    assert web.get(f"/reset-password/{token}").status == 410


def test_reset_proves_the_address_of_an_unconfirmed_member(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    letters.deliver()
    ask(web, "new@example.org")
    reset(web, letters.link())
    member = queries.find_member("newcomer")
    assert member is not None
    assert member.state == MemberState.ACTIVE


def test_reset_lifts_no_moderators_decision(web: Web, letters: Letters) -> None:
    people.member(state=MemberState.SUSPENDED, confirmed_at=None)
    ask(web)
    reset(web, letters.link())
    member = queries.find_member("hanna")
    assert member is not None
    assert member.state == MemberState.SUSPENDED


@pytest.mark.parametrize("password", ["short", "password1", "hanna1234", "x" * 257])
def test_weak_password_is_refused_and_the_link_still_works(web: Web, letters: Letters, password: str) -> None:
    people.member()
    ask(web)
    link = letters.link()
    page = reset(web, link, password)
    assert (page.status, [one for one in page.links() if one.startswith("#f-")]) == (422, ["#f-password"])
    assert reset(web, link).status == 303


def test_two_uses_at_once_make_one(app: Flask) -> None:
    member = people.member()
    with transaction():
        token = tokens.make(member.id, Purpose.RESET, "hanna@example.org")
    with transaction():
        commands.reset_password(token, "one hash")
    with pytest.raises(LinkDead), transaction():
        commands.reset_password(token, "another")


def test_tries_from_one_address_are_limited(
    web: Web, throttled: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttles, "TOKEN_ADDRESS", throttles.Limit("token", 2, timedelta(minutes=15)))
    people.member()
    ask(web)
    page = web.get(link := letters.link())
    assert [web.submit(page, link, password="short").status for _ in range(3)] == [422, 422, 429]


def test_resets_for_one_address_are_limited_known_or_not(web: Web, throttled: Flask) -> None:
    people.member()
    statuses = [[ask(web, f"{name}@example.org").status for _ in range(6)] for name in ("hanna", "nobody")]
    assert statuses == [[303] * 5 + [429]] * 2


def test_reset_needs_the_pages_token(web: Web, letters: Letters) -> None:
    people.member()
    ask(web)
    link = letters.link()
    assert web.post(link, {"password": people.NEW_PASSWORD}).status == 403
    assert people.sign_in(web).status == 303


def test_letter_goes_to_the_present_address_only(web: Web, letters: Letters) -> None:
    people.member(email="Hanna@Example.org")
    ask(web)
    letter = letters.one()
    assert (letter["To"], path_in(letter).startswith("/reset-password/")) == ("hanna <Hanna@Example.org>", True)
