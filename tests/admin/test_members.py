"""Members: found, given another role, signed out; and never is the last administrator lost."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member, MemberSession
from forum.admin import commands
from forum.admin.models import Act
from forum.kernel.access import MemberState, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import ForumError
from forum.moderation.models import LogLine
from tests import factories
from tests.parallel import at_once
from tests.web import Web

HANNA = "/admin/members/hanna"


@pytest.fixture
def hanna(app: Flask) -> Member:
    member: Member = factories.member("hanna", name="Hanna Kovács", city="Gdańsk")
    return member


def change(web: Web, role: str) -> int:
    asked = web.get(f"{HANNA}/role?role={role}")
    return web.submit(asked, f"{HANNA}/role").status


def role_of(member: Member) -> str:
    db.session.expire_all()
    return db.session.get_one(Member, member.id).role


@pytest.mark.parametrize("q", ["hanna", "kovacs", "gdan", "HANNA@example.org"])
def test_member_is_found_by_name_city_and_address(web: Web, admin: Member, hanna: Member, q: str) -> None:
    page = web.get(f"/admin/members?q={q}")
    assert (HANNA in page.links(), "/admin/members/adela" in page.links()) == (True, False)


def test_member_is_found_by_state_and_role(web: Web, admin: Member, hanna: Member) -> None:
    factories.member("silent", state=MemberState.SILENCED)
    found = {query: web.get(f"/admin/members?{query}").links() for query in ("state=silenced", "role=admin")}
    people = {query: [link for link in links if link.startswith("/admin/members/")] for query, links in found.items()}
    assert people == {"state=silenced": ["/admin/members/silent"], "role=admin": ["/admin/members/adela"]}


def test_role_is_changed_after_asking_and_logged(app: Flask, web: Web, admin: Member, hanna: Member) -> None:
    theirs = Web(app).sign_in(hanna)
    assert change(web, "moderator") == 303
    assert role_of(hanna) == "moderator"
    assert db.session.get_one(Member, hanna.id, populate_existing=True).role_since is not None
    assert theirs.get("/settings/profile").status == 303  # signed out
    [act], [line] = db.session.scalars(select(Act)).all(), db.session.scalars(select(LogLine)).all()
    assert (act.actor_id, act.member_id, act.old, act.new) == (admin.id, hanna.id, "member", "moderator")
    assert (line.action, line.subject_id, line.actor_id) == ("role", hanna.id, admin.id)


def test_asking_changes_nothing(web: Web, admin: Member, hanna: Member) -> None:
    assert web.get(f"{HANNA}/role?role=admin").status == 200
    assert role_of(hanna) == "member"


def test_role_sent_twice_is_changed_once(web: Web, admin: Member, hanna: Member) -> None:
    fields = web.get(f"{HANNA}/role?role=moderator").form(f"{HANNA}/role")
    assert [web.post(f"{HANNA}/role", fields).status for _twice in range(2)] == [303, 303]
    assert len(db.session.scalars(select(Act)).all()) == 1


def test_role_from_a_stale_form_is_refused(web: Web, admin: Member, hanna: Member) -> None:
    fields = web.get(f"{HANNA}/role?role=moderator").form(f"{HANNA}/role")
    change(web, "admin")
    assert (web.post(f"{HANNA}/role", fields).status, role_of(hanna)) == (409, "admin")


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SUSPENDED])
def test_role_is_only_for_members_in_good_standing(web: Web, admin: Member, state: MemberState) -> None:
    hanna = factories.member("hanna", state=state)
    assert (change(web, "admin"), role_of(hanna)) == (409, "member")


def test_role_that_is_none_is_refused(web: Web, admin: Member, hanna: Member) -> None:
    fields = web.get(f"{HANNA}/role?role=moderator").form(f"{HANNA}/role") | {"role": "king"}
    assert (web.post(f"{HANNA}/role", fields).status, role_of(hanna)) == (422, "member")


def test_last_administrator_stays_one(web: Web, admin: Member) -> None:
    asked = web.get("/admin/members/adela/role?role=member")
    page = web.submit(asked, "/admin/members/adela/role")
    assert (page.status, role_of(admin)) == (409, "admin")


def test_two_administrators_at_once_leave_one(app: Flask, admin: Member) -> None:
    other = factories.member("other", role=Role.ADMIN)

    def demote(number: int) -> None:
        actor, name = ((admin, "other"), (other, "adela"))[number]
        with transaction():
            commands.change_role(factories.actor(actor), name, Role.MEMBER, "admin")

    with pytest.raises(ForumError):
        at_once(app, demote, [0, 1])
    assert sorted([role_of(admin), role_of(other)]) == ["admin", "member"]


def test_member_is_signed_out_everywhere(app: Flask, web: Web, admin: Member, hanna: Member) -> None:
    browsers = [Web(app).sign_in(hanna) for _one in range(2)]
    fields = web.get(HANNA).form(f"{HANNA}/sign-out")
    assert [web.post(f"{HANNA}/sign-out", fields).status for _twice in range(2)] == [303, 303]
    assert [one.get("/settings/profile").status for one in browsers] == [303, 303]
    assert [(one.verb, one.old) for one in db.session.scalars(select(Act))] == [("sessions", "2")]


def test_own_browser_stays_signed_in(app: Flask, web: Web, admin: Member) -> None:
    Web(app).sign_in(admin)
    page = web.submit("/admin/members/adela", "/admin/members/adela/sign-out")
    assert (page.status, web.get("/admin").status) == (303, 200)
    assert len(db.session.scalars(select(MemberSession)).all()) == 1


def test_moderator_changes_nothing(app: Flask, admin: Member, hanna: Member) -> None:
    web = Web(app).sign_in(factories.member(role=Role.MODERATOR))
    token = web.get("/settings/profile").form("/settings/profile")["csrf_token"]
    paths = (f"{HANNA}/role", f"{HANNA}/sign-out", "/admin/settings/site-note", "/admin/outgoing/letters/retry")
    assert [web.post(path, {"csrf_token": token, "role": "admin"}).status for path in paths] == [403] * 4
    assert (role_of(hanna), db.session.scalars(select(Act)).all()) == ("member", [])
