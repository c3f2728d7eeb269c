"""A decision: made once, with reasons, by somebody whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel import clock
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.moderation import commands
from forum.moderation.errors import AlreadyDecided, Changed, NoSuchItem, NotYoursToDecide
from forum.moderation.models import Action, Decision, InternalNote, ItemState, Lane, LogLine, StatementOfReasons
from tests import factories
from tests.moderation.cases import decided, item_of, moderator, waiting


def test_decision_is_kept_with_its_reasons(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting()
    decision = decided(actor, item_id, Action.REMOVE)
    assert decision is not None
    assert (decision.action, decision.ground, decision.facts) == ("remove", "no-advertising", "It sells lamps.")
    assert (item_of(item_id, actor).state, done) == (ItemState.DECIDED, ["remove"])


def test_decision_on_an_older_look_says_who_decided_and_when(app: Flask, done: list[str]) -> None:
    first, second, item_id = moderator(), moderator(), waiting()
    decided(first, item_id)
    with pytest.raises(AlreadyDecided) as refused:
        decided(second, item_id, Action.REMOVE, version=1)
    assert str(refused.value).startswith(f"{first.name} decided this on {clock.now():%-d %B %Y}, ")
    assert "kept. Your decision changed nothing." in str(refused.value)
    assert done == ["keep"]


def test_decision_on_changed_words_changes_nothing(app: Flask, done: list[str]) -> None:
    author = factories.member()
    item_id = waiting(author)
    waiting(author, subject_revision=2)
    with pytest.raises(Changed):
        decided(moderator(), item_id, version=1)
    assert done == []


def test_decision_without_ground_or_facts_names_both(app: Flask, done: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        decided(moderator(), waiting(), Action.REMOVE, ground="", facts=" ")
    assert sorted(refused.value.fields) == ["facts", "ground"]


def test_decision_by_law_asks_for_the_law(app: Flask, done: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        decided(moderator(), waiting(), Action.REMOVE, ground="law")
    assert sorted(refused.value.fields) == ["law"]


def test_decision_until_a_day_that_passed_is_refused(app: Flask, done: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        decided(moderator(), waiting(), Action.REMOVE, until=clock.now() - timedelta(days=1))
    assert sorted(refused.value.fields) == ["until"]


def test_decision_by_a_member_finds_no_such_item(app: Flask, done: list[str]) -> None:
    with pytest.raises(NoSuchItem):
        decided(factories.actor(factories.member()), waiting(), version=1)


def test_decision_of_another_lane_is_refused(app: Flask, done: list[str]) -> None:
    with pytest.raises(NotYoursToDecide):
        decided(moderator(), waiting(), Action.VERIFY)


def test_decision_about_oneself_is_nobodys(app: Flask, done: list[str]) -> None:
    own = factories.member(role="moderator")
    with pytest.raises(NoSuchItem):
        decided(factories.actor(own), waiting(own), version=1)


def test_restriction_makes_one_statement_and_one_log_line(app: Flask, done: list[str]) -> None:
    author = factories.member()
    decided(moderator(), waiting(author), Action.REMOVE)
    statement = db.session.scalars(select(StatementOfReasons)).one()
    line = db.session.scalars(select(LogLine)).one()
    assert (statement.author_id, statement.decision_facts) == (author.id, "It sells lamps.")
    assert statement.decision_ground == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert (line.lane, line.action, line.ground, line.scope) == ("reports", "remove", "no-advertising", "site")


def test_keeping_makes_no_statement(app: Flask, done: list[str]) -> None:
    decided(moderator(), waiting())
    assert db.session.scalars(select(StatementOfReasons)).all() == []


def test_asking_stops_the_clock_until_there_is_an_answer(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting(lane=Lane.MEMBERSHIP)
    decided(actor, item_id, Action.ASK)
    item = item_of(item_id, actor)
    assert (item.state, (item.remaining_s or 0) > 0) == (ItemState.INFORMATION_ASKED, True)
    with transaction():
        commands.resume(item_id)
    item = item_of(item_id, actor)
    assert (item.state, item.remaining_s) == (ItemState.OPEN, None)


def test_asking_leaves_room_for_a_decision(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting(lane=Lane.MEMBERSHIP)
    decided(actor, item_id, Action.ASK)
    decided(actor, item_id, Action.VERIFY)
    in_force = db.session.scalars(select(Decision.action).where(Decision.in_force)).all()
    assert (done, in_force) == (["ask", "verify"], ["verify"])


def test_escalating_decides_nothing_and_says_why(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting()
    assert decided(actor, item_id, Action.ESCALATE, facts="Two of us disagree.") is None
    item = item_of(item_id, actor)
    assert (item.state, item.level, done) == (ItemState.ESCALATED, 1, [])
    assert db.session.scalars(select(InternalNote.words)).all() == ["Two of us disagree."]


def test_opening_again_keeps_one_item_and_the_history(app: Flask, done: list[str]) -> None:
    author, actor = factories.member(), moderator()
    item_id = waiting(author)
    decided(actor, item_id)
    assert waiting(author) == item_id
    decided(actor, item_id, Action.REMOVE)
    rows = db.session.execute(select(Decision.action, Decision.in_force).order_by(Decision.id)).all()
    assert [tuple(row) for row in rows] == [("keep", False), ("remove", True)]
