from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, Actor, MemberState, Right, Role
from forum.kernel.operator import OPERATOR
from forum.organisations import policy
from forum.organisations.models import Organisation, Verification
from tests import factories
from tests.twins import assert_twin

pytestmark = pytest.mark.usefixtures("app")


def actor_with(right: Right | None, at: Organisation, **member: Any) -> Actor:
    made = factories.member(**member)
    if right is not None:
        factories.affiliation(made, at, right)
    return factories.actor(made)


def everybody(at: Organisation) -> Iterator[Actor]:
    yield ANONYMOUS
    yield OPERATOR
    for role in Role:
        yield actor_with(None, at, role=role)
    for right in Right:
        yield actor_with(right, at)
        yield actor_with(right, at, state=MemberState.UNCONFIRMED)


def test_sight_of_an_organisation_is_the_same_in_the_database(app: Flask) -> None:
    things = [factories.organisation(state=state) for state in Verification]
    for thing in things:
        assert_twin(Organisation, policy.can_see, policy.visible_to, things, everybody(thing))


def test_draft_is_seen_by_its_people_and_moderators(app: Flask) -> None:
    draft = factories.organisation(state=Verification.DRAFT)
    assert policy.can_see(actor_with(Right.CONTRIBUTOR, draft), draft)
    assert policy.can_see(actor_with(None, draft, role=Role.MODERATOR), draft)
    assert not policy.can_see(actor_with(None, draft), draft)
    assert not policy.can_see(ANONYMOUS, draft)


@pytest.mark.parametrize(
    ("right", "speaks"),
    [(None, False), (Right.CONTRIBUTOR, False), (Right.EDITOR, True), (Right.MODERATOR, True), (Right.OWNER, True)],
)
def test_speaking_needs_a_right(app: Flask, right: Right | None, speaks: bool) -> None:
    city = factories.organisation()
    assert policy.can_speak_for(actor_with(right, city), city) is speaks


@pytest.mark.parametrize("state", list(Verification))
def test_speaking_for_an_unverified_organisation_waits_or_is_refused(app: Flask, state: Verification) -> None:
    city, silent = factories.organisation(state=state), {"draft", "rejected", "suspended"}
    assert policy.can_speak_for(actor_with(Right.OWNER, city), city) is (state not in silent)


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SILENCED, MemberState.SUSPENDED])
def test_speaking_needs_a_member_who_may_write(app: Flask, state: MemberState) -> None:
    city = factories.organisation()
    owner = actor_with(Right.OWNER, city, state=state)
    assert not policy.can_speak_for(owner, city)
    assert not policy.can_manage_people(owner, city)


def test_speaking_for_another_organisation_is_refused(app: Flask) -> None:
    ours, theirs = factories.organisation(), factories.organisation()
    assert not policy.can_speak_for(actor_with(Right.OWNER, ours), theirs)


def test_drafting_needs_any_right(app: Flask) -> None:
    city = factories.organisation()
    assert policy.can_draft_for(actor_with(Right.CONTRIBUTOR, city), city)
    assert not policy.can_draft_for(actor_with(None, city), city)


def test_people_are_managed_by_owners_and_administrators(app: Flask) -> None:
    city = factories.organisation()
    may = [actor for actor in everybody(city) if policy.can_manage_people(actor, city)]
    assert {(actor.role, actor.rights.get(city.id)) for actor in may} == {
        (Role.ADMIN, None),
        (Role.MEMBER, Right.OWNER),
    }


def test_ended_affiliation_gives_no_right(app: Flask) -> None:
    city, somebody = factories.organisation(), factories.member()
    factories.affiliation(somebody, city, Right.OWNER, ended_at=clock.now())
    assert factories.actor(somebody).rights == {}
