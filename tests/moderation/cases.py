"""Items to decide on, and a lane whose decisions do nothing but remember."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from forum import wiring
from forum.accounts.models import Member
from forum.kernel import clock
from forum.kernel.access import Actor, Role
from forum.kernel.db import transaction
from forum.kernel.ids import ItemId
from forum.moderation import commands, plugs
from forum.moderation.commands import Opening
from forum.moderation.models import Action, Decision, Lane, ReviewItem, SubjectType
from forum.moderation.plugs import Effect, Memory, Plug, Restriction, Verdict
from forum.moderation.queries import get_item, reach_of
from tests import factories


def moderator() -> Actor:
    return factories.actor(factories.member(role=Role.MODERATOR))


def waiting(author: Member | None = None, **fields: Any) -> ItemId:
    """An item for the site's moderators, about a comment that isn't there: no effect of these tests touches it."""
    author = author or factories.member()
    plain = Opening(Lane.REPORTS, SubjectType.COMMENT, author.id, author_id=author.id, title=author.name)
    with transaction():
        return commands.open_item(replace(plain, **fields))


def item_of(item_id: ItemId, actor: Actor) -> ReviewItem:
    return get_item(item_id, reach_of(actor))


def decided(actor: Actor, item_id: ItemId, action: Action = Action.KEEP, **fields: Any) -> Decision | None:
    """As the moderator sees the item now, with whatever reasons the action needs."""
    reasons = {"ground": "no-advertising", "facts": "It sells lamps."}
    version = fields.pop("version", None) or item_of(item_id, actor).version
    with transaction():
        return commands.decide(actor, item_id, Verdict(version, action, **(reasons | fields)))


def remembering(done: list[str]) -> Plug:
    """A plug whose effects note in `done` that they were made, and taken back."""

    def do(case: plugs.Case) -> Memory:
        done.append(f"{case.verdict.action}")
        return {"was": "visible"}

    def undo(undoing: plugs.Undoing) -> None:
        done.append(f"undo {undoing.decision.action} to {undoing.decision.before['was']}")

    restricts = Restriction(visibility="DECISION_VISIBILITY_CONTENT_REMOVED")
    return Plug(
        {
            Action.KEEP: Effect(do, undo),
            Action.REMOVE: Effect(do, undo, restricts),
            Action.VERIFY: Effect(do, undo),
            Action.ASK: Effect(do, undo, ends=False),
        }
    )


@contextmanager
def plugged(done: list[str]) -> Iterator[None]:
    plugs.connect(dict.fromkeys(Lane, remembering(done)))
    try:
        yield
    finally:
        plugs.connect(wiring.LANES)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    """Within, it's later than it is."""
    now = clock.now
    with patch.object(clock, "now", lambda: now() + by):
        yield
