"""Signing in where the password is not enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import commands, passwords, sessions, steps, throttles
from forum.accounts.devices import Browser
from forum.accounts.errors import StepOver, WrongCode
from forum.accounts.models import MemberSession, RecoveryCode, SecondFactor, SecondStep
from forum.accounts.records import Candidate
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.errors import ForumError
from tests import factories
from tests.accounts import factors, people
from tests.accounts.letters import Letters
from tests.parallel import at_once
from tests.web import Web

pytestmark = pytest.mark.usefixtures("still_clock")

BROWSER = Browser("test", "127.0.0.0")
WRONG = "000000"


def opened() -> list[MemberSession]:
    return list(db.session.scalars(select(MemberSession)))


def begun(member_id: int) -> str:
    with transaction():
        return steps.begin(member_id)  # type: ignore[arg-type]  # an id as the database gives it


def test_password_alone_opens_nothing(web: Web) -> None:
    factors.with_app(people.member())
    answer = people.sign_in(web)
    assert (answer.status, answer.response.headers["Location"]) == (303, factors.STEP)
    assert (people.is_signed_in(web), opened(), web.get("/settings/security").status) == (False, [], 303)


def test_code_signs_in_and_goes_where_one_wanted(web: Web) -> None:
    secret, _codes = factors.with_app(people.member())
    page = factors.half_way(web, next="/topics?sort=top", remember="yes")
    answer = web.submit(page, factors.STEP, code=factors.code(secret))
    assert (answer.status, answer.response.headers["Location"]) == (303, "/topics?sort=top")
    assert [row.remembered for row in opened()] == [True]
    assert people.is_signed_in(web)


def test_cookie_is_another_one_after_each_step(web: Web) -> None:
    secret, _codes = factors.with_app(people.member())
    page = factors.half_way(web)
    with web.client.session_transaction() as cookie:
        half = dict(cookie)
    web.submit(page, factors.STEP, code=factors.code(secret))
    with web.client.session_transaction() as cookie:
        assert {*cookie} == {"_user_id", "_fresh", "_id", "_permanent", "csrf_token"}
        assert cookie["csrf_token"] != half["csrf_token"] and cookie["_user_id"] != half["second_step"]


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_clock_may_be_half_a_minute_wrong(web: Web, drift: int) -> None:
    member = people.member()
    secret, _codes = factors.with_app(member)
    db.session.scalars(select(SecondFactor)).one().last_step = None
    db.session.commit()
    factors.half_way(web)
    assert factors.show(web, code=factors.code(secret, drift)).status == 303


@pytest.mark.parametrize("typed", [WRONG, "", "12345", "1234567", "abcdef", "0" * 5000, "\u0660\u0661\x00"])
def test_wrong_code_is_refused_and_the_page_comes_back(web: Web, typed: str) -> None:
    factors.with_app(people.member())
    page = factors.show(web, factors.half_way(web, next="/topics"), code=typed, next="/topics")
    assert (page.status, opened(), page.form(factors.STEP)["next"]) == (422, [], ["/topics"])


@pytest.mark.parametrize("drift", [-2, 2])
def test_code_of_a_minute_ago_or_hence_is_wrong(web: Web, drift: int) -> None:
    secret, _codes = factors.with_app(people.member())
    assert factors.show(web, factors.half_way(web), code=factors.code(secret, drift)).status == 422


def test_code_opens_once(app: Flask) -> None:
    secret, _codes = factors.with_app(people.member())
    code, (one, other) = factors.code(secret), (Web(app), Web(app))
    assert factors.show(one, factors.half_way(one), code=code).status == 303
    assert factors.show(other, factors.half_way(other), code=code).status == 422
    assert len(opened()) == 1


def test_code_that_set_the_app_up_is_used(web: Web) -> None:
    secret, _codes = factors.with_app(people.member())
    assert factors.show(web, factors.half_way(web), code=factors.code(secret, -1)).status == 422


def attempt(token: str, code: str) -> str:
    try:
        with transaction():
            commands.pass_with_code(token, code, BROWSER)
    except ForumError as error:
        return type(error).__name__
    return "in"


def test_same_code_at_the_same_moment_opens_once(app: Flask) -> None:
    member = people.member()
    code = factors.code(factors.with_app(member)[0])
    tokens = [begun(member.id) for _ in range(6)]
    found = at_once(app, lambda token: attempt(token, code), tokens)
    assert (sorted(found), len(opened())) == (["WrongCode"] * 5 + ["in"], 1)


def test_same_step_at_the_same_moment_is_made_once(app: Flask) -> None:
    member = people.member()
    secret, _codes = factors.with_app(member)
    token, given = begun(member.id), [factors.code(secret, drift) for drift in (0, 1)]
    found = at_once(app, lambda code: attempt(token, code), given)
    assert (sorted(found), len(opened())) == (["StepOver", "in"], 1)


def test_recovery_code_opens_once_however_it_is_typed(web: Web, letters: Letters) -> None:
    member = people.member()
    codes = factors.with_app(member)[1]
    letters.deliver()
    typed = f" {codes[3].upper().replace('-', ' ').replace('0', 'O').replace('1', 'l')} "
    assert factors.show(web, factors.half_way(web), recovery_code=typed).status == 303
    assert "9 codes left" in str(letters.one())
    other = Web(web.app)
    page = factors.show(other, factors.half_way(other), recovery_code=codes[3])
    assert (page.status, "<details" in page.text and " open>" in page.text) == (422, True)


def test_same_recovery_code_at_the_same_moment_opens_once(app: Flask) -> None:
    member = people.member()
    code = factors.with_app(member)[1][0]

    def use(token: str) -> bool:
        try:
            with transaction():
                commands.pass_with_recovery_code(token, code, BROWSER)
        except WrongCode:
            return False
        return True

    assert sorted(at_once(app, use, [begun(member.id) for _ in range(4)])) == [False, False, False, True]


def test_recovery_code_of_somebody_else_is_wrong(web: Web) -> None:
    factors.with_app(people.member())
    codes = factors.with_app(people.member("joost"))[1]
    assert factors.show(web, factors.half_way(web), recovery_code=codes[0]).status == 422


def test_database_alone_gives_neither_secret_nor_code_nor_token(web: Web) -> None:
    secret, codes = factors.with_app(people.member())
    factors.half_way(web)
    with web.client.session_transaction() as cookie:
        token = cookie["second_step"]
    rows = [*db.session.scalars(select(SecondFactor.secret)), *db.session.scalars(select(RecoveryCode.code_hash))]
    kept = " ".join([*map(str, rows), *db.session.scalars(select(SecondStep.token_hash))])
    plain = [secret, token, *codes, *(code.replace("-", "") for code in codes)]
    assert [one for one in plain if one in kept] == []


def test_secret_moved_to_another_member_opens_nothing(web: Web) -> None:
    theirs, _codes = factors.with_app(people.member("joost"))
    factors.with_app(people.member())
    rows = list(db.session.scalars(select(SecondFactor).order_by(SecondFactor.id)))
    rows[1].secret, rows[1].last_step = rows[0].secret, None
    db.session.commit()
    assert factors.show(web, factors.half_way(web), code=factors.code(theirs)).status == 422


def test_ten_minutes_are_enough(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = factors.with_app(people.member())[1]
    page, later = factors.half_way(web), clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = factors.show(web, page, recovery_code=codes[0])
    assert (answer.status, answer.heading(), opened()) == (401, "Sign in again", [])
    assert web.get(factors.STEP).status == 401
    with transaction():
        steps.sweep()
    assert db.session.scalar(select(SecondStep)) is None


def test_fifth_wrong_code_ends_it_and_its_owner_hears(web: Web, letters: Letters) -> None:
    secret, _codes = factors.with_app(people.member())
    letters.deliver()
    page = factors.half_way(web)
    assert [factors.show(web, page, code=WRONG).status for _ in range(6)] == [422] * 4 + [401] * 2
    assert factors.show(web, page, code=factors.code(secret)).status == 401
    assert (letters.one()["Subject"], opened()) == ("Somebody knows your password at Kade", [])


def test_codes_are_throttled_over_many_sign_ins(throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "STEP_ACCOUNT", throttles.Limit("step", 3, timedelta(minutes=15)))
    secret, codes = factors.with_app(people.member())
    webs = [Web(throttled) for _ in range(2)]
    pages = [factors.half_way(web) for web in webs]
    tries = [factors.show(web, page, code=WRONG).status for web, page in zip(webs * 2, pages * 2, strict=True)]
    assert tries == [422, 422, 422, 429]
    assert factors.show(webs[0], pages[0], code=factors.code(secret)).status == 429
    assert factors.show(webs[0], pages[0], recovery_code=codes[0]).status == 303


def test_address_is_throttled_over_many_accounts(throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "STEP_ADDRESS", throttles.Limit("step", 1, timedelta(minutes=15)))
    statuses = []
    for username in ("hanna", "joost"):
        factors.with_app(people.member(username))
        web = Web(throttled)
        statuses.append(factors.show(web, factors.half_way(web, username), code=WRONG).status)
    assert statuses == [422, 429]


def test_new_password_does_not_open_the_second_step(web: Web, letters: Letters) -> None:
    factors.with_app(people.member())
    letters.deliver()
    web.submit("/reset-password", "/reset-password", email="hanna@example.org")
    link = letters.link()
    web.submit(link, link, password=people.NEW_PASSWORD)
    answer = people.sign_in(web, password=people.NEW_PASSWORD)
    assert (answer.response.headers["Location"], opened()) == (factors.STEP, [])


def test_changed_password_ends_a_step_that_was_begun(web: Web) -> None:
    member = people.member()
    codes = factors.with_app(member)[1]
    page, actor = factors.half_way(web), factories.actor(member)
    with transaction():
        verified = Candidate(member.id, member.password_hash)
        commands.change_password(actor, verified, passwords.hash_password(people.NEW_PASSWORD))
    assert (factors.show(web, page, recovery_code=codes[0]).status, opened()) == (401, [])


def test_signed_out_everywhere_means_every_session(web: Web) -> None:
    member = people.member()
    codes = factors.with_app(member)[1]
    factors.show(web, factors.half_way(web), recovery_code=codes[0])
    with transaction():
        sessions.end_all(member.id)
    assert not people.is_signed_in(web)


def test_words_of_another_form_travel_through_both_steps(web: Web) -> None:
    member = people.member()
    post, codes = factories.post(), factors.with_app(member)[1]
    page = web.get("/sign-in")
    kept = {"kept_to": f"/posts/{post.id}/comments", "kept.body": "My long answer.", "username": "hanna"}
    half = web.post("/sign-in", people.filled(page, "/sign-in", password=people.PASSWORD, **kept))
    assert (half.status, half.form(factors.STEP)["kept.body"]) == (200, ["My long answer."])
    answer = web.post(factors.STEP, {**half.form(factors.STEP), "recovery_code": codes[0], "code": ""})
    assert (answer.status, "My long answer." in answer.text, people.is_signed_in(web)) == (200, True, True)


def test_wrong_password_says_nothing_of_a_second_factor(web: Web) -> None:
    factors.with_app(people.member())
    people.member("joost")
    pages = [people.sign_in(Web(web.app), name, "nine geese at the mill") for name in ("hanna", "joost", "nobody")]
    assert [(page.status, page.words()) for page in pages] == [(422, pages[2].words())] * 3


def test_wrong_password_costs_as_much_with_a_second_factor(web: Web, hashing: list[people.Hashing]) -> None:
    factors.with_app(people.member())
    page = web.get("/sign-in")
    known, unknown = (people.refused(web, page, hashing, name) for name in ("hanna", "nobody"))
    assert known == unknown


def test_step_without_the_pages_token_is_refused(web: Web) -> None:
    codes = factors.with_app(people.member())[1]
    factors.half_way(web)
    assert (web.post(factors.STEP, {"recovery_code": codes[0]}).status, opened()) == (403, [])


def test_step_of_nobody_is_over(app: Flask) -> None:
    with transaction():
        token = steps.begin(None)
    with pytest.raises(StepOver), transaction():
        commands.pass_with_code(token, WRONG, BROWSER)
