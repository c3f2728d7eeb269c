from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.kernel.access import Actor, Right, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.operator import OPERATOR
from forum.organisations import commands, queries
from forum.organisations.details import Details
from forum.organisations.errors import CodeTaken, Frozen, NameTaken, NotOwner, SlugTaken
from forum.organisations.models import Organisation, Verification
from tests import factories

GHENT = Details(name="City of Ghent", code="GNT", kind="city", country="BE", city="Ghent", domain="stad.gent")


def create(actor: Actor = OPERATOR, details: Details = GHENT, **options: Any) -> Organisation:
    with transaction():
        return commands.create(actor, details, **options)


def edit(actor: Actor, organisation: Organisation, **fields: str) -> Organisation:
    now = Details(**{name: getattr(organisation, name) for name in vars(GHENT)})
    with transaction():
        return commands.edit(actor, organisation.id, replace(now, **fields))


def owner_of(organisation: Organisation) -> Actor:
    member = factories.member()
    factories.affiliation(member, organisation, Right.OWNER)
    return factories.actor(member)


def count_organisations() -> int:
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_organisation_is_made_with_a_slug_from_its_name(app: Flask) -> None:
    made = create()
    assert (made.slug, made.name, made.code, made.kind, made.country) == (
        "city-of-ghent",
        "City of Ghent",
        "GNT",
        "city",
        "BE",
    )
    assert (made.state, made.verified_at, made.verified_until) == (Verification.SUBMITTED, None, None)


def test_verified_organisation_is_verified_for_a_year(app: Flask) -> None:
    made = create(verified=True)
    assert made.state == Verification.VERIFIED
    assert made.verified_at is not None
    assert made.verified_until is not None
    assert (made.verified_until - made.verified_at).days == 365


def test_details_are_cleaned(app: Flask) -> None:
    made = create(
        details=Details(
            name="  City\n of\u202e  Ghent ", code=" gnt ", kind="City", country="be", domain="https://www.Stad.Gent/"
        )
    )
    assert (made.name, made.code, made.kind, made.country, made.domain) == (
        "City of Ghent",
        "GNT",
        "city",
        "BE",
        "stad.gent",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 121),
        ("code", ""),
        ("code", "G"),
        ("code", "GHENT"),
        ("code", "G7"),
        ("code", "ГНТ"),
        ("kind", "planet"),
        ("country", "ZZ"),
        ("country", "Belgium"),
        ("city", "x" * 81),
        ("domain", "stad gent"),
        ("domain", "stad.gent/path"),
        ("domain", "-a.be"),
        ("description", "x" * 2001),
    ],
)
def test_detail_that_cannot_be_is_refused(app: Flask, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create(details=replace(GHENT, **{field: value}))
    assert list(refusal.value.fields) == [field]
    assert count_organisations() == 0


def test_every_wrong_detail_is_named_at_once(app: Flask) -> None:
    with pytest.raises(Invalid) as refusal:
        create(details=Details(name="", code="", kind=""))
    assert list(refusal.value.fields) == ["name", "code", "kind"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_making_an_organisation_is_for_administrators(app: Flask, role: Role) -> None:
    with pytest.raises(Forbidden):
        create(factories.actor(factories.member(role=role)))
    assert count_organisations() == 0


def test_organisation_is_not_made_twice(app: Flask) -> None:
    create()
    with pytest.raises(NameTaken, match="/organisations/city-of-ghent"):
        create(details=replace(GHENT, name="CITY of Ghent"))
    assert count_organisations() == 1


def test_second_organisation_of_a_name_needs_a_slug_of_its_own(app: Flask) -> None:
    create()
    assert create(slug="ghent-kentucky").slug == "ghent-kentucky"
    with pytest.raises(SlugTaken):
        create(slug="ghent-kentucky")


def test_slug_that_cannot_be_is_refused(app: Flask) -> None:
    for slug in ("new", "Ghent", "a b", "x" * 90):
        with pytest.raises(Invalid):
            create(slug=slug)


def test_names_with_one_slug_get_two(app: Flask) -> None:
    create()
    assert create(details=replace(GHENT, name="City of Ghent!")).slug == "city-of-ghent-2"
    assert create(details=replace(GHENT, name="New")).slug == "new-2"
    assert create(details=replace(GHENT, name="市政府")).slug == "shi-zheng-fu"


def test_code_is_unique_among_verified_organisations(app: Flask) -> None:
    create(verified=True)
    with pytest.raises(CodeTaken, match=r"GNT.*City of Ghent"):
        create(details=replace(GHENT, name="Gent"), verified=True)
    assert create(details=replace(GHENT, name="Gent")).code == "GNT"


def test_edit_changes_what_the_page_says(app: Flask) -> None:
    city = create()
    edit(owner_of(city), city, description="We try things.", description_html="<p>We try things.</p>", city="Gent")
    page = queries.get_organisation_page("city-of-ghent")
    assert (page.description_html, page.city) == ("<p>We try things.</p>", "Gent")


def test_new_name_brings_a_new_address_and_keeps_the_old_one(app: Flask) -> None:
    city = create()
    owner = owner_of(city)
    assert edit(owner, city, name="Ghent").slug == "ghent"
    assert queries.find_moved("city-of-ghent") == "ghent"
    assert edit(owner, city, name="City of Ghent").slug == "city-of-ghent"
    assert (queries.find_moved("ghent"), queries.find_moved("city-of-ghent")) == ("city-of-ghent", None)


def test_old_address_stays_its_organisations_own(app: Flask) -> None:
    city = create()
    edit(owner_of(city), city, name="Ghent")
    assert create().slug == "city-of-ghent-2"
    with pytest.raises(SlugTaken):
        create(slug="city-of-ghent")


def test_small_change_of_a_name_keeps_the_address(app: Flask) -> None:
    city = create()
    assert edit(owner_of(city), city, name="City of GHENT").slug == "city-of-ghent"
    other = create(details=replace(GHENT, name="City of Ghent!"))
    assert edit(owner_of(other), other, name="City of Ghent?").slug == "city-of-ghent-2"


@pytest.mark.parametrize(
    ("field", "value"), [("name", "Gent"), ("code", "GT"), ("kind", "region"), ("domain", "gent.be")]
)
def test_verified_organisation_keeps_what_was_verified(app: Flask, field: str, value: str) -> None:
    city = create(verified=True)
    for actor in (owner_of(city), OPERATOR):
        with pytest.raises(Frozen):
            edit(actor, city, **{field: value})


def test_verified_organisation_may_change_the_rest(app: Flask) -> None:
    city = create(verified=True)
    assert edit(owner_of(city), city, city="Gent", country="").city == "Gent"


@pytest.mark.parametrize("right", [Right.CONTRIBUTOR, Right.EDITOR, Right.MODERATOR])
def test_editing_is_for_owners(app: Flask, right: Right) -> None:
    city, member = create(), factories.member()
    factories.affiliation(member, city, right)
    with pytest.raises(NotOwner):
        edit(factories.actor(member), city, city="Gent")
