from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel import keyset
from forum.kernel.access import Right, Role
from forum.organisations import queries
from forum.organisations.models import Organisation, OrganisationKind, Verification
from tests import factories
from tests.web import Web


@pytest.fixture
def city(app: Flask) -> Organisation:
    made: Organisation = factories.organisation("ghent", name="City of Ghent", code="GNT", city="Ghent", country="BE")
    return made


@pytest.fixture
def desk(web: Web, city: Organisation) -> Web:
    """The browser of the city's owner."""
    owner = factories.member("owner", name="Olga Owner")
    factories.affiliation(owner, city, Right.OWNER)
    return web.sign_in(owner)


@pytest.fixture
def office(web: Web, city: Organisation) -> Web:
    """The browser of an administrator."""
    return web.sign_in(factories.member("office", role=Role.ADMIN))


def people(city: Organisation) -> list[tuple[str, str, str, bool]]:
    return [
        (one.card.username, one.right, one.title, one.public)
        for one in queries.people_of(city.id, private=True)
        if one.card.username != "owner"
    ]


def test_directory_lists_organisations_with_mark_and_place(web: Web, city: Organisation) -> None:
    factories.organisation("open", name="Open University", state=Verification.SUBMITTED, post_count=1)
    page = web.get("/organisations")
    assert "GNTCity of Ghent City · Ghent · Belgium 0 posts" in page.words()
    assert page.text.count("Verified organisation") == 1
    assert page.response.headers.getlist("Set-Cookie") == []


def test_directory_is_searched_by_words_and_kind(web: Web, city: Organisation) -> None:
    factories.organisation("sea", name="Sea University", kind=OrganisationKind.UNIVERSITY)
    assert "Sea University" not in web.get("/organisations?q=ghent").words()
    page = web.get("/organisations?kind=university&q=SEA")
    assert ("Sea University" in page.words(), "Ghent" in page.words()) == (True, False)
    assert "No organisation like that" in web.get("/organisations?q=%00nobody%00").words()


def test_directory_pages_keep_the_search(web: Web, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyset, "PAGE", 1)
    first, second = (factories.organisation(name=f"City {number}") for number in "ab")
    asked = "q=city+%26&kind=city"
    assert f"/organisations?after={first.id}&{asked}" in web.get(f"/organisations?{asked}").links()
    last = web.get(f"/organisations?after={first.id}&{asked}")
    assert f"/organisations?before={second.id}&{asked}" in last.links()


def test_directory_without_organisations_says_so(web: Web, app: Flask) -> None:
    assert "No organisations yet" in web.get("/organisations").words()


def test_page_shows_who_the_organisation_is(web: Web, city: Organisation) -> None:
    factories.affiliation(factories.member(name="Hanna Kos"), city, title="Architect")
    words = web.get("/organisations/ghent").words()
    for part in ("GNT", "City of Ghent", "Verified organisation", "City · Ghent · Belgium", "1 person", "Architect"):
        assert part in words


def test_page_of_an_old_address_redirects(desk: Web, app: Flask) -> None:
    town = factories.organisation("town", name="Town", state=Verification.SUBMITTED)
    member = factories.member("mayor")
    factories.affiliation(member, town, Right.OWNER)
    mayor = Web(app).sign_in(member)
    answer = mayor.submit("/organisations/town/edit", "/organisations/town/edit", name="Big Town", code="BT")
    assert answer.response.location == "/organisations/big-town"
    assert desk.get("/organisations/town").response.location == "/organisations/big-town"
    assert mayor.get("/organisations/town/people").status == 200


def test_draft_is_seen_by_its_people_only(web: Web, app: Flask) -> None:
    draft = factories.organisation("draft", name="Plan", state=Verification.DRAFT)
    member = factories.member()
    factories.affiliation(member, draft, Right.CONTRIBUTOR)
    paths = ("/organisations/draft", "/organisations/draft/people")
    assert [web.get(path).status for path in paths] == [404, 404]
    assert "Plan" not in web.get("/organisations").words()
    web.sign_in(member)
    assert [web.get(path).status for path in paths] == [200, 200]
    assert "Plan" in web.get("/organisations").words()


def test_people_page_shows_readers_no_form(web: Web, city: Organisation) -> None:
    factories.affiliation(factories.member(name="Hanna Kos"), city, title="Architect")
    factories.affiliation(factories.member(name="Hidden"), city, public=False)
    page = web.get("/organisations/ghent/people")
    assert "Hanna Kos Architect · Editor" in page.words()
    assert ("Hidden" in page.words(), "Add somebody" in page.words()) == (False, False)
    assert page.response.headers.getlist("Set-Cookie") == []


def test_administrator_adds_somebody(office: Web, city: Organisation) -> None:
    factories.member("hanna")
    answer = office.submit(
        "/organisations/ghent/people", "/organisations/ghent/people", username="@Hanna", right="editor", title="Adviser"
    )
    assert (answer.status, answer.response.location) == (303, "/organisations/ghent/people")
    assert people(city) == [("hanna", "editor", "Adviser", True)]


def test_adding_form_sent_twice_adds_once(office: Web, city: Organisation) -> None:
    factories.member("hanna")
    page = office.get("/organisations/ghent/people")
    for _time in range(2):
        assert office.submit(page, "/organisations/ghent/people", username="hanna").status == 303
    assert people(city) == [("hanna", "contributor", "", True)]


def test_adding_nobody_gives_the_form_back(office: Web, city: Organisation) -> None:
    page = "/organisations/ghent/people"
    answer = office.submit(page, page, username="nobody", right="moderator", title="Clerk")
    assert (answer.status, people(city)) == (422, [])
    fields = answer.form(page)
    assert (fields["username"], fields["right"], fields["title"]) == (["nobody"], ["moderator"], ["Clerk"])
    assert "There is no member “nobody”." in answer.words()


def test_adding_somebody_who_is_here_says_so(office: Web, city: Organisation) -> None:
    factories.affiliation(factories.member("hanna", name="Hanna Kos"), city)
    page = "/organisations/ghent/people"
    answer = office.submit(page, page, username="hanna", right="owner")
    assert (answer.status, people(city)) == (409, [("hanna", "editor", "Adviser", True)])
    assert "Hanna Kos belongs to this organisation already" in answer.words()


def test_owner_changes_and_ends_a_place(desk: Web, city: Organisation) -> None:
    place = factories.affiliation(factories.member("hanna"), city)
    own_page = f"/organisations/ghent/people/{place.id}"
    assert own_page in desk.get("/organisations/ghent/people").links()
    values = desk.get(own_page).form(own_page)
    values |= {"right": ["moderator"], "title": ["Clerk"]}
    del values["public"]
    assert desk.post(own_page, values).status == 303
    assert people(city) == [("hanna", "moderator", "Clerk", False)]
    assert desk.submit(own_page, f"{own_page}/end").status == 303
    assert people(city) == []


def test_place_that_ended_meanwhile_says_so(desk: Web, city: Organisation) -> None:
    place = factories.affiliation(factories.member("hanna"), city)
    own_page = f"/organisations/ghent/people/{place.id}"
    page = desk.get(own_page)
    assert [desk.submit(page, f"{own_page}/end").status for _time in range(2)] == [303, 404]
    assert [desk.submit(page, own_page).status, desk.get(own_page).status] == [404, 404]


def test_last_owner_stays(desk: Web, city: Organisation) -> None:
    answer = desk.get("/organisations/ghent/people")
    own = queries.people_of(city.id)[0].affiliation_id
    refused = desk.submit(answer, f"/organisations/ghent/people/{own}/end")
    assert (refused.status, len(queries.people_of(city.id))) == (409, 1)
    assert "An organisation needs an owner." in refused.words()


def test_member_hides_shows_and_leaves(web: Web, city: Organisation) -> None:
    member = factories.member("hanna")
    place = factories.affiliation(member, city)
    web.sign_in(member)
    page = "/organisations/ghent/people"
    for shown in (False, True):
        assert web.submit(page, f"{page}/{place.id}/show").status == 303
        assert people(city) == [("hanna", "editor", "Adviser", shown)]
    assert web.submit(page, f"{page}/{place.id}/end").status == 303
    assert people(city) == []


def test_people_are_changed_by_owners_only(web: Web, city: Organisation) -> None:
    editor = factories.member("hanna")
    place = factories.affiliation(editor, city)
    web.sign_in(editor)
    token = {"csrf_token": web.get("/settings/profile").form("/settings/profile")["csrf_token"]}
    page = "/organisations/ghent/people"
    asked = token | {"username": "owner", "right": "owner", "idempotency_key": "k"}
    assert [web.post(path, asked).status for path in (page, f"{page}/{place.id}")] == [403, 403]
    assert [web.get(path).status for path in (f"{page}/{place.id}", "/organisations/ghent/edit")] == [403, 403]
    assert people(city) == [("hanna", "editor", "Adviser", True)]


def test_changing_people_needs_a_session(web: Web, city: Organisation) -> None:
    assert web.get("/organisations/ghent/edit").response.location == "/sign-in?next=/organisations/ghent/edit"
    assert web.post("/organisations/ghent/people", {"username": "hanna"}).status == 401


def test_owner_describes_the_organisation(desk: Web, city: Organisation) -> None:
    form = "/organisations/ghent/edit"
    answer = desk.submit(form, form, description="We *try* things.", city="Gent")
    assert answer.response.location == "/organisations/ghent"
    page = desk.follow(answer)
    assert "<em>try</em>" in page.text
    assert "City · Gent · Belgium" in page.words()
    assert desk.get(form).form(form)["description"] == ["We *try* things."]


def test_description_cannot_run_script(desk: Web, city: Organisation) -> None:
    form = "/organisations/ghent/edit"
    desk.submit(form, form, description='<script>alert(1)</script><img src=x onerror="alert(1)">', city="<b>")
    text = desk.get("/organisations/ghent").text
    assert ("<script>alert" in text, "<img src=x" in text, "<b>" in text.partition("stats")[0]) == (False, False, False)


def test_verified_organisation_keeps_its_name_whatever_is_sent(desk: Web, city: Organisation) -> None:
    form = "/organisations/ghent/edit"
    fields = desk.get(form).form(form)
    assert "name" not in fields
    assert desk.post(form, fields | {"name": ["Other"], "code": ["OTH"]}).status == 303
    assert "City of Ghent" in desk.get("/organisations/ghent").words()


def test_wrong_details_come_back_with_their_words(desk: Web, city: Organisation) -> None:
    form = "/organisations/ghent/edit"
    answer = desk.submit(form, form, country="XX", description="x" * 2001)
    assert answer.status == 422
    fields = answer.form(form)
    assert (fields["country"], fields["description"]) == (["XX"], ["x" * 2001])
    assert [link for link in answer.links() if link.startswith("#f-")] == ["#f-country", "#f-description"]


def test_addresses_that_are_no_slugs_are_not_found(web: Web, app: Flask) -> None:
    paths = ("/organisations/a%00b", "/organisations/%ff/people", "/organisations/a%20b")
    assert [web.get(path).status for path in paths] == [404, 404, 404]
