"""A member's own second factors: set up, seen, renewed, removed."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs

from forum.accounts import commands, policy, queries
from forum.accounts.cli import user
from forum.accounts.commands.factors import ATTEMPT
from forum.accounts.models import FactorAttempt, MemberSession, RecoveryCode, SecondFactor
from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.errors import NotFound, Refused
from tests import factories
from tests.accounts import factors, people
from tests.accounts.letters import Letters, plain_of
from tests.parallel import at_once
from tests.web import Page, Web

pytestmark = pytest.mark.usefixtures("still_clock")

HOME = "/settings/security"
APP, PASSKEY = f"{HOME}/new/app", f"{HOME}/new/passkey"


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def begin(web: Web, address: str = APP, **fields: str) -> Page:
    """The page of an attempt: what comes after the password was typed once more."""
    return web.follow(web.submit(address, address, **({"name": "Phone", "password": people.PASSWORD} | fields)))


def secret_on(page: Page) -> str:
    return re.sub(r"\s", "", "".join(page.tree.find(".//code[@class='secret']").itertext()))  # type: ignore[union-attr]  # one a page


def finish(web: Web, page: Page, **fields: str) -> Page:
    return web.post(page.path, {"csrf_token": page.form(page.path)["csrf_token"][0], **fields})


def test_app_is_added_with_its_code_and_recovery_codes_shown_once(web: Web, letters: Letters) -> None:
    web.sign_in(people.member())
    page = begin(web)
    answer = finish(web, page, code=factors.code(secret_on(page)))
    codes = [code.text for code in answer.tree.findall(".//ol[@class='codes']//code")]
    assert (answer.status, len(set(codes)), answer.response.headers["Cache-Control"]) == (200, 10, "private, no-store")
    assert letters.one()["Subject"] == "A second factor was added at Kade"
    again = web.get(HOME)
    assert ("Phone" in again.words(), [code for code in codes if code and code in again.text]) == (True, [])


def test_picture_holds_what_an_app_reads(web: Web) -> None:
    web.sign_in(people.member())
    page = begin(web)
    address = next(link for link in page.links() if link.startswith("otpauth:"))
    assert address == f"otpauth://totp/Kade:hanna?secret={secret_on(page)}&issuer=Kade"
    assert page.tree.find(".//img[@class='qr']").get("src", "").startswith("data:image/png;base64,")  # type: ignore[union-attr]  # one a page


def test_wrong_code_adds_nothing_and_shows_the_same_secret(web: Web) -> None:
    web.sign_in(people.member())
    page = begin(web)
    again = finish(web, page, code="000000")
    assert (again.status, secret_on(again), count(SecondFactor)) == (422, secret_on(page), 0)


@pytest.mark.parametrize(("name", "password"), [("", people.PASSWORD), ("x" * 61, people.PASSWORD), ("Phone", "wrong")])
def test_adding_needs_a_name_and_the_password(web: Web, name: str, password: str) -> None:
    web.sign_in(people.member())
    page = web.submit(APP, APP, name=name, password=password)
    assert (page.status, page.form(APP)["name"], count(FactorAttempt)) == (422, [name], 0)


def test_first_factor_ends_every_other_session(web: Web) -> None:
    member = people.member()
    other = Web(web.app).sign_in(member)
    web.sign_in(member)
    page = begin(web)
    finish(web, page, code=factors.code(secret_on(page)))
    assert (people.is_signed_in(web), people.is_signed_in(other), count(MemberSession)) == (True, False, 1)


def test_second_factor_brings_no_new_codes(web: Web) -> None:
    member = people.member()
    factors.with_app(member)
    web.sign_in(member)
    page = begin(web)
    answer = finish(web, page, code=factors.code(secret_on(page)))
    assert (answer.status, answer.response.headers["Location"], count(RecoveryCode)) == (303, HOME, 10)


def test_attempt_is_its_own_members_for_half_an_hour_and_done_once(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.sign_in(people.member())
    page = begin(web)
    secret = secret_on(page)
    assert Web(web.app).sign_in(people.member("joost")).get(page.path).status == 404
    assert [finish(web, page, code=factors.code(secret, drift)).status for drift in (0, 1)] == [200, 404]
    late, later = begin(web), clock.now() + ATTEMPT
    monkeypatch.setattr(clock, "now", lambda: later)
    assert finish(web, late, code="123456").status == 404
    with transaction():
        commands.sweep_attempts()
    assert count(FactorAttempt) == 0


def test_same_attempt_at_the_same_moment_adds_one(app: Flask) -> None:
    member = people.member()
    actor = factories.actor(member)
    with transaction():
        attempt_id = commands.start_app(actor, "Phone")
    secret = queries.get_attempt(actor, attempt_id).secret
    db.session.rollback()

    def add(code: str) -> int:
        try:
            with transaction():
                return len(commands.add_app(actor, attempt_id, code))
        except NotFound:
            return 0

    assert sorted(at_once(app, add, [factors.code(secret)] * 4)) == [0, 0, 0, 10]
    assert (count(SecondFactor), count(RecoveryCode)) == (1, 10)


def test_more_than_ten_are_refused(app: Flask) -> None:
    member = people.member()
    actor = factories.actor(member)
    with transaction() as session:
        for number in range(policy.MAX_FACTORS):
            session.add(SecondFactor(member_id=member.id, kind="app", name=str(number), created_at=clock.now()))
    with pytest.raises(Refused), transaction():
        commands.start_app(actor, "Eleven")


def test_new_codes_end_the_old_ones(web: Web, letters: Letters) -> None:
    member = people.member()
    old = factors.with_app(member)[1]
    web.sign_in(member)
    answer = web.submit(f"{HOME}/codes", f"{HOME}/codes", password=people.PASSWORD)
    new = [code.text or "" for code in answer.tree.findall(".//ol[@class='codes']//code")]
    assert (answer.status, len(new), {*new} & {*old}) == (200, 10, set())
    visitors = [Web(web.app), Web(web.app)]
    shown = [
        factors.show(one, factors.half_way(one), recovery_code=code)
        for one, code in zip(visitors, (old[0], new[0]), strict=True)
    ]
    assert [page.status for page in shown] == [422, 303]


def test_new_codes_need_the_password_and_a_factor(web: Web) -> None:
    web.sign_in(people.member())
    wrong = web.submit(f"{HOME}/codes", f"{HOME}/codes", password="wrong")
    none = web.submit(f"{HOME}/codes", f"{HOME}/codes", password=people.PASSWORD)
    assert (wrong.status, none.status, count(RecoveryCode)) == (422, 409, 0)


def remove(web: Web, factor_id: int, password: str = people.PASSWORD) -> Page:
    page = f"{HOME}/{factor_id}/remove"
    return web.submit(page, page, password=password)


def test_factor_is_removed_with_the_password_and_the_codes_go_with_the_last(web: Web, letters: Letters) -> None:
    member = people.member()
    factors.with_app(member)
    letters.deliver()
    web.sign_in(member)
    factor_id = db.session.scalars(select(SecondFactor.id)).one()
    assert (remove(web, factor_id, "wrong").status, count(SecondFactor)) == (422, 1)
    assert (remove(web, factor_id).status, count(SecondFactor), count(RecoveryCode)) == (303, 0, 0)
    letter = letters.one()
    assert (letter["Subject"], "It was the last one" in plain_of(letter)) == (
        "A second factor was removed at Kade",
        True,
    )
    assert web.get(f"{HOME}/{factor_id}/remove").status == 404
    assert people.sign_in(Web(web.app)).response.headers["Location"] == "/"


def test_factor_of_somebody_else_is_not_there(web: Web) -> None:
    factors.with_app(people.member("joost"))
    web.sign_in(people.member())
    factor_id = db.session.scalars(select(SecondFactor.id)).one()
    actor = factories.actor(people.member("noor"))
    with pytest.raises(NotFound), transaction():
        commands.remove_factor(actor, factor_id)
    assert (web.get(f"{HOME}/{factor_id}/remove").status, count(SecondFactor)) == (404, 1)


def test_wrong_passwords_are_throttled_here_too(web: Web, throttled: Flask) -> None:
    web.sign_in(people.member())
    page = web.get(APP)
    tries = [web.submit(page, APP, name="Phone", password="wrong").status for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_reader_is_asked_to_sign_in(web: Web) -> None:
    addresses = (HOME, APP, PASSKEY, f"{HOME}/codes", f"{HOME}/1/remove", f"{HOME}/attempts/1")
    assert [web.get(one).status for one in addresses] == [303] * len(addresses)


def test_operator_lets_somebody_in_again(web: Web, letters: Letters) -> None:
    member = people.member()
    factors.with_app(member)
    letters.deliver()
    web.sign_in(member)
    result = CliRunner().invoke(user, ["reset-second-factor", "hanna"])
    assert (result.exit_code, count(SecondFactor), count(RecoveryCode), count(MemberSession)) == (0, 0, 0, 0)
    with capture_logs() as lines:
        assert letters.one()["Subject"] == "Your second factors at Kade were removed"
    assert [line["member_id"] for line in lines if line["event"] == "second_factors_reset"] == [member.id]
    assert people.sign_in(Web(web.app)).response.headers["Location"] == "/"


def test_operator_asks_twice_or_for_nobody(app: Flask) -> None:
    factors.with_app(people.member())
    results = [CliRunner().invoke(user, ["reset-second-factor", name]) for name in ("hanna", "hanna", "nobody")]
    assert [result.exit_code for result in results] == [0, 0, 1]


def test_name_is_shown_as_it_was_typed(web: Web) -> None:
    web.sign_in(people.member())
    page = begin(web, name="<b>Phone</b>")
    finish(web, page, code=factors.code(secret_on(page)))
    assert "<b>Phone</b>" in web.get(HOME).words()
