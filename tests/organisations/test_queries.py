from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, MemberState, Right, Role
from forum.kernel.db import transaction
from forum.kernel.errors import Forbidden, NotFound
from forum.organisations import queries
from forum.organisations.bylines import plate_of
from forum.organisations.models import OrganisationAddress, Verification
from tests import factories
from tests.statements import counted


def keep(row: Any) -> None:
    with transaction() as session:
        session.add(row)


def test_voices_are_the_organisations_one_may_speak_for(app: Flask) -> None:
    member = factories.member()
    places: list[tuple[str, Right, dict[str, Any]]] = [
        ("b", Right.OWNER, {}),
        ("a", Right.EDITOR, {}),
        ("c", Right.CONTRIBUTOR, {}),
    ]
    for slug, right, fields in [*places, ("d", Right.OWNER, {"state": Verification.SUSPENDED})]:
        factories.affiliation(member, factories.organisation(slug, **fields), right, title=f"Role {slug}")
    voices = queries.voices_of(factories.actor(member))
    assert [(voice.plate.slug, voice.role_title) for voice in voices] == [("a", "Role a"), ("b", "Role b")]


def test_voices_of_somebody_without_a_right_cost_nothing(app: Flask) -> None:
    actor = factories.actor(factories.member())
    with counted(app) as made:
        assert queries.voices_of(actor) == queries.voices_of(ANONYMOUS) == ()
    assert made == []


def test_voice_is_found_by_its_slug_and_by_an_old_one(app: Flask) -> None:
    member, city = factories.member(), factories.organisation("city")
    factories.affiliation(member, city, Right.EDITOR, title="Adviser")
    keep(OrganisationAddress(slug="town", organisation_id=city.id))
    voice = queries.Voice(plate_of(city), "Adviser")
    assert queries.get_voice(factories.actor(member), "city") == voice
    assert queries.get_voice(factories.actor(member), "town") == voice


@pytest.mark.parametrize("right", [None, Right.CONTRIBUTOR])
def test_voice_without_the_right_is_refused(app: Flask, right: Right | None) -> None:
    member, city = factories.member(), factories.organisation("city")
    if right:
        factories.affiliation(member, city, right)
    with pytest.raises(Forbidden, match="City"):
        queries.get_voice(factories.actor(member), "city")


def test_voice_of_an_ended_affiliation_is_refused(app: Flask) -> None:
    member, city = factories.member(), factories.organisation("city")
    factories.affiliation(member, city, Right.OWNER, ended_at=clock.now())
    with pytest.raises(Forbidden):
        queries.get_voice(factories.actor(member), "city")


def test_voice_of_an_organisation_out_of_sight_is_not_found(app: Flask) -> None:
    factories.organisation("city", state=Verification.DRAFT)
    for slug in ("city", "nowhere", ""):
        with pytest.raises(NotFound):
            queries.get_voice(factories.actor(factories.member()), slug)


def test_main_role_prefers_verified_then_right_then_age(app: Flask) -> None:
    member, now = factories.member(), clock.now()
    old = now - timedelta(days=9)
    unverified = factories.organisation(state=Verification.SUBMITTED)
    young, chosen, lower = (factories.organisation() for _number in range(3))
    factories.affiliation(member, unverified, Right.OWNER, started_at=old)
    factories.affiliation(member, young, Right.EDITOR, started_at=now)
    factories.affiliation(member, lower, Right.CONTRIBUTOR, started_at=old)
    factories.affiliation(member, chosen, Right.EDITOR, started_at=old, title="Architect")
    assert queries.main_role(member.id) == (chosen.id, "Architect")
    assert [role.plate.id for role in queries.roles_of(member.id)] == [chosen.id, young.id, lower.id, unverified.id]


def test_main_role_leaves_out_what_is_not_shown(app: Flask) -> None:
    member = factories.member()
    factories.affiliation(member, factories.organisation(), public=False)
    factories.affiliation(member, factories.organisation(), ended_at=clock.now())
    factories.affiliation(member, factories.organisation(state=Verification.DRAFT))
    assert queries.main_role(member.id) is None
    assert queries.roles_of(member.id) == ()


def test_organisation_is_found_by_those_who_may_see_it(app: Flask) -> None:
    draft = factories.organisation("draft", state=Verification.DRAFT)
    moderator = factories.actor(factories.member(role=Role.MODERATOR))
    assert queries.find_organisation("draft") is None
    assert queries.get_organisation("draft", moderator) is draft
    with pytest.raises(NotFound):
        queries.get_organisation("draft")


def test_old_slug_leads_to_the_present_one(app: Flask) -> None:
    city = factories.organisation("city")
    draft = factories.organisation("draft", state=Verification.DRAFT)
    keep(OrganisationAddress(slug="town", organisation_id=city.id))
    keep(OrganisationAddress(slug="hidden", organisation_id=draft.id))
    assert [queries.find_moved(slug) for slug in ("town", "city", "hidden")] == ["city", None, None]


def test_people_stand_by_right_then_name(app: Flask) -> None:
    city = factories.organisation()
    for name, right in [
        ("zoe", Right.EDITOR),
        ("Anna", Right.EDITOR),
        ("Max", Right.CONTRIBUTOR),
        ("Zed", Right.OWNER),
    ]:
        factories.affiliation(factories.member(name.casefold(), name=name), city, right)
    assert [person.card.name for person in queries.people_of(city.id)] == ["Zed", "Anna", "zoe", "Max"]


def test_people_not_shown_are_for_those_who_manage_them(app: Flask) -> None:
    city = factories.organisation()
    factories.affiliation(factories.member("hidden"), city, public=False)
    factories.affiliation(factories.member("new", state=MemberState.UNCONFIRMED), city)
    factories.affiliation(factories.member("gone", state=MemberState.ERASED), city)
    factories.affiliation(factories.member("left"), city, ended_at=clock.now())
    assert queries.people_of(city.id) == ()
    assert [one.card.username for one in queries.people_of(city.id, private=True)] == ["hidden", "new"]


def test_page_shows_some_people_and_counts_all(app: Flask) -> None:
    city = factories.organisation("city", city="Ghent", country="BE", post_count=7)
    for _number in range(10):
        factories.affiliation(factories.member(), city)
    with counted(app) as made:
        page = queries.get_organisation_page("city")
    assert (len(page.people), page.people_count, len(made)) == (8, 10, 3)
    assert (page.plate, page.city, str(page.country_name), str(page.kind_name)) == (
        plate_of(city),
        "Ghent",
        "Belgium",
        "City",
    )


def test_page_without_people_counts_none(app: Flask) -> None:
    factories.organisation("city")
    page = queries.get_organisation_page("city")
    assert (page.people, page.people_count) == ((), 0)


def test_page_of_a_draft_is_not_found_by_readers(app: Flask) -> None:
    factories.organisation("draft", state=Verification.REJECTED)
    with pytest.raises(NotFound):
        queries.get_organisation_page("draft")
