"""A minute to undo in, and the letter only after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel.db import db, transaction
from forum.kernel.mailer import Postbox, StoredLetter
from forum.kernel.outbox import OutboxEvent
from forum.kernel.worker import Job, Worker
from forum.moderation import commands
from forum.moderation.errors import NotYoursToDecide, TooLate
from forum.moderation.models import Action, Decision, ItemState, LogLine, StatementOfReasons
from tests import factories
from tests.moderation.cases import decided, item_of, later, moderator, waiting

MINUTE = timedelta(seconds=61)


class Tray(Postbox):
    """Keeps the subjects of what is sent."""

    def __init__(self) -> None:
        self.subjects: list[str] = []

    def send(self, letter: StoredLetter) -> None:
        self.subjects.append(letter.subject)


def settled() -> list[str]:
    """The subjects of the letters that go out a minute later."""
    tray = Tray()
    with later(MINUTE):
        Worker(tray, {"settle": Job(timedelta(0), commands.settle)}).step()
        Worker(tray, {}).drain()
    return tray.subjects


def test_undo_takes_everything_back(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting()
    decision = decided(actor, item_id, Action.REMOVE)
    assert decision is not None
    with transaction():
        commands.undo(actor, decision.id)
    assert done == ["remove", "undo remove to visible"]
    assert item_of(item_id, actor).state == ItemState.CLAIMED
    assert db.session.scalars(select(StatementOfReasons.withdrawn_at)).one() is not None
    assert list(db.session.scalars(select(LogLine.action).order_by(LogLine.id))) == ["remove", "undo"]


def test_undo_leaves_no_letter(app: Flask, done: list[str]) -> None:
    actor = moderator()
    decision = decided(actor, waiting(), Action.REMOVE)
    assert decision is not None
    with transaction():
        commands.undo(actor, decision.id)
    assert settled() == []


def test_undo_twice_is_once(app: Flask, done: list[str]) -> None:
    actor = moderator()
    decision = decided(actor, waiting(), Action.REMOVE)
    assert decision is not None
    for _time in range(2):
        with transaction():
            commands.undo(actor, decision.id)
    assert done == ["remove", "undo remove to visible"]


def test_undo_by_another_moderator_is_refused(app: Flask, done: list[str]) -> None:
    other, decision = moderator(), decided(moderator(), waiting(), Action.REMOVE)
    assert decision is not None
    with pytest.raises(NotYoursToDecide), transaction():
        commands.undo(other, decision.id)


def test_undo_after_the_minute_is_refused(app: Flask, done: list[str]) -> None:
    actor = moderator()
    decision = decided(actor, waiting(), Action.REMOVE)
    assert decision is not None
    with later(MINUTE), pytest.raises(TooLate), transaction():
        commands.undo(actor, decision.id)
    assert done == ["remove"]


def test_undone_item_can_be_decided_anew(app: Flask, done: list[str]) -> None:
    actor, item_id = moderator(), waiting()
    decision = decided(actor, item_id, Action.REMOVE)
    assert decision is not None
    with transaction():
        commands.undo(actor, decision.id)
    decided(actor, item_id)
    assert db.session.scalars(select(Decision.action).where(Decision.in_force)).all() == ["keep"]


def test_letter_goes_after_the_minute_and_once(app: Flask, done: list[str]) -> None:
    decided(moderator(), waiting(), Action.REMOVE)
    with transaction():
        commands.settle()
    settled_ones = select(OutboxEvent.name).where(OutboxEvent.name == "DecisionSettled")
    assert db.session.scalars(settled_ones).all() == []
    assert settled() == ["What you wrote was removed"]
    assert settled() == []


def test_letter_is_in_its_readers_language(app: Flask, done: list[str]) -> None:
    decided(moderator(), waiting(factories.member(interface_language="nl")), Action.REMOVE)
    assert settled() == ["Wat je schreef is verwijderd"]


def test_reversal_takes_back_and_leaves_the_item_closed(app: Flask, done: list[str]) -> None:
    actor, other, item_id = moderator(), moderator(), waiting()
    decision = decided(actor, item_id, Action.REMOVE)
    assert decision is not None
    settled()
    for _time in range(2):
        with transaction():
            commands.reverse(decision.id, other)
    assert done == ["remove", "undo remove to visible"]
    assert item_of(item_id, actor).state == ItemState.DECIDED
