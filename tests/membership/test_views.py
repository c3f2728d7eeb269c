from __future__ import annotations

import re

import pytest
from flask import Flask

from forum.kernel.access import MemberState, Right, Role
from forum.membership import commands
from forum.membership.models import Method
from tests import factories
from tests.accounts import people
from tests.accounts.letters import Letters, plain_of
from tests.membership.steps import again, applied, asker, done, moderator, organisation_of
from tests.web import Web

APPLY = "/organisations/apply"
CITY = {"name": "City of Ghent", "code": "gnt", "domain": "https://www.stad.gent/", "title": "Adviser", "kind": "city"}


def test_city_applies_by_forms_alone(app: Flask, web: Web, letters: Letters) -> None:
    web.sign_in(factories.member("noor"))
    sent = web.get(APPLY)
    first, second = (web.submit(sent, APPLY, **CITY).response.location for _time in range(2))
    assert first == second
    page = web.get(first)
    assert "0 of 2" in page.words()
    assert web.submit(page, f"{first}/proofs", method="mail", email="info@stad.gent").status == 303
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", plain_of(letters.one()))[0]
    (action,) = re.findall(rf"{first}/proofs/\d+/code", web.get(first).text)
    assert web.submit(first, action, code=code).status == 303
    assert web.submit(first, f"{first}/submit", words="Ask Piet.").status == 303
    words = web.get(first).words()
    assert ("Waiting for a moderator. Usually within 5 working days." in words, "1 of 2" in words) == (True, True)


def test_wrong_details_come_back_with_their_words(app: Flask, web: Web) -> None:
    web.sign_in(factories.member())
    answer = web.submit(APPLY, APPLY, **(CITY | {"code": "TOOLONG", "domain": "no domain"}))
    fields = answer.form(APPLY)
    assert (answer.status, fields["name"], fields["code"]) == (422, ["City of Ghent"], ["TOOLONG"])
    assert [link for link in answer.links() if link.startswith("#f-")] == ["#f-code", "#f-domain"]


def test_wrong_code_is_refused_with_tries_left(app: Flask, web: Web, letters: Letters) -> None:
    member = factories.member()
    request = applied(member, proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.MAIL, "info@stad.gent")
    letters.deliver()
    web.sign_in(member)
    action = f"/membership/{request.id}/proofs/{proof.id}/code"
    answers = [web.submit(f"/membership/{request.id}", action, code="no") for _time in range(2)]
    assert [answer.status for answer in answers] == [422, 422]
    assert "Tries left: 3." in answers[1].words()


def test_rejection_is_read_with_its_reason(app: Flask, web: Web) -> None:
    member = factories.member()
    request = applied(member)
    done(commands.reject, moderator(), request.id, "The domain is somebody else’s.")
    page = f"/membership/{request.id}"
    web.sign_in(member)
    assert "Rejected. The reason:The domain is somebody else’s." in web.get(page).words()
    assert web.submit(page, f"{page}/again").status == 303


def test_question_is_mailed_and_answered_on_the_page(app: Flask, web: Web, letters: Letters) -> None:
    member = factories.member()
    request = applied(member)
    done(commands.ask, moderator(), request.id, "Who signs?")
    assert "Who signs?" in plain_of(letters.one())
    page = f"/membership/{request.id}"
    web.sign_in(member)
    empty = web.submit(page, f"{page}/answer", answer="")
    assert (empty.status, "Write what the moderator asked for." in empty.words()) == (422, True)
    assert web.submit(page, f"{page}/answer", answer="The clerk.").status == 303
    assert again(request).stage == "in review"


def test_request_is_seen_by_its_people_and_moderators(app: Flask, web: Web) -> None:
    request = applied()
    page = f"/membership/{request.id}"
    assert web.get(page).response.location == f"/sign-in?next={page}"
    for role, status in ((Role.MEMBER, 404), (Role.MODERATOR, 200), (Role.ADMIN, 200)):
        assert Web(app).sign_in(factories.member(role=role)).get(page).status == status
    colleague = factories.member()
    factories.affiliation(colleague, organisation_of(request), Right.EDITOR)
    assert Web(app).sign_in(colleague).get(page).status == 404


def test_unconfirmed_member_is_told_what_is_missing(app: Flask, web: Web) -> None:
    member = factories.member(state=MemberState.UNCONFIRMED)
    request = applied(member, send=False, proofs=0)
    assert "Confirm your e-mail address first" in web.sign_in(member).get(f"/membership/{request.id}").words()


def test_owner_asks_for_another_name_on_the_page(app: Flask, web: Web) -> None:
    city, owner = factories.organisation("ghent", name="City of Ghent", code="GNT"), factories.member()
    factories.affiliation(owner, city, Right.OWNER)
    web.sign_in(owner)
    assert "/organisations/ghent/rename" in web.get("/organisations/ghent/edit").links()
    form = "/organisations/ghent/rename"
    answer = web.submit(form, form, name="City of Gent", words="New spelling.")
    words = web.follow(answer).words()
    assert ("City of Ghent City of Gent" in words, "New spelling." in words) == (True, True)
    assert "City of Ghent" in web.get("/organisations/ghent").heading()


def test_moderator_opens_a_case_about_an_organisation(app: Flask, web: Web) -> None:
    owner = factories.member("olga")
    factories.affiliation(owner, factories.organisation("ghent"), Right.OWNER)
    web.sign_in(factories.member(role=Role.MODERATOR))
    page, action = "/organisations/ghent/verification", "/moderation/organisations/ghent"
    first, second = (web.submit(page, action).response.location for _time in range(2))
    assert first == second
    assert "Ghent" in web.get(first).words()
    with pytest.raises(LookupError):
        Web(app).sign_in(owner).submit(page, action)


@pytest.mark.parametrize("right", [None, Right.EDITOR])
def test_verification_page_is_for_owners_and_moderators(app: Flask, web: Web, right: Right | None) -> None:
    city, member = factories.organisation("ghent"), factories.member()
    if right:
        factories.affiliation(member, city, right)
    web.sign_in(member)
    assert web.get("/organisations/ghent/verification").status == 403


def test_words_of_an_applicant_cannot_run_script(app: Flask, web: Web) -> None:
    nasty = "<script>alert(1)</script>"
    request = applied(name=nasty, send=False)
    done(commands.submit, asker(request), request.id, nasty)
    done(commands.ask, moderator(), request.id, nasty)
    web.sign_in(factories.member(role=Role.MODERATOR))
    assert "<script>alert" not in web.get(f"/membership/{request.id}").text


def test_sign_up_that_represents_leads_to_the_application(app: Flask, web: Web, letters: Letters) -> None:
    people.sign_up(web, represents="yes", organisation="City of Brugge")
    link = letters.link()
    assert web.submit(link, link).status == 303
    letter = letters.one()
    assert "/organisations/apply" in plain_of(letter)


def test_letter_to_strangers_holds_no_words_of_the_applicant(app: Flask, letters: Letters) -> None:
    request = applied(factories.member("noor"), proofs=0, name="WIN MONEY at evil.example")
    done(commands.start_proof, asker(request), request.id, Method.MAIL, "info@stad.gent")
    letter = plain_of(letters.one())
    assert ("WIN MONEY" in letter, "noor" in letter, "stad.gent" in letter) == (False, True, True)
