from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import MemberState, Right
from forum.kernel.errors import Forbidden, NotFound
from forum.membership import commands, policy
from forum.membership.errors import NoDomainMatch, OpenAlready
from forum.membership.queries import start_page
from forum.organisations.commands import Place
from forum.organisations.errors import HereAlready
from forum.organisations.models import Organisation, Verification
from tests import factories
from tests.accounts.letters import Letters
from tests.membership.steps import done, moderator, owner_of
from tests.web import Web


@pytest.fixture
def city(app: Flask) -> Organisation:
    made: Organisation = factories.organisation("ghent", name="City of Ghent", domain="stad.gent")
    return made


def at(email: str, **fields: Any) -> Member:
    return factories.member(email=email, email_key=email, **fields)


@pytest.mark.parametrize("email", ["a@stad.gent", "a@press.stad.gent"])
def test_address_at_the_domain_makes_a_contributor(app: Flask, city: Organisation, email: str) -> None:
    member = at(email)
    done(commands.join, factories.actor(member), city.id, "Adviser")
    assert factories.actor(member).rights == {city.id: Right.CONTRIBUTOR}


@pytest.mark.parametrize("email", ["a@evilstad.gent", "a@gent", "a@stad.gent.evil.example", "stad.gent@evil.example"])
def test_address_elsewhere_gives_nothing(app: Flask, city: Organisation, email: str) -> None:
    with pytest.raises(NoDomainMatch):
        done(commands.join, factories.actor(at(email)), city.id, "")


@pytest.mark.parametrize("state", [one for one in Verification if one is not Verification.VERIFIED])
def test_domain_of_an_organisation_without_the_mark_gives_nothing(app: Flask, state: Verification) -> None:
    city = factories.organisation(domain="stad.gent", state=state)
    with pytest.raises(NoDomainMatch):
        done(commands.join, factories.actor(at("a@stad.gent")), city.id, "")


def test_address_nobody_confirmed_gives_nothing(app: Flask, city: Organisation) -> None:
    with pytest.raises(NoDomainMatch):
        done(commands.join, factories.actor(at("a@stad.gent", confirmed_at=None)), city.id, "")
    with pytest.raises(Forbidden):
        done(commands.join, factories.actor(at("b@stad.gent", state=MemberState.UNCONFIRMED)), city.id, "")


def test_address_at_a_public_mail_service_gives_nothing(app: Flask) -> None:
    city = factories.organisation(domain="gmail.com")
    with pytest.raises(NoDomainMatch):
        done(commands.join, factories.actor(at("a@gmail.com")), city.id, "")


def test_domain_match_never_gives_more_than_contributor(app: Flask, web: Web, city: Organisation) -> None:
    member = at("a@stad.gent")
    web.sign_in(member)
    fields = web.get("/organisations/ghent/claim").form("/organisations/ghent/join") | {"right": ["owner"]}
    assert web.post("/organisations/ghent/join", fields).status == 303
    assert factories.actor(member).rights == {city.id: Right.CONTRIBUTOR}
    with pytest.raises(HereAlready):
        done(commands.join, factories.actor(member), city.id, "")


def test_owners_are_told_of_a_colleague(app: Flask, city: Organisation, letters: Letters) -> None:
    owner_of(city, username="olga")
    done(commands.join, factories.actor(at("a@stad.gent", username="noor")), city.id, "")
    assert [str(one["Subject"]) for one in letters.deliver()] == ["noor belongs to City of Ghent now"]


def test_start_page_finds_organisations_by_domain_and_name(app: Flask, city: Organisation) -> None:
    factories.organisation(domain="gent")
    press = factories.organisation("press", domain="press.stad.gent")
    start = start_page(factories.actor(at("a@press.stad.gent", represents="City of Ghe")), "")
    assert [plate.slug for plate in start.matches] == [press.slug, "ghent"]
    assert [plate.slug for plate in start.found] == ["ghent"]


def test_start_page_shows_no_match_to_who_has_not_confirmed(app: Flask, city: Organisation) -> None:
    assert start_page(factories.actor(at("a@stad.gent", confirmed_at=None)), "").matches == ()


def test_claim_twice_waits_once(app: Flask, city: Organisation) -> None:
    actor = factories.actor(factories.member())
    done(commands.claim, actor, city.id, Place("owner"), "")
    with pytest.raises(OpenAlready):
        done(commands.claim, actor, city.id, Place("editor"), "")


def test_claim_after_a_rejection_may_be_made_again(app: Flask, city: Organisation) -> None:
    actor = factories.actor(factories.member())
    first = done(commands.claim, actor, city.id, Place("owner"), "")
    done(commands.reject, moderator(), first.id, "Nobody knows you.")
    assert done(commands.claim, actor, city.id, Place("contributor"), "").id != first.id


def test_claim_to_what_nobody_sees_or_what_one_has_is_refused(app: Flask, city: Organisation) -> None:
    actor = factories.actor(factories.member())
    draft = factories.organisation(state=Verification.DRAFT)
    with pytest.raises(NotFound):
        done(commands.claim, actor, draft.id, Place("owner"), "")
    with pytest.raises(HereAlready):
        done(commands.claim, owner_of(city), city.id, Place("owner"), "")


def test_claim_on_the_page_tells_owners(app: Flask, web: Web, city: Organisation, letters: Letters) -> None:
    owner_of(city, username="olga")
    web.sign_in(factories.member("noor"))
    page = "/organisations/ghent/claim"
    answer = web.submit(page, page, right="editor", title="Clerk", words="Ask Piet.")
    assert "RightEditorRoleClerk Ask Piet." in web.follow(answer).words()
    assert [str(one["Subject"]) for one in letters.deliver()] == ["noor says they represent City of Ghent"]
    assert "a moderator looks at it" in web.get(page).words()


@pytest.mark.parametrize("days", [0, 59, 60, 61])
def test_renewal_opens_sixty_days_before_the_end(app: Flask, days: int) -> None:
    now = clock.now()
    city = factories.organisation(verified_until=now + timedelta(days=days))
    assert policy.is_renewable(city, now) is (days <= 60)
