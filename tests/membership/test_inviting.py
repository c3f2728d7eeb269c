from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid
from forum.membership import commands
from forum.membership.errors import InvitationDead, NotVerifiedYet
from forum.membership.models import Invitation
from forum.organisations.commands import Place
from forum.organisations.errors import HereAlready, NoSuchMember, NotOwner, NotReady
from forum.organisations.models import Affiliation, Organisation, Verification
from tests import factories
from tests.accounts.letters import Letters, path_in
from tests.membership.steps import done, later, owner_of
from tests.parallel import at_once
from tests.web import Web

EDITOR = Place(right="editor", title="Adviser")


@pytest.fixture
def city(app: Flask) -> Organisation:
    made: Organisation = factories.organisation("ghent", name="City of Ghent")
    return made


def invited(letters: Letters, city: Organisation, whom: str = "noor@example.org", place: Place = EDITOR) -> str:
    """The token in the letter."""
    done(commands.invite, owner_of(city), city.id, whom, place)
    (letter,) = letters.deliver()
    return path_in(letter).removeprefix("/invitations/")


def test_invitation_is_accepted_with_its_right(app: Flask, city: Organisation, letters: Letters) -> None:
    token, noor = invited(letters, city), factories.member("noor")
    done(commands.accept, factories.actor(noor), token)
    assert factories.actor(noor).rights == {city.id: Right.EDITOR}
    assert [str(letter["Subject"]) for letter in letters.deliver()] == ["Your invitation was accepted"]


def test_invitation_keeps_no_token(app: Flask, city: Organisation, letters: Letters) -> None:
    token = invited(letters, city)
    stored = db.session.execute(select(Invitation.__table__)).one()
    assert (token in str(stored), len(token) >= 40) == (False, True)


def test_invitation_accepted_twice_gives_one_place(app: Flask, city: Organisation, letters: Letters) -> None:
    token, noor = invited(letters, city), factories.member("noor")
    for _time in range(2):
        done(commands.accept, factories.actor(noor), token)
    with pytest.raises(InvitationDead):
        done(commands.accept, factories.actor(factories.member()), token)
    assert factories.actor(noor).rights == {city.id: Right.EDITOR}


def test_invitation_accepted_by_many_at_once_is_one_persons(app: Flask, city: Organisation, letters: Letters) -> None:
    token = invited(letters, city)
    actors = [factories.actor(factories.member()) for _ in range(5)]

    def accept(actor: Any) -> bool:
        try:
            done(commands.accept, actor, token)
        except InvitationDead:
            return False
        return True

    assert sorted(at_once(app, accept, actors)) == [False] * 4 + [True]
    db.session.rollback()
    count = select(func.count()).where(Affiliation.organisation_id == city.id, Affiliation.right == "editor")
    assert db.session.scalar(count) == 1


def test_invitation_works_for_fourteen_days(
    app: Flask, city: Organisation, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, noor = invited(letters, city), factories.actor(factories.member("noor"))
    later(monkeypatch, days=14, seconds=1)
    with pytest.raises(InvitationDead):
        done(commands.accept, noor, token)
    with pytest.raises(InvitationDead):
        done(commands.decline, token)
    assert factories.actor(factories.member()).rights == {}


def test_invitation_that_was_declined_is_dead(app: Flask, city: Organisation, letters: Letters) -> None:
    token = invited(letters, city)
    done(commands.decline, token)
    with pytest.raises(InvitationDead):
        done(commands.accept, factories.actor(factories.member()), token)


def test_invitation_that_was_withdrawn_is_dead(app: Flask, city: Organisation, letters: Letters) -> None:
    token = invited(letters, city)
    (invitation,) = db.session.scalars(select(Invitation))
    owner = owner_of(city)
    done(commands.withdraw_invitation, owner, invitation.id)
    with pytest.raises(InvitationDead):
        done(commands.decline, token)
    with pytest.raises(InvitationDead):
        done(commands.withdraw_invitation, owner, invitation.id)


def test_invitation_sent_again_kills_the_older_letter(app: Flask, city: Organisation, letters: Letters) -> None:
    old = invited(letters, city, "Noor@Example.org")
    new = invited(letters, city, "noor@example.org", Place(right="owner"))
    noor = factories.member("noor")
    with pytest.raises(InvitationDead):
        done(commands.accept, factories.actor(noor), old)
    done(commands.accept, factories.actor(noor), new)
    assert factories.actor(noor).rights == {city.id: Right.OWNER}


def test_invitation_by_username_is_for_that_member(app: Flask, city: Organisation, letters: Letters) -> None:
    noor = factories.member("noor")
    token = invited(letters, city, "@noor")
    with pytest.raises(Forbidden):
        done(commands.accept, factories.actor(factories.member()), token)
    done(commands.accept, factories.actor(noor), token)
    assert factories.actor(noor).rights == {city.id: Right.EDITOR}


@pytest.mark.parametrize(("whom", "refusal"), [("nobody", NoSuchMember), ("a@b", Invalid), ("ben", NotReady)])
def test_invitation_of_nobody_is_refused(app: Flask, city: Organisation, whom: str, refusal: type[Exception]) -> None:
    factories.member("ben", email=None, email_key=None)
    with pytest.raises(refusal) as caught:
        done(commands.invite, owner_of(city), city.id, whom, EDITOR)
    assert list(caught.value.fields) == ["whom"]  # type: ignore[attr-defined]  # every refusal has fields


@pytest.mark.parametrize("right", [None, Right.CONTRIBUTOR, Right.EDITOR, Right.MODERATOR])
def test_inviting_is_for_owners(app: Flask, city: Organisation, right: Right | None) -> None:
    member = factories.member()
    if right:
        factories.affiliation(member, city, right)
    with pytest.raises(NotOwner):
        done(commands.invite, factories.actor(member), city.id, "noor@example.org", EDITOR)


@pytest.mark.parametrize("state", [one for one in Verification if one is not Verification.VERIFIED])
def test_only_a_verified_organisation_writes_to_strangers(app: Flask, state: Verification) -> None:
    city = factories.organisation(state=state)
    with pytest.raises(NotVerifiedYet):
        done(commands.invite, owner_of(city), city.id, "noor@example.org", EDITOR)


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SILENCED, MemberState.SUSPENDED])
def test_accepting_needs_a_member_who_may_write(
    app: Flask, city: Organisation, letters: Letters, state: MemberState
) -> None:
    token = invited(letters, city)
    with pytest.raises(Forbidden):
        done(commands.accept, factories.actor(factories.member(state=state)), token)


def test_accepting_somebody_who_is_here_says_so(app: Flask, city: Organisation, letters: Letters) -> None:
    token, noor = invited(letters, city), factories.member("noor")
    factories.affiliation(noor, city, Right.CONTRIBUTOR)
    with pytest.raises(HereAlready):
        done(commands.accept, factories.actor(noor), token)
    assert factories.actor(noor).rights == {city.id: Right.CONTRIBUTOR}


def test_looking_at_the_link_uses_nothing_up(app: Flask, web: Web, city: Organisation, letters: Letters) -> None:
    path = f"/invitations/{invited(letters, city)}"
    for _time in range(3):
        page = web.get(path)
        assert (page.status, "asks you to belong to City of Ghent" in page.words()) == (200, True)
    assert web.post(f"{path}/accept", {}).status == 401
    noor = factories.member("noor")
    web.sign_in(noor)
    assert web.submit(path, f"{path}/accept").response.location == "/organisations/ghent/people"
    assert (web.get(path).status, factories.actor(noor).rights) == (410, {city.id: Right.EDITOR})


def test_declining_needs_no_account(app: Flask, web: Web, city: Organisation, letters: Letters) -> None:
    path = f"/invitations/{invited(letters, city)}"
    assert web.submit(path, f"{path}/decline").status == 303
    assert web.submit(web.get("/sign-in"), "/sign-in").status == 422
    assert web.get(path).status == 410


def test_owner_invites_and_withdraws_on_the_page(app: Flask, web: Web, city: Organisation, letters: Letters) -> None:
    owner = factories.member("olga")
    factories.affiliation(owner, city, Right.OWNER)
    page = "/organisations/ghent/invitations"
    web.sign_in(owner)
    sent = web.get(page)
    for _time in range(2):
        assert web.submit(sent, page, whom="noor@example.org", title="Clerk").status == 303
    assert len(letters.deliver()) == 1
    assert "noor@example.orgClerk · Contributor" in web.get(page).words()
    (action,) = re.findall(r"/organisations/ghent/invitations/\d+/withdraw", web.get(page).text)
    assert web.submit(page, action).status == 303
    assert "noor@example.org" not in web.get(page).words()


def test_wrong_address_comes_back_with_its_words(app: Flask, web: Web, city: Organisation) -> None:
    owner = factories.member("olga")
    factories.affiliation(owner, city, Right.OWNER)
    page = "/organisations/ghent/invitations"
    answer = web.sign_in(owner).submit(page, page, whom="noor@nowhere", right="owner", title="Clerk")
    fields = answer.form(page)
    assert (answer.status, fields["whom"], fields["right"], fields["title"]) == (
        422,
        ["noor@nowhere"],
        ["owner"],
        ["Clerk"],
    )


def test_invitations_page_is_for_owners(app: Flask, web: Web, city: Organisation) -> None:
    assert web.sign_in(factories.member()).get("/organisations/ghent/invitations").status == 403
