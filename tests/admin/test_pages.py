"""Who comes in, and what the pages cost however large the site."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import Role
from tests import factories
from tests.statements import counted
from tests.web import Web

PAGES = (
    "/admin",
    "/admin/settings",
    "/admin/settings/site-note",
    "/admin/members",
    "/admin/members/hanna",
    "/admin/members/hanna/role?role=moderator",
    "/admin/organisations",
    "/admin/topics",
    "/admin/outgoing/letters",
    "/admin/outgoing/deliveries?view=waiting",
    "/admin/statements",
    "/admin/letters",
    "/admin/acts",
)
# The actor, who is in the masthead's badge, a page's own.
MOST = 16


def some(count: int) -> None:
    """More of everything."""
    for _number in range(count):
        member, organisation = factories.member(), factories.organisation()
        factories.affiliation(member, organisation)
        factories.topic()


def test_administrators_see_every_page(web: Web, admin: Member) -> None:
    factories.member("hanna")
    some(1)
    assert {path: web.get(path).status for path in PAGES} == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_others_see_none(app: Flask, role: Role) -> None:
    web = Web(app).sign_in(factories.member("hanna", role=role))
    assert {path: web.get(path).status for path in PAGES} == dict.fromkeys(PAGES, 403)


def test_readers_are_asked_to_sign_in(web: Web) -> None:
    page = web.get("/admin/members?q=noor")
    assert (page.status, page.response.headers["Location"]) == (303, "/sign-in?next=/admin/members?q%3Dnoor")


def test_lists_cost_the_same_however_long(app: Flask, web: Web, admin: Member) -> None:
    factories.member("hanna")

    def cost(path: str) -> int:
        with counted(app) as statements:
            web.get(path)
        return len(statements)

    some(2)
    web.get("/admin/statements")  # the figures of a year are computed once a change
    before = {path: cost(path) for path in PAGES}
    some(40)
    assert {path: cost(path) for path in PAGES} == before
    assert max(cost(path) for path in PAGES if path not in {"/admin", "/admin/letters"}) <= MOST


def test_masthead_leads_administrators_there(app: Flask, web: Web, admin: Member) -> None:
    assert "/admin" in web.get("/").links()
    assert "/admin" not in Web(app).sign_in(factories.member(role=Role.MODERATOR)).get("/").links()


def test_lists_are_paged_both_ways(web: Web, admin: Member) -> None:
    for number in range(35):
        factories.member(f"member-{number:02}")
    first = web.get("/admin/members")
    [older] = [link for link in first.links() if "after=" in link]
    second = web.get(older)
    assert ("member-34" in first.text, "member-00" in first.text, "member-00" in second.text) == (True, False, True)
    [newer] = [link for link in second.links() if "before=" in link]
    assert "member-34" in web.get(newer).text
