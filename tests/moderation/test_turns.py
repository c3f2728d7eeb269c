"""Whose turn it is, and what time does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel.access import Right
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.moderation import commands
from forum.moderation.due import due_from
from forum.moderation.errors import NotYoursToDecide
from forum.moderation.models import ItemState, Lane, LogLine, Scope
from tests import factories
from tests.moderation.cases import decided, item_of, later, moderator, waiting


def test_claim_tells_and_locks_nothing(app: Flask, done: list[str]) -> None:
    first, second, item_id = moderator(), moderator(), waiting()
    with transaction():
        commands.claim(first, item_id)
    item = item_of(item_id, second)
    assert (item.state, item.claimed_by_id) == (ItemState.CLAIMED, first.id)
    decided(second, item_id, version=1)
    assert done == ["keep"]


def test_release_opens_it_again(app: Flask) -> None:
    actor, item_id = moderator(), waiting()
    for act in (commands.claim, commands.release):
        with transaction():
            act(actor, item_id)
    item = item_of(item_id, actor)
    assert (item.state, item.claimed_by_id) == (ItemState.OPEN, None)


def test_release_of_anothers_claim_changes_nothing(app: Flask) -> None:
    first, second, item_id = moderator(), moderator(), waiting()
    with transaction():
        commands.claim(first, item_id)
    with transaction():
        commands.release(second, item_id)
    assert item_of(item_id, second).claimed_by_id == first.id


def test_hand_over_to_a_colleague(app: Flask) -> None:
    actor, colleague, item_id = moderator(), moderator(), waiting()
    with transaction():
        commands.hand_over(actor, item_id, colleague.id, "You know this street.")
    assert item_of(item_id, actor).claimed_by_id == colleague.id


def test_hand_over_to_somebody_who_may_not_decide_is_refused(app: Flask) -> None:
    actor, item_id, member = moderator(), waiting(), factories.member()
    with pytest.raises(Invalid) as refused, transaction():
        commands.hand_over(actor, item_id, member.id, "")
    assert list(refused.value.fields) == ["to"]


def test_what_passes_its_time_escalates_by_itself(app: Flask) -> None:
    actor, topic = moderator(), factories.topic("energy")
    item_id = waiting(scope=Scope.TOPIC, topic_id=topic.id)
    with later(timedelta(hours=49)), transaction():
        commands.escalate_overdue()
    item = item_of(item_id, actor)
    assert (item.state, item.level, item.scope) == (ItemState.ESCALATED, 1, Scope.SITE)
    line = db.session.scalars(select(LogLine)).one()
    assert (line.action, line.scope, line.actor_id) == ("escalate", "topic energy", None)


def test_what_is_in_time_stays(app: Flask) -> None:
    item_id = waiting()
    with later(timedelta(hours=47)), transaction():
        commands.escalate_overdue()
    assert item_of(item_id, moderator()).level == 0


def test_escalation_ends_at_the_administrators(app: Flask) -> None:
    actor, item_id = moderator(), waiting()
    for version in (1, 2):
        with transaction():
            commands.escalate(actor, item_id, version)
    with pytest.raises(NotYoursToDecide), transaction():
        commands.escalate(actor, item_id, 3)


def test_on_behalf_stays_with_its_organisation_and_opens_to_the_site(app: Flask, done: list[str]) -> None:
    city, owner, actor = factories.organisation(), factories.member(), moderator()
    factories.affiliation(owner, city, Right.OWNER)
    item_id = waiting(lane=Lane.ON_BEHALF, scope=Scope.ORGANISATION, organisation_id=city.id)
    with transaction():
        commands.escalate(factories.actor(owner), item_id, 1)
    assert item_of(item_id, factories.actor(owner)).scope == Scope.ORGANISATION
    assert item_of(item_id, actor).level == 1


def test_working_days_skip_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert due_from(Lane.ON_BEHALF, friday) == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert due_from(Lane.MEMBERSHIP, friday) == datetime(2026, 12, 4, 15, tzinfo=UTC)
    assert due_from(Lane.REPORTS, friday) == friday + timedelta(hours=48)
