"""The blueprint, and who comes in."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _

from forum.kernel.access import Actor, current_actor
from forum.kernel.answers import keep_nowhere
from forum.kernel.errors import Forbidden
from forum.moderation import queries
from forum.moderation.policy import Reach

blueprint = Blueprint("moderation", __name__)
blueprint.after_request(keep_nowhere)


def reach(actor: Actor | None = None) -> Reach:
    """What the reader may look after. Raises Forbidden for somebody who looks after nothing."""
    found = queries.reach_of(actor or current_actor())
    if not found.is_any:
        raise Forbidden(_("This page is for moderators, curators of topics, and those who look after an organisation."))
    return found
