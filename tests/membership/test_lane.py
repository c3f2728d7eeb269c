"""The membership lane: what is asked waits in the queue; what is decided there happens, is told, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.access import Actor, Right, Role
from forum.kernel.db import db, transaction
from forum.membership import commands as membership
from forum.membership.errors import OwnRequest, ProofsMissing
from forum.membership.models import MembershipRequest
from forum.moderation import commands
from forum.moderation import membership as lane
from forum.moderation.errors import AlreadyDecided, NoSuchItem, NotYoursToDecide
from forum.moderation.models import Action, Decision, ItemState, ReviewItem, StatementOfReasons
from forum.moderation.plugs import Verdict
from forum.organisations import queries
from forum.organisations.commands import Place
from forum.organisations.models import Verification
from tests import factories
from tests.accounts.letters import Letters, plain_of
from tests.membership.steps import GHENT, again, applied, asker, done, later, moderator, organisation_of, owner_of


def item_of(request: MembershipRequest) -> ReviewItem:
    here = select(ReviewItem).where(ReviewItem.subject_id == request.id)
    return db.session.scalars(here.execution_options(populate_existing=True)).one()


def decide(actor: Actor, request: MembershipRequest, action: Action, version: int = 0) -> Decision | None:
    item = item_of(request)
    verdict = Verdict(version or item.version, action, ground="no-advertising", facts="Because of this.")
    with transaction():
        return commands.decide(actor, item.id, verdict)


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, seconds=61)
    done(commands.settle)


def test_application_waits_from_when_it_was_sent(app: Flask) -> None:
    draft = applied(send=False)
    assert db.session.scalars(select(ReviewItem)).all() == []
    done(membership.submit, asker(draft), draft.id, "Ask Piet.")
    item = item_of(draft)
    assert (item.lane, item.author_id, item.state) == ("membership", draft.member_id, ItemState.OPEN)
    assert (item.title, item.excerpt) == ("Application: City of Ghent", "Ask Piet.")


def test_verdict_verifies_and_is_told_once_it_has_settled(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = applied()
    decide(moderator(), request, Action.VERIFY)
    assert organisation_of(request).state == Verification.VERIFIED
    assert letters.deliver() == []
    settled(monkeypatch)
    assert [str(one["Subject"]) for one in letters.deliver()] == ["City of Ghent is verified"]


def test_claim_puts_an_application_in_review(app: Flask) -> None:
    request, judge = applied(), moderator()
    for _time in range(2):
        done(commands.claim, judge, item_of(request).id)
        assert (again(request).stage, organisation_of(request).state) == ("in review", Verification.IN_REVIEW)


def test_answered_question_leaves_it_in_review(app: Flask) -> None:
    request, judge = applied(), moderator()
    decide(judge, request, Action.ASK)
    assert again(request).stage == "information asked"
    done(membership.answer, asker(request), request.id, "The clerk.")
    assert (again(request).stage, organisation_of(request).state) == ("in review", Verification.IN_REVIEW)


def test_verdict_without_proofs_leaves_the_item_waiting(app: Flask) -> None:
    request = applied(proofs=1)
    with pytest.raises(ProofsMissing):
        decide(moderator(), request, Action.VERIFY)
    assert (item_of(request).state, again(request).stage) == (ItemState.OPEN, "submitted")


def test_rejection_has_its_statement_and_its_letter(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = applied()
    decision = decide(moderator(), request, Action.REJECT)
    assert decision is not None
    (statement,) = db.session.scalars(select(StatementOfReasons))
    assert (statement.author_id, statement.decision_facts) == (request.member_id, "Because of this.")
    settled(monkeypatch)
    (letter,) = letters.deliver()
    assert ("Because of this." in plain_of(letter), f"/decisions/{decision.id}" in plain_of(letter)) == (True, True)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMIN])
def test_own_application_is_not_in_ones_queue(app: Flask, role: Role) -> None:
    member = factories.member(role=role)
    request, colleague = applied(member), factories.member(role=role)
    factories.affiliation(colleague, organisation_of(request), Right.CONTRIBUTOR)
    for actor in (factories.actor(member), factories.actor(colleague)):
        with pytest.raises(NoSuchItem):
            decide(actor, request, Action.VERIFY)


def test_decision_twice_is_one(app: Flask) -> None:
    request = applied()
    version = item_of(request).version
    decide(moderator(), request, Action.VERIFY, version)
    with pytest.raises(AlreadyDecided):
        decide(moderator(), request, Action.REJECT, version)
    assert organisation_of(request).state == Verification.VERIFIED


def test_question_stops_the_clock_and_the_answer_starts_it(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = applied()
    due = item_of(request).due_at
    decide(moderator(), request, Action.ASK)
    assert (item_of(request).state, again(request).stage) == (ItemState.INFORMATION_ASKED, "information asked")
    assert "Because of this." in plain_of(letters.one())
    later(monkeypatch, days=20)
    done(membership.answer, asker(request), request.id, "The clerk.")
    item = item_of(request)
    assert (item.state, abs(item.due_at - due - timedelta(days=20)) < timedelta(minutes=1)) == (ItemState.OPEN, True)


def test_withdrawn_application_leaves_the_queue_and_comes_back(app: Flask) -> None:
    request = applied()
    done(membership.withdraw, asker(request), request.id)
    assert item_of(request).state == ItemState.FINAL
    fresh = done(membership.start_again, asker(request), request.id)
    done(membership.submit, asker(fresh), fresh.id, "")
    assert item_of(fresh).state == ItemState.OPEN


@pytest.mark.parametrize("action", [Action.VERIFY, Action.REJECT])
def test_decision_on_an_application_is_undone(app: Flask, letters: Letters, action: Action) -> None:
    request, judge = applied(), moderator()
    decision = decide(judge, request, action)
    assert decision is not None
    done(commands.undo, judge, decision.id)
    city = organisation_of(request)
    assert (again(request).stage, city.state, city.verified_until) == ("in review", Verification.IN_REVIEW, None)
    assert queries.roles_of(request.member_id) == ()
    decide(judge, request, Action.VERIFY)
    assert organisation_of(request).state == Verification.VERIFIED


def test_rename_is_undone_with_its_address(app: Flask) -> None:
    city = factories.organisation("city-of-ghent", **vars(GHENT))
    request, judge = (
        done(membership.rename, owner_of(city), city.id, replace(GHENT, name="City of Gent"), ""),
        moderator(),
    )
    decision = decide(judge, request, Action.VERIFY)
    assert decision is not None
    done(commands.undo, judge, decision.id)
    city = organisation_of(request)
    assert (city.name, city.slug, city.state) == ("City of Ghent", "city-of-ghent", Verification.VERIFIED)


def test_claim_is_undone_with_its_right(app: Flask) -> None:
    city, member, judge = factories.organisation(), factories.member(), moderator()
    request = done(membership.claim, factories.actor(member), city.id, Place("editor"), "")
    decision = decide(judge, request, Action.VERIFY)
    assert decision is not None
    assert factories.actor(db.session.get_one(Member, member.id)).rights == {city.id: Right.EDITOR}
    done(commands.undo, judge, decision.id)
    assert factories.actor(db.session.get_one(Member, member.id)).rights == {}


def test_suspension_over_a_request_takes_the_mark_and_is_undone(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, judge = factories.organisation("ghent", **vars(GHENT)), moderator()
    request = done(membership.rename, owner_of(city), city.id, replace(GHENT, code="GT"), "")
    decision = decide(judge, request, Action.SUSPEND)
    assert decision is not None
    assert (organisation_of(request).state, again(request).stage) == (Verification.SUSPENDED, "rejected")
    done(commands.undo, judge, decision.id)
    assert (organisation_of(request).state, again(request).stage) == (Verification.VERIFIED, "in review")
    decide(judge, request, Action.SUSPEND)
    settled(monkeypatch)
    assert [str(one["Subject"]) for one in letters.deliver()] == ["City of Ghent is suspended"]


def test_case_about_an_organisation_suspends_and_gives_back(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, judge = factories.organisation("ghent"), moderator()
    owner_of(city)
    for action, state in ((Action.SUSPEND, Verification.SUSPENDED), (Action.VERIFY, Verification.VERIFIED)):
        item_id = done(lane.open_case, judge, city.id)
        item = db.session.get_one(ReviewItem, item_id, populate_existing=True)
        done(commands.decide, judge, item_id, Verdict(item.version, action, "no-advertising", facts="It lapsed."))
        assert city.state == state
        settled(monkeypatch)
    subjects = [str(one["Subject"]) for one in letters.deliver()]
    assert subjects == ["Ghent is suspended", "Ghent has its mark again"]
    assert len(db.session.scalars(select(StatementOfReasons)).all()) == 1


def test_suspension_in_a_case_is_undone(app: Flask) -> None:
    city, judge = factories.organisation("ghent"), moderator()
    owner_of(city)
    item_id = done(lane.open_case, judge, city.id)
    decision = done(commands.decide, judge, item_id, Verdict(1, Action.SUSPEND, "no-advertising", facts="It lapsed."))
    assert decision is not None
    done(commands.undo, judge, decision.id)
    assert city.state == Verification.VERIFIED


def test_case_about_an_organisation_that_keeps_its_mark_is_no_news(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    city, judge = factories.organisation("ghent"), moderator()
    owner_of(city)
    item_id = done(lane.open_case, judge, city.id)
    decision = done(commands.decide, judge, item_id, Verdict(1, Action.VERIFY))
    settled(monkeypatch)
    assert (city.state, letters.deliver()) == (Verification.VERIFIED, [])
    assert decision is not None


@pytest.mark.parametrize("action", [Action.ASK, Action.REJECT])
def test_case_about_an_organisation_has_nothing_to_reject(app: Flask, action: Action) -> None:
    city, judge = factories.organisation("ghent"), moderator()
    owner_of(city)
    item_id = done(lane.open_case, judge, city.id)
    with pytest.raises(NotYoursToDecide):
        done(commands.decide, judge, item_id, Verdict(1, action, "no-advertising", facts="Because."))


def test_case_about_ones_own_organisation_is_refused(app: Flask) -> None:
    city, colleague = factories.organisation(), factories.member(role=Role.MODERATOR)
    factories.affiliation(colleague, city, Right.CONTRIBUTOR)
    with pytest.raises(OwnRequest):
        done(lane.open_case, factories.actor(colleague), city.id)


def test_panel_shows_what_is_asked_and_proven(app: Flask) -> None:
    from forum.moderation.membership import case_panel
    from forum.moderation.queries import reach_of

    panel = case_panel(reach_of(moderator()), item_of(applied(proofs=1)))
    assert (panel.template, panel.record.have, panel.record.need) == ("membership/_case.html", 1, 2)
