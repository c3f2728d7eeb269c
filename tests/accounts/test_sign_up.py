"""Making an account, and proving its address."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts import queries, throttles
from forum.accounts.models import Member
from forum.kernel import settings
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from tests.accounts import people
from tests.accounts.letters import Letters, link_in, plain_of
from tests.web import Web


def state_of(username: str = "newcomer") -> str:
    member = queries.find_member(username)
    assert member is not None
    return member.state


def count_members() -> int:
    return db.session.scalar(select(func.count()).select_from(Member)) or 0


def close_sign_up() -> None:
    with transaction():
        settings.change("sign-up-open", "off")


def test_newcomer_signs_up_confirms_and_signs_in(web: Web, letters: Letters) -> None:
    done = web.follow(people.sign_up(web))
    assert (done.heading(), state_of()) == ("Look in your mail", MemberState.UNCONFIRMED)
    link = letters.link()
    answer = web.submit(link, link)
    assert (answer.status, web.follow(answer).heading()) == (303, "Your address is confirmed")
    assert (state_of(), people.sign_in(web, "newcomer").status) == (MemberState.ACTIVE, 303)
    assert people.is_signed_in(web)


def test_sign_up_keeps_what_was_written(web: Web) -> None:
    people.sign_up(web, name="  Ännie  de\tVries ", represents="yes", organisation="City of Brugge")
    member = queries.find_member("newcomer")
    assert member is not None
    assert (member.name, member.email, member.represents) == ("Ännie de Vries", "new@example.org", "City of Brugge")
    assert (member.password_hash or "").startswith("$argon2id$")


def test_newcomer_may_sign_in_but_not_publish_before_confirming(web: Web) -> None:
    people.sign_up(web)
    people.sign_in(web, "new@example.org")
    assert people.is_signed_in(web)
    assert state_of() == MemberState.UNCONFIRMED


def test_letter_leads_to_the_base_address_whatever_the_host_header_says(web: Web, letters: Letters) -> None:
    elsewhere = {"headers": {"Host": "127.0.0.1"}, "base_url": "http://127.0.0.1"}
    page = web.get("/sign-up", **elsewhere)
    assert web.post("/sign-up", people.filled(page, "/sign-up", **people.NEWCOMER), **elsewhere).status == 303
    letter = letters.one()
    assert link_in(letter).startswith("http://localhost/confirm/")
    assert letter["To"] == "newcomer <new@example.org>"


def test_letter_speaks_the_language_of_the_page(web: Web, letters: Letters) -> None:
    dutch = {"headers": {"Accept-Language": "nl"}}
    page = web.get("/sign-up", **dutch)
    web.post("/sign-up", people.filled(page, "/sign-up", **people.NEWCOMER), **dutch)
    html = letters.one().get_body(("html",))
    assert html is not None
    assert '<html lang="nl">' in html.get_content()


def test_letter_holds_nothing_a_stranger_could_say(web: Web, letters: Letters) -> None:
    people.sign_up(web, name="Win a prize at https://evil.example", organisation="Prizes")
    letter = letters.one()
    assert "evil" not in letter.as_string()
    assert "Prizes" not in plain_of(letter)


def test_looking_at_the_link_uses_nothing_up(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    link = letters.link()
    assert [web.get(link).status, web.get(link).status, state_of()] == [200, 200, MemberState.UNCONFIRMED]
    assert web.submit(link, link).status == 303


def test_link_works_once(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    link = letters.link()
    page = web.get(link)
    assert [web.submit(page, link).status, web.submit(page, link).status] == [303, 410]
    assert (web.get(link).status, state_of()) == (410, MemberState.ACTIVE)


def test_link_dies_with_a_newer_one(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    first = letters.link()
    web.submit("/confirm", "/confirm", email="NEW@example.org")
    second = letters.link()
    assert [web.get(first).status, web.get(second).status] == [410, 200]


def test_made_up_link_is_dead(web: Web) -> None:
    assert [web.get("/confirm/" + words).status for words in ("x", "x" * 500, "%00", "é")] == [410] * 4


def test_known_address_gives_the_same_answer_and_mails_its_owner(web: Web, letters: Letters) -> None:
    people.member("hanna", email="hanna@example.org", email_key="hanna@example.org")
    fresh, known = people.sign_up(web), people.sign_up(web, username="other", email="Hanna@Example.org")
    assert (known.status, known.response.headers["Location"]) == (303, fresh.response.headers["Location"])
    to_new, to_owner = sorted(letters.deliver(), key=lambda letter: str(letter["To"]), reverse=True)
    assert (to_new["To"], to_owner["To"]) == ("newcomer <new@example.org>", "hanna <hanna@example.org>")
    assert (to_owner["Subject"], queries.find_member("other")) == ("You have an account at Kade already", None)


def test_known_address_that_was_never_confirmed_gets_its_link_again(web: Web, letters: Letters) -> None:
    people.sign_up(web)
    first = letters.link()
    people.sign_up(web, username="other")
    second = letters.link()
    assert [web.get(first).status, web.get(second).status] == [410, 200]


def test_same_form_twice_makes_one_member_and_one_letter(web: Web, letters: Letters) -> None:
    answers = [people.sign_up(web).status, people.sign_up(web).status]
    assert (answers, count_members(), len(letters.deliver())) == ([303, 303], 1, 1)


@pytest.mark.parametrize("username", ["hanna", "HANNA", "hann\u0430", "\uff48anna"])
def test_taken_username_is_refused_with_its_look_alikes(web: Web, username: str) -> None:
    people.member("hanna")
    page = people.sign_up(web, username=username)
    assert (page.status, count_members()) == (422, 1)


@pytest.mark.parametrize("username", ["admin", "Kade", "m0derator"])
def test_reserved_username_is_refused(web: Web, username: str) -> None:
    assert (people.sign_up(web, username=username).status, count_members()) == (422, 0)


def test_every_field_is_named_and_kept_when_refused(web: Web) -> None:
    page = people.sign_up(web, username="a b", name="", email="nobody", password="password", organisation="City of X")
    assert page.status == 422
    links = [link for link in page.links() if link.startswith("#f-")]
    assert links == ["#f-name", "#f-username", "#f-email", "#f-password"]
    form = page.form("/sign-up")
    kept = [form[name] for name in ("username", "name", "email", "organisation", "password")]
    assert kept == [["a b"], [""], ["nobody"], ["City of X"], [""]]


def test_title_of_a_refused_form_begins_with_the_error(web: Web) -> None:
    title = people.sign_up(web, email="nobody").tree.find(".//title")
    assert title is not None
    assert (title.text or "").startswith("Error: Make an account")


def test_tick_without_a_name_asks_for_the_organisation(web: Web) -> None:
    page = people.sign_up(web, represents="yes")
    assert (page.status, [one for one in page.links() if one.startswith("#f-")]) == (422, ["#f-organisation"])


def test_closed_site_takes_no_new_members(web: Web, letters: Letters) -> None:
    page = web.get("/sign-up")
    close_sign_up()
    assert web.post("/sign-up", people.filled(page, "/sign-up", **people.NEWCOMER)).status == 403
    assert (count_members(), letters.deliver()) == (0, [])
    assert "takes no new members" in web.get("/sign-up").words()


@pytest.mark.parametrize(
    "email", ["a@b", "@example.org", "a b@example.org", "a@example.org\r\nBcc: x@y.org", "a\x00@example.org", "é@e.org"]
)
def test_address_that_is_none_is_refused(web: Web, email: str) -> None:
    assert (people.sign_up(web, email=email).status, count_members()) == (422, 0)


def test_asking_for_the_link_again_says_the_same_of_nobody(web: Web, letters: Letters) -> None:
    people.member("hanna")
    asked = [web.submit("/confirm", "/confirm", email=f"{name}@example.org") for name in ("hanna", "nobody")]
    assert len({(page.status, page.response.headers["Location"]) for page in asked}) == 1
    assert [letter["To"] for letter in letters.deliver()] == ["hanna <hanna@example.org>"]


def test_letters_to_one_address_are_limited(web: Web, throttled: Flask, letters: Letters) -> None:
    asked = [web.submit("/confirm", "/confirm", email="hanna@example.org") for _ in range(6)]
    assert [page.status for page in asked] == [303] * 5 + [429]
    assert int(asked[-1].response.headers["Retry-After"]) > 3500
    assert asked[-1].form("/confirm")["email"] == ["hanna@example.org"]


def test_sign_ups_from_one_address_are_limited(web: Web, throttled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "SIGN_UP_ADDRESS", throttles.Limit("sign-up", 2, throttles.MAIL_ACCOUNT.window))
    made = [people.sign_up(web, username=f"new-{one}", email=f"{one}@example.org").status for one in "abc"]
    assert (made, count_members()) == ([303, 303, 429], 2)


def test_sign_up_from_elsewhere_is_refused(web: Web) -> None:
    values = people.filled(web.get("/sign-up"), "/sign-up", **people.NEWCOMER)
    page = web.post("/sign-up", values, headers={"Sec-Fetch-Site": "cross-site"})
    assert (page.status, "new@example.org" in page.text, count_members()) == (403, False, 0)


def test_sign_up_without_a_token_is_refused(web: Web) -> None:
    page = web.post("/sign-up", people.NEWCOMER)
    assert (page.status, page.form("/sign-up")["email"], count_members()) == (403, ["new@example.org"], 0)
