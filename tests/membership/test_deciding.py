from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Right, Role
from forum.kernel.db import db
from forum.kernel.errors import Invalid, Refused
from forum.membership import commands
from forum.membership.errors import NotModerator, NotWaiting, OpenAlready, OwnRequest, ProofsMissing, ReasonMissing
from forum.membership.models import Method
from forum.organisations import commands as organisations
from forum.organisations import policy as organisations_policy
from forum.organisations import queries
from forum.organisations.errors import CodeTaken, Frozen, NameTaken, NotOwner
from forum.organisations.models import OrganisationKind, Verification
from tests import factories
from tests.membership.steps import (
    GHENT,
    again,
    applied,
    asker,
    done,
    later,
    moderator,
    organisation_of,
    owner_of,
    prove,
)


def test_verified_organisation_has_its_mark_for_a_year(app: Flask) -> None:
    request = applied()
    done(commands.verify, moderator(), request.id)
    city = organisation_of(request)
    assert city.verified_until is not None
    assert (city.state, (city.verified_until - clock.now()).days) == (Verification.VERIFIED, 364)
    assert [(role.plate.verified, role.title) for role in queries.roles_of(request.member_id)] == [(True, "Adviser")]


@pytest.mark.parametrize("kind", [OrganisationKind.CITY, OrganisationKind.UNIVERSITY])
@pytest.mark.parametrize("proofs", [0, 1])
def test_city_and_university_need_two_proofs(app: Flask, kind: OrganisationKind, proofs: int) -> None:
    request = applied(kind=kind, proofs=proofs)
    with pytest.raises(ProofsMissing, match=f"{proofs} of 2"):
        done(commands.verify, moderator(), request.id)
    assert again(request).stage == "submitted"


@pytest.mark.parametrize("kind", [OrganisationKind.AGENCY, OrganisationKind.COMPANY])
def test_others_need_one_proof(app: Flask, kind: OrganisationKind) -> None:
    with pytest.raises(ProofsMissing, match="0 of 1"):
        done(commands.verify, moderator(), applied(kind=kind, proofs=0).id)
    done(commands.verify, moderator(), applied(kind=kind, proofs=1, name="Other", code="OTH").id)


@pytest.mark.parametrize("role", [Role.MEMBER])
def test_deciding_is_for_moderators(app: Flask, role: Role) -> None:
    request, member = applied(), factories.actor(factories.member(role=role))
    for act, words in ((commands.verify, ""), (commands.reject, "no"), (commands.ask, "who?")):
        with pytest.raises(NotModerator):
            done(act, member, request.id, words)
    with pytest.raises(NotModerator):
        done(commands.suspend, member, factories.organisation().id, "no")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMIN])
def test_nobody_decides_on_their_own_application(app: Flask, role: Role) -> None:
    member = factories.member(role=role)
    request = applied(member)
    for act, words in ((commands.verify, ""), (commands.reject, "no"), (commands.ask, "who?")):
        with pytest.raises(OwnRequest):
            done(act, factories.actor(member), request.id, words)


@pytest.mark.parametrize("right", list(Right))
def test_nobody_decides_on_their_own_organisation(app: Flask, right: Right) -> None:
    request, colleague = applied(), factories.member(role=Role.MODERATOR)
    factories.affiliation(colleague, organisation_of(request), right)
    with pytest.raises(OwnRequest):
        done(commands.verify, factories.actor(colleague), request.id)
    with pytest.raises(OwnRequest):
        done(commands.suspend, factories.actor(colleague), request.organisation_id, "no")


def test_rejection_needs_its_reason_and_hides_the_organisation(app: Flask) -> None:
    request = applied()
    with pytest.raises(ReasonMissing):
        done(commands.reject, moderator(), request.id, " ")
    done(commands.reject, moderator(), request.id, "The domain is somebody else’s.")
    assert (again(request).reason, organisation_of(request).state) == ("The domain is somebody else’s.", "rejected")
    assert queries.find_organisation("city-of-ghent") is None


def test_decision_twice_is_refused(app: Flask) -> None:
    request, judge = applied(), moderator()
    done(commands.verify, judge, request.id)
    for act in (commands.verify, commands.reject):
        with pytest.raises(NotWaiting):
            done(act, judge, request.id, "again")
    assert organisation_of(request).state == Verification.VERIFIED


def test_code_that_was_taken_meanwhile_is_refused(app: Flask) -> None:
    request = applied()
    factories.organisation(code="GNT")
    with pytest.raises(CodeTaken):
        done(commands.verify, moderator(), request.id)


def test_name_that_was_taken_meanwhile_is_refused(app: Flask) -> None:
    first, second = applied(send=False), applied()
    done(commands.submit, asker(first), first.id, "")
    with pytest.raises(NameTaken):
        done(commands.verify, moderator(), second.id)


def test_suspension_takes_mark_and_voice_at_once_and_gives_them_back(app: Flask) -> None:
    city, judge = factories.organisation(), moderator()
    owner = owner_of(city)
    with pytest.raises(ReasonMissing):
        done(commands.suspend, judge, city.id, "")
    done(commands.suspend, judge, city.id, "Its domain lapsed.")
    assert (city.state, queries.voices_of(owner)) == (Verification.SUSPENDED, ())
    with pytest.raises(Refused):
        done(commands.suspend, judge, city.id, "again")
    done(commands.reinstate, judge, city.id)
    assert (city.state, len(queries.voices_of(owner))) == (Verification.VERIFIED, 1)


def test_suspension_ends_where_its_time_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    city = factories.organisation(verified_until=clock.now() + timedelta(days=1))
    done(commands.suspend, moderator(), city.id, "Why.")
    later(monkeypatch, days=40)
    done(commands.reinstate, moderator(), city.id)
    assert city.state == Verification.EXPIRED


@pytest.mark.parametrize("state", sorted(organisations_policy.FROZEN_STATES))
@pytest.mark.parametrize(
    ("field", "value"), [("name", "Bruges"), ("code", "BRG"), ("kind", "region"), ("domain", "x.be")]
)
def test_what_was_verified_stays_frozen(app: Flask, state: Verification, field: str, value: str) -> None:
    city = factories.organisation("ghent", **vars(GHENT), state=state)
    with pytest.raises(Frozen):
        done(organisations.edit, owner_of(city), city.id, replace(GHENT, **{field: value}))


def test_rename_keeps_the_old_until_it_is_decided(app: Flask) -> None:
    city = factories.organisation("city-of-ghent", **vars(GHENT))
    request = done(commands.rename, owner_of(city), city.id, replace(GHENT, name="City of Gent"), "New spelling.")
    assert (city.name, city.slug) == ("City of Ghent", "city-of-ghent")
    done(commands.verify, moderator(), request.id)
    city = organisation_of(request)
    assert (city.name, city.slug, city.state) == ("City of Gent", "city-of-gent", Verification.VERIFIED)
    assert queries.find_moved("city-of-ghent") == "city-of-gent"


def test_rename_that_is_rejected_changes_nothing(app: Flask) -> None:
    city = factories.organisation("ghent", **vars(GHENT))
    request = done(commands.rename, owner_of(city), city.id, replace(GHENT, code="GT"), "")
    done(commands.reject, moderator(), request.id, "GT is a car.")
    assert (city.code, organisation_of(request).state) == ("GNT", Verification.VERIFIED)


def test_rename_to_another_domain_needs_its_proofs(app: Flask) -> None:
    city = factories.organisation("ghent", **vars(GHENT))
    owner = owner_of(city)
    request = done(commands.rename, owner, city.id, replace(GHENT, domain="gent.be"), "")
    with pytest.raises(ProofsMissing, match="0 of 2"):
        done(commands.verify, moderator(), request.id)
    assert [prove(owner, request, method).domain for method in (Method.DNS, Method.FILE)] == ["gent.be", "gent.be"]
    done(commands.verify, moderator(), request.id)
    assert organisation_of(request).domain == "gent.be"


def test_rename_asked_twice_or_for_nothing_is_refused(app: Flask) -> None:
    city = factories.organisation("ghent", **vars(GHENT))
    owner = owner_of(city)
    with pytest.raises(Invalid, match="Nothing differs"):
        done(commands.rename, owner, city.id, GHENT, "")
    done(commands.rename, owner, city.id, replace(GHENT, code="GT"), "")
    with pytest.raises(OpenAlready):
        done(commands.rename, owner, city.id, replace(GHENT, code="GE"), "")


@pytest.mark.parametrize("right", [Right.CONTRIBUTOR, Right.EDITOR, Right.MODERATOR])
def test_rename_and_renewal_are_for_owners(app: Flask, right: Right) -> None:
    city, member = factories.organisation("ghent", **vars(GHENT)), factories.member()
    factories.affiliation(member, city, right)
    with pytest.raises(NotOwner):
        done(commands.rename, factories.actor(member), city.id, replace(GHENT, code="GT"), "")
    with pytest.raises(NotOwner):
        done(commands.renew, factories.actor(member), city.id)


def test_claim_that_is_granted_gives_the_right_asked_for(app: Flask) -> None:
    city, member = factories.organisation(), factories.member()
    place = organisations.Place("editor", "Clerk")
    request = done(commands.claim, factories.actor(member), city.id, place, "Ask the mayor.")
    assert factories.actor(member).rights == {}
    done(commands.verify, moderator(), request.id)
    assert factories.actor(db.session.get_one(Member, member.id)).rights == {city.id: Right.EDITOR}
