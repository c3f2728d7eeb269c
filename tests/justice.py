"""What tests of reports, notices and appeals share: decisions as a moderator makes them, and time that passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from flask import current_app
from sqlalchemy import select

from forum import wiring
from forum.kernel import clock
from forum.kernel.access import Actor, Right, Role
from forum.kernel.db import db, transaction
from forum.kernel.mailer import Postbox
from forum.kernel.worker import Worker
from forum.moderation import commands
from forum.moderation.models import Action, Decision, Lane, ReviewItem, SubjectType
from forum.moderation.plugs import Verdict
from tests import factories

__all__ = ["Right", "decide", "deliver", "item_about", "moderator", "settle"]

REASONS = {"ground": "argue-the-case", "facts": "It calls names."}


def moderator(role: Role = Role.MODERATOR) -> Actor:
    return factories.actor(factories.member(role=role))


def item_about(kind: SubjectType, number: int, lane: Lane = Lane.REPORTS) -> ReviewItem:
    wanted = select(ReviewItem).where(ReviewItem.lane == lane, ReviewItem.subject_type == kind)
    return db.session.scalars(
        wanted.where(ReviewItem.subject_id == number).execution_options(populate_existing=True)
    ).one()


def decide(kind: SubjectType, number: int, action: Action, by: Actor | None = None, **fields: Any) -> Decision:
    """On the item about it in the lane `lane`, by default that of reports."""
    item = item_about(kind, number, fields.pop("lane", Lane.REPORTS))
    verdict, actor = Verdict(item.version, action, **(REASONS | fields)), by or moderator()
    with transaction():
        made = commands.decide(actor, item.id, verdict)
    assert made is not None
    return made


def deliver() -> None:
    """What the worker has to do now."""
    db.session.rollback()
    with current_app.app_context():  # a session of its own, which it gives back
        Worker(Postbox.of(current_app.extensions["settings"]), wiring.JOBS).drain()
    db.session.expire_all()


def settle(by: timedelta = timedelta(seconds=61)) -> None:
    """The minute passes, or more, and everyone is told."""
    now = clock.now
    with patch.object(clock, "now", lambda: now() + by):
        deliver()
