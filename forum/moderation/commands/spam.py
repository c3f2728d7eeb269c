"""Many pieces of spam at once: the one thing that is decided in bulk."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import ForumError
from forum.kernel.ids import ItemId
from forum.moderation import grounds, policy
from forum.moderation.commands.decide import decide
from forum.moderation.models import Action
from forum.moderation.plugs import Verdict
from forum.moderation.queries import get_item, reach_of

# What one moderator can have looked at.
MOST = 50


def refuse_spam(actor: Actor, wanted: Iterable[tuple[ItemId, int]]) -> tuple[int, int]:
    """Each by itself, as `decide` does it; what a colleague decided meanwhile is left alone.

    How many were refused, and how many were left.
    """
    done = left = 0
    for item_id, version in list(wanted)[:MOST]:
        try:
            with db.session.begin_nested():
                _refuse(actor, item_id, version)
            done += 1
        except ForumError:
            left += 1
    return done, left


def _refuse(actor: Actor, item_id: ItemId, version: int) -> None:
    action = policy.SPAM.get(get_item(item_id, reach_of(actor)).lane, Action.REJECT)
    verdict = Verdict(version, action, ground=grounds.spam().value, facts=_("It is advertising, or spam."))
    decide(actor, item_id, verdict)
