from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from forum.kernel.access import MemberState, Right
from forum.kernel.errors import Forbidden, Refused
from forum.membership import commands
from forum.membership.commands import Application
from forum.membership.errors import (
    NoSuchRequest,
    NotWaiting,
    ReasonMissing,
    TooManyApplications,
    WrongParent,
)
from forum.membership.models import MembershipRequest
from forum.organisations import commands as organisations
from forum.organisations import policy as organisations_policy
from forum.organisations import queries
from forum.organisations.errors import CodeTaken, NameTaken
from forum.organisations.models import OrganisationKind, Verification
from tests import factories
from tests.membership.steps import GHENT, again, applied, asker, done, moderator, organisation_of, owner_of


def states(request: MembershipRequest) -> tuple[str, str]:
    return again(request).stage, organisation_of(request).state


def test_application_starts_as_a_draft_that_its_owner_sees(app: Flask) -> None:
    member = factories.member()
    request = applied(member, send=False, proofs=0)
    assert states(request) == ("draft", "draft")
    assert factories.actor(member).rights == {request.organisation_id: Right.OWNER}
    assert queries.find_organisation("city-of-ghent") is None
    assert queries.roles_of(member.id) == ()


def test_application_goes_its_way(app: Flask) -> None:
    request, judge = applied(), moderator()
    seen = [states(request)]
    done(commands.take_up, judge, request.id)
    seen.append(states(request))
    done(commands.ask, judge, request.id, "Who signs for you?")
    seen.append(states(request))
    done(commands.answer, asker(request), request.id, "The city clerk.")
    seen.append(states(request))
    done(commands.verify, judge, request.id)
    assert [stage for stage, _ in seen] == ["submitted", "in review", "information asked", "in review"]
    assert [state for _, state in seen] == ["submitted", "in review", "information asked", "in review"]
    assert states(request) == ("granted", "verified")
    assert [one["words"] for one in again(request).talk] == ["Who signs for you?", "The city clerk."]


@pytest.mark.parametrize("state", [MemberState.UNCONFIRMED, MemberState.SILENCED])
def test_application_of_somebody_who_may_not_write_stays_a_draft(app: Flask, state: MemberState) -> None:
    request = applied(factories.member(state=state), send=False, proofs=0)
    with pytest.raises(Forbidden):
        done(commands.submit, asker(request), request.id, "")
    assert states(request) == ("draft", "draft")


def test_application_of_a_suspended_member_is_refused(app: Flask) -> None:
    with pytest.raises(Forbidden):
        applied(factories.member(state=MemberState.SUSPENDED))


def test_application_sent_twice_is_sent_once(app: Flask) -> None:
    request = applied()
    with pytest.raises(NotWaiting):
        done(commands.submit, asker(request), request.id, "")


def test_application_of_somebody_else_is_not_found(app: Flask) -> None:
    request, stranger = applied(send=False), owner_of(factories.organisation())
    for act in (commands.submit, commands.answer):
        with pytest.raises(NoSuchRequest):
            done(act, stranger, request.id, "words")
    with pytest.raises(NoSuchRequest):
        done(commands.withdraw, stranger, request.id)


def test_fourth_open_application_is_refused(app: Flask) -> None:
    member = factories.member()
    for number in range(3):
        applied(member, send=False, proofs=0, name=f"City {number}")
    with pytest.raises(TooManyApplications):
        applied(member)


def test_name_and_code_that_readers_know_are_refused(app: Flask) -> None:
    factories.organisation("known", name="City of GHENT", code="KNW")
    with pytest.raises(NameTaken):
        applied()
    with pytest.raises(CodeTaken):
        applied(name="Other", code="KNW")


def test_draft_of_somebody_else_keeps_no_name(app: Flask) -> None:
    applied(send=False)
    assert organisation_of(applied(send=False)).slug == "city-of-ghent-2"


def test_what_was_sent_stays_as_it_was_sent(app: Flask) -> None:
    request = applied()
    with pytest.raises(Refused, match="Withdraw the application first"):
        done(organisations.edit, asker(request), request.organisation_id, replace(GHENT, name="City of Bruges"))
    done(organisations.edit, asker(request), request.organisation_id, replace(GHENT, city="Gent"))
    assert organisation_of(request).name == "City of Ghent"


def test_answer_needs_words_and_a_question(app: Flask) -> None:
    request = applied()
    with pytest.raises(NotWaiting):
        done(commands.answer, asker(request), request.id, "unasked")
    done(commands.ask, moderator(), request.id, "Who?")
    with pytest.raises(ReasonMissing):
        done(commands.answer, asker(request), request.id, "  ")


def test_withdrawn_application_is_a_draft_again_twice_is_once(app: Flask) -> None:
    request = applied()
    for _time in range(2):
        done(commands.withdraw, asker(request), request.id)
    assert states(request) == ("withdrawn", "draft")
    with pytest.raises(NotWaiting):
        done(commands.verify, moderator(), request.id)


def test_rejected_application_starts_again_with_what_was_proven(app: Flask) -> None:
    request, judge = applied(), moderator()
    done(commands.reject, judge, request.id, "Too little.")
    fresh = done(commands.start_again, asker(request), request.id)
    done(commands.submit, asker(fresh), fresh.id, "More.")
    done(commands.verify, judge, fresh.id)
    assert states(fresh) == ("granted", "verified")
    assert states(request)[0] == "rejected"


def test_department_goes_under_a_verified_organisation(app: Flask) -> None:
    city = factories.organisation("oostende")
    actor = owner_of(city)
    details = replace(GHENT, name="Harbour", code="HRB", kind=OrganisationKind.AGENCY, domain="")
    request = done(commands.start, actor, Application(details, parent="oostende"))
    done(commands.submit, asker(request), request.id, "")
    done(commands.verify, moderator(), request.id)
    assert organisation_of(request).parent_id == city.id
    assert [one.slug for one in queries.get_organisation_page("oostende").departments] == ["harbour"]
    parent = queries.get_organisation_page("harbour").parent
    assert parent is not None
    assert parent.slug == "oostende"


def test_department_of_a_stranger_is_not_vouched_for(app: Flask) -> None:
    factories.organisation("oostende")
    details = replace(GHENT, name="Harbour", code="HRB", kind=OrganisationKind.AGENCY)
    request = done(commands.start, factories.actor(factories.member()), Application(details, parent="oostende"))
    done(commands.submit, asker(request), request.id, "")
    with pytest.raises(Refused, match="0 of 1 proofs"):
        done(commands.verify, moderator(), request.id)


@pytest.mark.parametrize("state", [Verification.SUBMITTED, Verification.SUSPENDED, Verification.EXPIRED])
def test_department_of_an_organisation_without_the_mark_is_refused(app: Flask, state: Verification) -> None:
    factories.organisation("oostende", state=state)
    with pytest.raises(WrongParent):
        done(commands.start, factories.actor(factories.member()), Application(GHENT, parent="oostende"))


def test_department_of_a_department_is_refused(app: Flask) -> None:
    factories.organisation("harbour", parent_id=factories.organisation("oostende").id)
    for parent in ("harbour", "nowhere", "a b"):
        with pytest.raises(WrongParent):
            done(commands.start, factories.actor(factories.member()), Application(GHENT, parent=parent))


@pytest.mark.parametrize("state", [one for one in Verification if one not in organisations_policy.FROZEN_STATES])
def test_nothing_is_frozen_before_it_was_verified(app: Flask, state: Verification) -> None:
    assert not organisations_policy.is_frozen(factories.organisation(state=state))
