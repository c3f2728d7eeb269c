"""Keep what an administrator did."""

from __future__ import annotations

from forum.admin import policy
from forum.admin.errors import NotAdministrator
from forum.admin.models import Act, Verb
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId


def check(actor: Actor) -> None:
    """Raises NotAdministrator."""
    if not policy.can_administer(actor):
        raise NotAdministrator


def keep(
    actor: Actor, verb: Verb, thing: str = "", *, member_id: MemberId | None = None, old: str = "", new: str = ""
) -> None:
    """In the open transaction."""
    db.session.add(
        Act(made_at=clock.now(), actor_id=actor.id, verb=verb, member_id=member_id, thing=thing, old=old, new=new)
    )
